import { z } from 'zod';
import { defaultThresholds } from '../core/findings/thresholds.ts';
import type { Thresholds } from '../core/findings/thresholds.ts';

/** A group of numbers that may each be left out, or given as a number that is not negative. */
function group<Group extends object>(defaults: Group) {
  const shape = Object.fromEntries(
    Object.entries(defaults).map(([key, value]) => [
      key,
      z
        .number()
        .min(0)
        .default(value as number),
    ]),
  );
  return z.strictObject(shape).prefault({});
}

const shape = Object.fromEntries(
  Object.entries(defaultThresholds).map(([key, value]) => [key, group(value as object)]),
);

/** `thresholds.yaml`: the names of `Thresholds`, each with its default. */
export const thresholdsConfig = z
  .strictObject(shape)
  .prefault({})
  .transform((value) => value as unknown as Thresholds);
