/** A boolean: 0 or 1. */
export type Bit = number;
/** JSON in text. */
export type Json = string;
