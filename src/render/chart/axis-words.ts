import { dayNumber } from '../../core/time/day.ts';
import type { Day } from '../../core/time/day.ts';
import { dayMs } from '../../core/time/instant.ts';

/** How the axes of one language write days and numbers: short, since there is little room under a chart. */
export interface AxisWords {
  readonly day: (on: Day, isMonth: boolean) => string;
  /** With the year where it is another one. */
  readonly date: (on: Day) => string;
  readonly number: (value: number) => string;
}

export function createAxisWords(locale: string, today: Day): AxisWords {
  // British order of day and month; its "Sept" is the one name of four letters, so months are those of en-US.
  const source = locale === 'en' ? 'en-GB' : locale;
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(source, { timeZone: 'UTC', ...options });
  const days = make({ day: 'numeric', month: 'short' });
  const months = make({ month: 'short' });
  const monthsOfYear = make({ month: 'short', year: 'numeric' });
  const daysOfYear = make({ day: 'numeric', month: 'short', year: 'numeric' });
  const isThisYear = (on: Day) => on.slice(0, 4) === today.slice(0, 4);
  const write = (format: Intl.DateTimeFormat, on: Day) => format.format(dayNumber(on) * dayMs).replace('Sept', 'Sep');
  const numbers = new Intl.NumberFormat(source, { maximumFractionDigits: 1 });
  return {
    day: (on, isMonth) => write(!isMonth ? days : isThisYear(on) ? months : monthsOfYear, on),
    date: (on) => write(isThisYear(on) ? days : daysOfYear, on),
    number: (value) => numbers.format(value),
  };
}
