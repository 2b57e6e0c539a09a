import { z } from 'zod';
import { defaultThresholds } from '../core/model/thresholds.ts';
import type { Thresholds } from '../core/model/thresholds.ts';

/** The largest number that one may be, by its dotted name: most have no limit. */
export function mostOf(name: string): number {
  return name === 'teams.correlation' ? 1 : Infinity;
}

/** A group of numbers that may each be left out, or given as a number that is not negative. */
function group(name: string, defaults: Readonly<Record<string, number>>) {
  const numbers = Object.entries(defaults).map(([key, value]) => [
    key,
    z
      .number()
      .min(0)
      .max(mostOf(`${name}.${key}`))
      .default(value),
  ]);
  return z.strictObject(Object.fromEntries(numbers) as Record<string, z.ZodDefault<z.ZodNumber>>).prefault({});
}

const groups = Object.entries(defaultThresholds).map(([key, value]) => [key, group(key, value)]);

/** `thresholds.yaml`: the names of `Thresholds`, each with its default. */
export const thresholdsConfig = z
  .strictObject(Object.fromEntries(groups) as Record<string, ReturnType<typeof group>>)
  .prefault({})
  .transform((value) => value as unknown as Thresholds);
