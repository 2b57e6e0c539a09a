import { parseDay } from '../core/time/day.ts';
import type { Day } from '../core/time/day.ts';
import { openZone } from '../core/time/zone.ts';
import type { LocalTime } from '../core/time/zone.ts';
import type { HelperCall, Helpers } from './helper.ts';
import { absent, expected, listOf, numberOf, textOf } from './helper.ts';
import { isoWeek } from './iso-week.ts';
import type { LocaleFormat } from './locale-format.ts';
import { shortKeys } from './short-keys.ts';
import { truncate } from './truncate.ts';

/** Numbers, dates and words of one language. `null` is printed as a dash, so that a template cannot invent a zero. */
export function createTextHelpers(format: LocaleFormat): Helpers {
  return { ...numberHelpers(format), ...dateHelpers(format), ...wordHelpers(format) };
}

function numberHelpers(format: LocaleFormat): Helpers {
  const digits = ({ named }: HelperCall, otherwise: number) => numberOf(named['digits'] ?? otherwise);
  const significant = ({ named }: HelperCall) =>
    named['significant'] === undefined ? null : numberOf(named['significant']);
  const orAbsent = (value: unknown, write: (value: number) => string) =>
    value === null ? absent : write(numberOf(value));
  return {
    number: ([value], call) => orAbsent(value, (given) => format.number(given, digits(call, 1))),
    percent: ([value], call) => orAbsent(value, (given) => format.percent(given, digits(call, 0))),
    signed: ([value], call) => orAbsent(value, (given) => format.signed(given, digits(call, 1))),
    money: ([value, currency], call) =>
      orAbsent(value, (given) => format.money(given, textOf(currency), significant(call))),
    abs: ([value]) => (value === null ? null : Math.abs(numberOf(value))),
    plus: ([a, b]) => (a === null || b === null ? null : numberOf(a) + numberOf(b)),
    minus: ([a, b]) => (a === null || b === null ? null : numberOf(a) - numberOf(b)),
    times: ([a, b]) => (a === null || b === null ? null : numberOf(a) * numberOf(b)),
    over: ([a, b]) => (a === null || b === null ? null : numberOf(a) / numberOf(b)),
    plural: ([value], call) => orAbsent(value, (given) => counted(format, 'cardinal', given, call)),
    ordinal: ([value], call) => orAbsent(value, (given) => counted(format, 'ordinal', given, call)),
  };
}

/** `one="# item" other="# items"`: the form for this number, `#` standing for it. `zero` is for 0 in any language. */
function counted(format: LocaleFormat, type: Intl.PluralRuleType, value: number, call: HelperCall): string {
  const { named } = call;
  const digits = numberOf(named['digits'] ?? 1);
  const form = (value === 0 ? named['zero'] : undefined) ?? named[format.plural(value, type)] ?? named['other'];
  if (typeof form !== 'string') return expected('forms such as one="# item" other="# items"', named);
  return form.replaceAll('#', () => format.number(value, digits));
}

function dateHelpers(format: LocaleFormat): Helpers {
  const local = (value: unknown, { root }: HelperCall): LocalTime =>
    openZone(textOf(root['zone'])).localAt(numberOf(value));
  const dayOf = (value: unknown, call: HelperCall): Day =>
    typeof value === 'number' ? local(value, call).day : (parseDay(textOf(value)) ?? expected('a day', value));
  const yearOf = (call: HelperCall) => Number(local(call.root['asOf'], call).day.slice(0, 4));
  const date = (write: (value: unknown, call: HelperCall) => string) => {
    return ([value]: readonly unknown[], call: HelperCall) => (value === null ? absent : write(value, call));
  };
  return {
    day: date((value, call) => format.day(dayOf(value, call), yearOf(call))),
    month: date((value, call) => format.month(dayOf(value, call), yearOf(call))),
    dayLong: date((value, call) => format.dayLong(dayOf(value, call), yearOf(call))),
    instant: date((value, call) => format.instant(local(value, call), yearOf(call))),
    time: date((value, call) => format.time(local(value, call))),
    week: date((value, call) => String(isoWeek(dayOf(value, call)))),
  };
}

/** Each entry in at most so many characters, when a number is given. */
function shortened(limit: unknown): (value: unknown) => string {
  return (value) => (limit === undefined ? textOf(value) : truncate(textOf(value), numberOf(limit)));
}

const shapes: Readonly<Record<string, string>> = { green: '●', amber: '▲', red: '■', unknown: '○' };

function wordHelpers(format: LocaleFormat): Helpers {
  return {
    shape: ([colour]) => shapes[textOf(colour)] ?? expected('green, amber, red or unknown', colour),
    truncate: ([text, limit]) => (text === null ? absent : truncate(textOf(text), numberOf(limit))),
    keys: ([values]) => shortKeys(listOf(values).map(textOf)),
    concat: (parts) => parts.map(textOf).join(''),
    list: ([values], { named }) =>
      format
        .listParts(
          listOf(values).map(shortened(named['truncate'])),
          named['type'] === 'or' ? 'disjunction' : 'conjunction',
        )
        .map((part) => part.value)
        .join(''),
  };
}
