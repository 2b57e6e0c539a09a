import { DateTime } from 'luxon';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/core/time/day.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { parseInstant } from '../../../src/core/time/instant.ts';
import { isZone, openZone } from '../../../src/core/time/zone.ts';
import { createRandom } from '../../../src/lib/random.ts';

const at = (text: string) => parseInstant(text)!;
const iso = (instant: number) => new Date(instant).toISOString().replace(':00.000Z', 'Z');

describe('names of zones', () => {
  it.each(['Europe/Paris', 'Asia/Calcutta', 'Asia/Kolkata', 'UTC', 'Etc/GMT+5', 'america/new_york'])(
    'knows %s',
    (name) => {
      expect(isZone(name)).toBe(true);
      expect(openZone(name).name).toBe(name);
    },
  );
  it.each(['GMT+5', '', '+05:30', 'Mars/Olympus', 'Europe/Pariss', ' UTC'])('refuses %j in words', (name) => {
    expect(isZone(name)).toBe(false);
    expect(() => openZone(name)).toThrow(RangeError);
    expect(() => openZone(name)).toThrow(
      `expected an IANA time zone such as Europe/Paris, found ${JSON.stringify(name)}`,
    );
  });
  it('takes an alias for the same clock', () => {
    const now = at('2026-11-24T18:29:59Z');
    expect(openZone('Asia/Calcutta').localAt(now)).toEqual({ day: '2026-11-24', hour: 23, minute: 59 });
    expect(openZone('Asia/Calcutta').localAt(now)).toEqual(openZone('Asia/Kolkata').localAt(now));
    expect(openZone('Asia/Calcutta').dayAt(now + 1000)).toBe('2026-11-25');
  });
});

describe('days of zones', () => {
  it.each([
    ['Europe/Paris', '2026-03-29', '2026-03-28T23:00Z', '2026-03-29T22:00Z'],
    ['Europe/Paris', '2026-10-25', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
    // Clocks jump from 00:00 to 01:00.
    ['America/Havana', '2026-03-08', '2026-03-08T05:00Z', '2026-03-09T04:00Z'],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00Z', '2018-11-05T02:00Z'],
    // Clocks go back from 24:00 to 23:00: the day has 25 hours, the next one begins once.
    ['America/Sao_Paulo', '2018-02-17', '2018-02-17T02:00Z', '2018-02-18T03:00Z'],
    // Midnight comes twice: the first is the start.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00Z', '2026-11-02T05:00Z'],
    // Samoa left this day out.
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00Z', '2011-12-30T10:00Z'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00Z', '2026-04-05T13:30Z'],
  ])('%s %s runs from %s to %s', (name, day, start, end) => {
    const zone = openZone(name);
    expect(iso(zone.startOf(day as Day))).toBe(start);
    expect(iso(zone.endOf(day as Day))).toBe(end);
  });

  it('knows a gap and an overlap', () => {
    const paris = openZone('Europe/Paris');
    expect(paris.instantsAt('2026-03-29', 150)).toEqual([]);
    expect(iso(paris.firstAt('2026-03-29', 150))).toBe('2026-03-29T01:00Z');
    expect(paris.instantsAt('2026-10-25', 150).map(iso)).toEqual(['2026-10-25T00:30Z', '2026-10-25T01:30Z']);
    expect(iso(paris.firstAt('2026-10-25', 150))).toBe('2026-10-25T00:30Z');
    expect(paris.instantsAt('2026-07-01', 540).map(iso)).toEqual(['2026-07-01T07:00Z']);
  });

  it('agrees with luxon and Temporal for random instants of every zone', () => {
    const random = createRandom(20_261_124);
    for (const name of Intl.supportedValuesOf('timeZone')) {
      const zone = openZone(name);
      for (let round = 0; round < 4; round++) {
        const instant = Math.floor(
          at('1971-01-01T00:00Z') + random() * (at('2038-01-01T00:00Z') - at('1971-01-01T00:00Z')),
        );
        const there = DateTime.fromMillis(instant, { zone: name });
        expect([name, zone.dayAt(instant), zone.localAt(instant).hour]).toEqual([name, there.toISODate(), there.hour]);
        const start = Temporal.PlainDate.from(zone.dayAt(instant)).toZonedDateTime(name).epochMilliseconds;
        expect([name, zone.startOf(zone.dayAt(instant))]).toEqual([name, start]);
      }
    }
  });

  it('misses no change of any zone between 2000 and 2030, however short the summer', () => {
    for (const name of [
      'Africa/Casablanca',
      'Africa/Cairo',
      'Pacific/Fiji',
      'Asia/Gaza',
      'America/St_Johns',
      'Antarctica/Troll',
      'Europe/Istanbul',
    ]) {
      const zone = openZone(name);
      for (let day: Day = '2000-01-01'; day < '2030-01-01'; day = addDays(day, 1)) {
        const noon = at(`${day}T12:00Z`);
        expect([name, day, zone.offsetAt(noon)]).toEqual([
          name,
          day,
          DateTime.fromMillis(noon, { zone: name }).offset * 60_000,
        ]);
      }
    }
  });

  it('holds the far ends of what can be written', () => {
    const paris = openZone('Europe/Paris');
    expect(paris.dayAt(at('0001-06-01T00:00Z'))).toBe('0001-06-01');
    expect(paris.dayAt(at('9999-06-01T00:00Z'))).toBe('9999-06-01');
    expect(paris.dayAt(0)).toBe('1970-01-01');
    expect(() => paris.dayAt(Number.NaN)).toThrow(RangeError);
  });

  it('names the day of a million instants within two seconds of the processor', () => {
    const zone = openZone('America/New_York');
    const from = at('2016-01-01T00:00Z');
    zone.dayAt(from);
    const before = process.cpuUsage();
    const days = new Set<string>();
    for (let index = 0; index < 1_000_000; index++) days.add(zone.dayAt(from + index * 315_360));
    // About 0.12 s of the processor; walking Intl would take 5 s.
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
    expect(days.size).toBe(3651);
  });
});
