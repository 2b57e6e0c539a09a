import { describe, expect, it } from 'vitest';
import { addDays, dayNumber, dayOfNumber, parseDay, startOfWeek, weekdayIndex } from '../../../src/core/time/day.ts';
import type { Day } from '../../../src/core/time/day.ts';

describe('parseDay', () => {
  it.each(['2026-11-24', '2028-02-29', '0001-01-01', '9999-12-31'])('takes %s', (text) => {
    expect(parseDay(text)).toBe(text);
  });
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '26-1-1',
    '2026-11-24T00:00Z',
    '',
    ' 2026-11-24',
    '2026-11-24\n',
  ])('refuses %j', (text) => {
    expect(parseDay(text)).toBeNull();
  });
});

describe('day numbers', () => {
  it('count the days since 1970 as Date does, over four centuries and at both ends', () => {
    const probe = (number: number) => {
      const day = new Date(number * 86_400_000).toISOString().slice(0, 10) as Day;
      expect(dayOfNumber(number)).toBe(day);
      expect(dayNumber(day)).toBe(number);
    };
    for (let number = -80_000; number < 80_000; number += 13) probe(number);
    for (const number of [-719_528, 2_932_896, 0, -1, 59, 60, 11_016]) probe(number);
  });
  it('refuse what no four-digit year can hold', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('0000-01-01', -1)).toThrow(RangeError);
    expect(() => dayOfNumber(Number.NaN)).toThrow(RangeError);
  });
  it('know their weekday and the Monday of their ISO week', () => {
    expect(weekdayIndex(dayNumber('2026-11-23'))).toBe(0);
    expect(weekdayIndex(dayNumber('1969-12-28'))).toBe(6);
    expect(startOfWeek('2027-01-03')).toBe('2026-12-28');
    expect(startOfWeek('2026-12-28')).toBe('2026-12-28');
  });
});
