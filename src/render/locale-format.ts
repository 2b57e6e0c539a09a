import { minorDigits } from '../core/model/budget.ts';
import type { Day } from '../core/time/day.ts';
import { dayNumber } from '../core/time/day.ts';
import { dayMs } from '../core/time/instant.ts';
import type { LocalTime } from '../core/time/zone.ts';

/** Keeps a number and its unit on one line. */
const noBreak = '\u00A0';

/** How one language writes numbers and dates. `year` is the year that goes without saying. */
export interface LocaleFormat {
  number(value: number, digits: number): string;
  percent(share: number, digits: number): string;
  signed(value: number, digits: number): string;
  /** An amount in whole minor units, in whole units or in so many significant digits. */
  money(amount: number, currency: string, significant: number | null): string;
  day(day: Day, year: number): string;
  /** The month of a day. */
  month(day: Day, year: number): string;
  dayLong(day: Day, year: number): string;
  time(local: LocalTime): string;
  instant(local: LocalTime, year: number): string;
  /** Category of `Intl.PluralRules`. */
  plural(value: number, type: Intl.PluralRuleType): Intl.LDMLPluralRule;
  listParts(values: readonly string[], type: Intl.ListFormatType): { type: 'element' | 'literal'; value: string }[];
}

export function createLocaleFormat(locale: string): LocaleFormat {
  const numbers = cached((digits: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }));
  const moneys = cached((currency: string) => cached((digits: number | null) => moneyFormat(locale, currency, digits)));
  const rules = cached((type: Intl.PluralRuleType) => new Intl.PluralRules(locale, { type }));
  // en-GB: no comma before "and".
  const lists = cached(
    (type: Intl.ListFormatType) => new Intl.ListFormat(locale === 'en' ? 'en-GB' : locale, { type }),
  );
  const number = (value: number, digits: number) => numbers(digits).format(value === 0 ? 0 : value);
  const dates = dateWords(locale);
  return {
    number,
    money: (amount, currency, significant) => {
      const major = amount / 10 ** minorDigits(currency);
      return moneys(currency)(significant).format(amount === 0 ? 0 : major);
    },
    percent: (share, digits) => `${number(clearOfCertainty(share, digits), digits)}${noBreak}%`,
    signed: (value, digits) => {
      const size = number(Math.abs(value), digits);
      if (size === number(0, digits)) return size;
      return `${value > 0 ? '+' : '\u2212'}${size}`;
    },
    ...dates,
    plural: (value, type) => rules(type).select(value),
    listParts: (values, type) => lists(type).formatToParts(values),
  };
}

/** In whole units of the currency. */
function moneyFormat(locale: string, currency: string, significant: number | null): Intl.NumberFormat {
  const digits = significant === null ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: significant };
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits });
}

/** 99.7 % must not read as 100 % nor 0.2 % as 0 %: those say that nothing can happen any more. */
function clearOfCertainty(share: number, digits: number): number {
  const step = 10 ** -digits;
  const value = share * 100;
  if (share > 0 && share < 1) return Math.min(100 - step, Math.max(step, value));
  return value;
}

type DateWords = Pick<LocaleFormat, 'day' | 'month' | 'dayLong' | 'time' | 'instant'>;

function dateWords(locale: string): DateWords {
  const language = locale.split('-')[0]!.toLowerCase();
  // Month and weekday names of en-US: en-GB has "Sept", which is the only name of four letters.
  const style = language === 'en' ? 'short' : 'long';
  const source = language === 'en' ? 'en-US' : locale;
  const month = partOf(source, { month: style });
  const weekday = partOf(source, { weekday: style });
  const words = language === 'en' || language === 'fr' ? orderedByHand(language, month) : orderedByIntl(locale);
  const day = (on: Day, year: number) => words.day(on, year);
  return {
    day,
    month: (on, year) => (yearOf(on) === year ? month(on) : `${month(on)} ${yearOf(on)}`),
    dayLong: (on, year) => words.dayLong?.(on, year) ?? `${weekday(on)} ${day(on, year)}`,
    time: (local) => words.time(local),
    instant: (local, year) => words.join(day(local.day, year), words.time(local)),
  };
}

interface Words {
  day(on: Day, year: number): string;
  dayLong?(on: Day, year: number): string;
  time(local: LocalTime): string;
  join(day: string, time: string): string;
}

function orderedByHand(language: 'en' | 'fr', month: (on: Day) => string): Words {
  const two = (value: number) => String(value).padStart(2, '0');
  const withYear = (on: Day, year: number) => (yearOf(on) === year ? '' : ` ${yearOf(on)}`);
  const number = (on: Day) => {
    const of = Number(on.slice(8));
    return language === 'fr' && of === 1 ? '1er' : String(of);
  };
  return {
    day: (on, year) => `${number(on)} ${month(on)}${withYear(on, year)}`,
    time: ({ hour, minute }) =>
      language === 'en' ? `${two(hour)}:${two(minute)}` : `${hour}${noBreak}h${noBreak}${two(minute)}`,
    join: (day, time) => (language === 'en' ? `${day} ${time}` : `${day} à ${time}`),
  };
}

/** Other languages as Unicode's data has them. */
function orderedByIntl(locale: string): Words {
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  const short = make({ day: 'numeric', month: 'long' });
  const shortYear = make({ day: 'numeric', month: 'long', year: 'numeric' });
  const long = make({ weekday: 'long', day: 'numeric', month: 'long' });
  const longYear = make({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const clock = make({ hour: '2-digit', minute: '2-digit' });
  return {
    day: (on, year) => (yearOf(on) === year ? short : shortYear).format(atNoon(on)),
    dayLong: (on, year) => (yearOf(on) === year ? long : longYear).format(atNoon(on)),
    time: ({ hour, minute }) => clock.format((hour * 60 + minute) * 60_000),
    join: (day, time) => `${day}, ${time}`,
  };
}

function partOf(locale: string, options: Intl.DateTimeFormatOptions): (on: Day) => string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  return (on) => format.format(atNoon(on));
}

function atNoon(on: Day): number {
  return dayNumber(on) * dayMs + dayMs / 2;
}

function yearOf(on: Day): number {
  return Number(on.slice(0, 4));
}

function cached<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
