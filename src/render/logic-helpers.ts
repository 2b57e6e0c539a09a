import type { Helpers } from './helper.ts';
import { HelperError, listOf, numberOf, recordOf, textOf } from './helper.ts';

/** Handlebars' own sense of true: an empty list or text, 0, null and false are not. */
export function isTruthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** A name that the report does not have reads as `undefined`: a slip of the pen must not read as "no". */
function given(values: readonly unknown[]): readonly unknown[] {
  if (values.some((value) => value === undefined)) {
    throw new HelperError('expected a value that the report has, found nothing (is the name right?)');
  }
  return values;
}

function ordered(compare: (a: number, b: number) => boolean): (values: readonly unknown[]) => boolean {
  return (values) => {
    const [a, b] = given(values);
    return a !== null && b !== null && compare(numberOf(a), numberOf(b));
  };
}

/** Comparison with `null`, which is no number, is false; `eq` with `null` asks whether something is known. */
export const logicHelpers: Helpers = {
  eq: (values) => given(values)[0] === values[1],
  ne: (values) => given(values)[0] !== values[1],
  lt: ordered((a, b) => a < b),
  lte: ordered((a, b) => a <= b),
  gt: ordered((a, b) => a > b),
  gte: ordered((a, b) => a >= b),
  and: (values) => given(values).find((value) => !isTruthy(value)) ?? values.at(-1),
  or: (values) => given(values).find(isTruthy) ?? values.at(-1),
  not: (values) => !isTruthy(given(values)[0]),
  has: ([record, name]) => Object.hasOwn(recordOf(record), textOf(name)),
  includes: ([values, value]) => listOf(values).includes(given([value])[0]),
  first: ([values, count]) => listOf(values).slice(0, numberOf(count)),
  rest: ([values, count]) => listOf(values).slice(numberOf(count)),
  last: ([values, count]) => listOf(values).slice(-numberOf(count)),
  size: ([values]) => listOf(values).length,
};
