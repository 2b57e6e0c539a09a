import * as fc from '../../property.ts';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../src/core/time/calendar.ts';
import type { Calendar } from '../../../src/core/time/calendar.ts';
import { addDays, dayNumber, dayOfNumber, weekdayIndex, weekdays } from '../../../src/core/time/day.ts';
import type { Day, Weekday } from '../../../src/core/time/day.ts';
import { openZone } from '../../../src/core/time/zone.ts';

const zone = openZone('UTC');

/** T6 of metrics.md. */
const easter = createCalendar({ zone, holidays: ['2026-04-03', '2026-04-06'] });

describe('working days', () => {
  it.each<[Day, Day, number]>([
    ['2026-04-02', '2026-04-07', 1],
    ['2026-04-07', '2026-04-02', -1],
    ['2026-04-04', '2026-04-07', 1],
    ['2026-03-31', '2026-04-10', 6],
    ['2026-04-10', '2026-04-10', 0],
  ])('T6: %s to %s is %d', (from, to, days) => {
    expect(easter.distance(from, to)).toBe(days);
  });

  it.each<[string, Day, Day, number]>([
    ['Friday to Monday', '2026-11-20', '2026-11-23', 1],
    ['Saturday to Monday', '2026-11-21', '2026-11-23', 1],
    ['Friday to Saturday', '2026-11-20', '2026-11-21', 0],
    ['over 1970', '1969-12-31', '1970-01-02', 2],
    ['a Sunday before 1970', '1969-12-28', '1969-12-29', 1],
    ['to a far wrong date', '2026-11-24', '9999-12-31', 416_016 * 5 + 3],
  ])('%s', (_, from, to, days) => {
    const calendar = createCalendar({ zone });
    expect(calendar.distance(from, to)).toBe(days);
    expect(calendar.distance(to, from) + days).toBe(0);
  });

  it('lets weekend and holiday beat a half day', () => {
    const calendar = createCalendar({
      zone,
      holidays: ['2026-12-25', '2026-12-25', '2026-12-26'],
      halfDays: ['2026-12-24', '2026-12-25', '2026-12-27', '2026-12-24'],
    });
    const days: Day[] = ['2026-12-23', '2026-12-24', '2026-12-25', '2026-12-26', '2026-12-27'];
    expect(days.map((day) => calendar.fraction(day))).toEqual([1, 0.5, 0, 0, 0]);
    expect(calendar.distance('2026-12-23', '2026-12-28')).toBe(1.5);
    expect(calendar.add('2026-12-23', 0.5)).toBe('2026-12-24');
    expect(calendar.add('2026-12-23', 1)).toBe('2026-12-28');
  });

  it('takes another weekend, or none', () => {
    const gulf = createCalendar({ zone, weekend: ['fri', 'sat'] });
    expect(gulf.distance('2026-11-19', '2026-11-22')).toBe(1);
    expect(gulf.fraction('2026-11-20')).toBe(0);
    const always = createCalendar({ zone, weekend: [] });
    expect(always.distance('2026-11-19', '2026-11-26')).toBe(7);
    expect(always.workingDaysPerWeek).toBe(7);
  });

  it('adds working days to the earliest day that has them', () => {
    expect(easter.add('2026-04-02', 1)).toBe('2026-04-07');
    expect(easter.add('2026-04-04', 0)).toBe('2026-04-04');
    expect(easter.add('2026-04-04', -3)).toBe('2026-04-04');
    expect(easter.add('2026-11-20', 1)).toBe('2026-11-23');
    expect(easter.add('2026-11-20', 1300)).toBe('2031-11-14');
  });

  it('says so when there is never a working day', () => {
    const never = createCalendar({ zone, weekend: weekdays });
    expect(never.distance('2026-01-01', '2027-01-01')).toBe(0);
    expect(never.add('2026-01-01', 0)).toBe('2026-01-01');
    expect(() => never.add('2026-01-01', 1)).toThrow('expected 1 working days after 2026-01-01');
  });
});

const someDay = fc.integer({ min: dayNumber('2019-01-01'), max: dayNumber('2031-01-01') }).map(dayOfNumber);
const someRules = fc.record({
  weekend: fc.subarray([...weekdays], { maxLength: 6 }),
  holidays: fc.array(someDay, { maxLength: 60 }),
  halfDays: fc.array(someDay, { maxLength: 60 }),
});

/** The definition of metrics.md 0.3, day by day. */
function walkedDistance(rules: { weekend: Weekday[]; holidays: Day[]; halfDays: Day[] }, from: Day, to: Day): number {
  if (to < from) return -walkedDistance(rules, to, from);
  let days = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    const isFree = rules.weekend.includes(weekdays[weekdayIndex(dayNumber(day))]!) || rules.holidays.includes(day);
    days += isFree ? 0 : rules.halfDays.includes(day) ? 0.5 : 1;
  }
  return days;
}

describe('for any calendar', () => {
  const check = (property: (calendar: Calendar, a: Day, b: Day, c: Day) => void) =>
    fc.assert(
      fc.property(someRules, someDay, someDay, someDay, (rules, a, b, c) =>
        property(createCalendar({ ...rules, zone }), a, b, c),
      ),
    );

  it('a distance is the sum of its days', () => {
    fc.assert(
      fc.property(someRules, someDay, someDay, (rules, a, b) => {
        expect(createCalendar({ ...rules, zone }).distance(a, b) + 0).toBe(walkedDistance(rules, a, b) + 0);
      }),
      { numRuns: 60 },
    );
  });
  it('wd(a,a) = 0, wd(a,b) = -wd(b,a), wd(a,b) + wd(b,c) = wd(a,c)', () =>
    check((calendar, a, b, c) => {
      expect(calendar.distance(a, a)).toBe(0);
      expect(calendar.distance(a, b) + calendar.distance(b, a)).toBe(0);
      expect(calendar.distance(a, b) + calendar.distance(b, c)).toBe(calendar.distance(a, c));
      expect(Object.is(calendar.distance(a, b), -0)).toBe(false);
    }));
  it('addWd(a,k) is the earliest day that is far enough', () =>
    fc.assert(
      fc.property(someRules, someDay, fc.integer({ min: 1, max: 2000 }), (rules, a, halves) => {
        const calendar = createCalendar({ ...rules, zone });
        const found = calendar.add(a, halves / 2);
        expect(calendar.distance(a, found)).toBeGreaterThanOrEqual(halves / 2);
        expect(calendar.distance(a, addDays(found, -1))).toBeLessThan(halves / 2);
      }),
    ));
});
