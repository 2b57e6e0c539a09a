/** One event as it stands in the file, with the lines that it takes, from 1. */
export interface Element {
  readonly first: number;
  readonly last: number;
  readonly value: unknown;
  /** Why it cannot be read; null when it can. */
  readonly problem: string | null;
}
