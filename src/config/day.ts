import { z } from 'zod';
import { parseDay } from '../core/time/day.ts';
import type { Day } from '../core/time/day.ts';

/** A day of a config. */
export const day = z
  .string()
  .refine((text) => parseDay(text) !== null, 'a day that exists, as YYYY-MM-DD')
  .transform((text) => text as Day);
