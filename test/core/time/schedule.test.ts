import { Cron } from 'croner';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../src/core/time/instant.ts';
import type { Instant } from '../../../src/core/time/instant.ts';
import { dueBetween, nextDue, parseSchedule, previousDue, slotName } from '../../../src/core/time/schedule.ts';
import type { Schedule } from '../../../src/core/time/schedule.ts';
import { openZone } from '../../../src/core/time/zone.ts';
import { createRandom } from '../../../src/lib/random.ts';

const at = (text: string) => parseInstant(text)!;
const iso = (instant: Instant | null) => instant && new Date(instant).toISOString().replace(':00.000Z', 'Z');

function schedule(text: string): Schedule {
  const parsed = parseSchedule(text);
  if (parsed.kind === 'invalid') throw new Error(`${parsed.expected}, found ${parsed.found}`);
  return parsed;
}

const due = (text: string, zone: string, from: string, to: string) =>
  dueBetween(schedule(text), { after: at(from), until: at(to) }, openZone(zone)).map(iso);

describe('parseSchedule', () => {
  it.each([
    ['61 * * * *', 'minute 0-59', '"61 * * * *"'],
    ['* 24 * * *', 'hour 0-23', '"* 24 * * *"'],
    ['* * 0 * *', 'day of month 1-31', '"* * 0 * *"'],
    ['* * * 13 *', 'month 1-12 (or jan-dec)', '"* * * 13 *"'],
    ['* * * * 8', 'day of week 0-7 (or sun-sat)', '"* * * * 8"'],
    ['* * * * monday', 'day of week 0-7', '"* * * * monday"'],
    ['', 'five cron fields', '"" (0 fields)'],
    ['   ', 'five cron fields', '(0 fields)'],
    ['0 0 9 * * mon', 'five cron fields', '(6 fields)'],
    ['0 0 9 * * mon 2026', 'five cron fields', '(7 fields)'],
    ['@daily', 'write 0 0 * * *', '"@daily"'],
    ['0 0 30 2 *', 'a day that its month has', '"0 0 30 2 *"'],
    ['0 0 31 4,6,9,11 *', 'a day that its month has', '"0 0 31 4,6,9,11 *"'],
    ['0 22-2 * * *', 'write 22-23,0-2', '"0 22-2 * * *"'],
    ['5/15 * * * *', '5-59/15', '"5/15 * * * *"'],
    ['*/0 * * * *', 'a step of 1-59', '"*/0 * * * *"'],
    ['*/90 * * * *', 'a step of 1-59', '"*/90 * * * *"'],
    ['0 0 L * *', 'day of month', '"0 0 L * *"'],
    ['0 0 * * 1#2', 'day of week', '"0 0 * * 1#2"'],
    ['1,,2 * * * *', 'minute', '"1,,2 * * * *"'],
    ['-1 * * * *', 'minute', '"-1 * * * *"'],
    ['1.5 * * * *', 'minute', '"1.5 * * * *"'],
  ])('refuses %j and says what it wants', (text, expected, found) => {
    const parsed = parseSchedule(text);
    if (parsed.kind !== 'invalid') throw new Error('was taken');
    expect(parsed.expected).toContain(expected);
    expect(parsed.found).toContain(found);
  });

  it.each([
    ['0 9 * * mon-fri', '0 9 * * 1-5'],
    ['0 9 * JAN,Jun *', '0 9 * 1,6 *'],
    ['0 9 * * fri-sun', '0 9 * * 5-7'],
    ['0 9 * * 0', '0 9 * * 7'],
    ['0 9 * * *', '  0   9 * * 0-6 '],
    ['*/20 8-17/4 * * *', '0,20,40 8,12,16 * * *'],
  ])('%s is the same as %s', (one, other) => {
    expect(due(one, 'Europe/Paris', '2026-01-01T00:00Z', '2026-07-15T00:00Z')).toEqual(
      due(other, 'Europe/Paris', '2026-01-01T00:00Z', '2026-07-15T00:00Z'),
    );
  });
});

describe('due instants', () => {
  it.each([
    [
      'gap: the next valid instant',
      '30 2 * * *',
      'Europe/Paris',
      '2026-03-28T12:00Z',
      ['2026-03-29T01:00Z', '2026-03-30T00:30Z'],
    ],
    ['gap at midnight', '0 0 * * *', 'America/Havana', '2026-03-07T12:00Z', ['2026-03-08T05:00Z', '2026-03-09T04:00Z']],
    [
      'several slots of a gap are one',
      '0,30 2 * * *',
      'Europe/Paris',
      '2026-03-28T12:00Z',
      ['2026-03-29T01:00Z', '2026-03-30T00:00Z'],
    ],
    [
      'a slot of the gap and the one after it are one',
      '30 2-3 * * *',
      'Europe/Paris',
      '2026-03-28T12:00Z',
      ['2026-03-29T01:00Z', '2026-03-29T01:30Z'],
    ],
    [
      'overlap: the first only',
      '30 2 * * *',
      'Europe/Paris',
      '2026-10-24T12:00Z',
      ['2026-10-25T00:30Z', '2026-10-26T01:30Z'],
    ],
    [
      'overlap in New York',
      '30 1 * * *',
      'America/New_York',
      '2026-10-31T12:00Z',
      ['2026-11-01T05:30Z', '2026-11-02T06:30Z'],
    ],
    [
      'a rhythm goes on through the overlap',
      '30 * * * *',
      'Europe/Paris',
      '2026-10-25T00:00Z',
      ['2026-10-25T00:30Z', '2026-10-25T01:30Z', '2026-10-25T02:30Z'],
    ],
    [
      'a rhythm has nothing in the gap',
      '30 * * * *',
      'Europe/Paris',
      '2026-03-29T00:00Z',
      ['2026-03-29T00:30Z', '2026-03-29T01:30Z'],
    ],
    [
      'a day that was left out',
      '0 9 * * *',
      'Pacific/Apia',
      '2011-12-29T12:00Z',
      ['2011-12-29T19:00Z', '2011-12-30T10:00Z', '2011-12-30T19:00Z'],
    ],
    ['either day', '0 0 13 * fri', 'UTC', '2026-11-06T01:00Z', ['2026-11-13T00:00Z', '2026-11-20T00:00Z']],
    [
      'both days where one begins with a star',
      '0 0 */2 * mon',
      'UTC',
      '2026-11-01T01:00Z',
      ['2026-11-09T00:00Z', '2026-11-23T00:00Z'],
    ],
    ['the 31st', '0 0 31 * *', 'UTC', '2026-01-31T00:00Z', ['2026-03-31T00:00Z', '2026-05-31T00:00Z']],
    ['a leap day over a century', '0 0 29 2 *', 'UTC', '2096-02-29T00:00Z', ['2104-02-29T00:00Z', '2108-02-29T00:00Z']],
    [
      'half an hour of summer time',
      '15 2 * * *',
      'Australia/Lord_Howe',
      '2026-10-03T00:00Z',
      ['2026-10-03T15:30Z', '2026-10-04T15:15Z'],
    ],
    ['an alias', '0 9 * * *', 'Asia/Calcutta', '2026-11-24T04:00Z', ['2026-11-25T03:30Z']],
  ])('%s', (_, text, name, after, expected) => {
    const zone = openZone(name);
    const found: (string | null | 0)[] = [];
    for (let from = at(after); found.length < expected.length;) {
      from = nextDue(schedule(text), from, zone)!;
      found.push(iso(from));
    }
    expect(found).toEqual(expected);
  });

  it('counts the very instant as due for "at or before", not for "after"', () => {
    const daily = schedule('0 9 * * *');
    const paris = openZone('Europe/Paris');
    const slot = at('2026-11-24T08:00Z');
    expect(previousDue(daily, slot, paris)).toBe(slot);
    expect(iso(previousDue(daily, slot - 1, paris))).toBe('2026-11-23T08:00Z');
    expect(iso(nextDue(daily, slot, paris))).toBe('2026-11-25T08:00Z');
    expect(nextDue(daily, slot - 1, paris)).toBe(slot);
    expect(dueBetween(daily, { after: slot - 1, until: slot }, paris)).toEqual([slot]);
    expect(dueBetween(daily, { after: slot, until: slot }, paris)).toEqual([]);
    expect(dueBetween(daily, { after: slot + 1, until: slot - 1 }, paris)).toEqual([]);
  });

  it('fires every quarter of an hour of a year, also through the changes of the clock', () => {
    expect(due('*/15 * * * *', 'Europe/Paris', '2025-12-31T22:59Z', '2026-12-31T22:59Z')).toHaveLength(35_040);
  });

  it('waits decades for a leap day of the right weekday', () => {
    // 29 February: 2088 Sunday, 2092 Friday, 2096 Wednesday, 2104 Friday, 2108 Wednesday, 2112 Monday, 2116 Saturday.
    expect(iso(nextDue(schedule('0 0 29 2 */2'), at('2096-03-01T00:00Z'), openZone('UTC')))).toBe('2116-02-29T00:00Z');
    expect(iso(previousDue(schedule('0 0 29 2 */2'), at('2116-02-28T00:00Z'), openZone('UTC')))).toBe(
      '2088-02-29T00:00Z',
    );
  });
});

describe('slotName', () => {
  it.each([
    ['Europe/Paris', '2026-10-25T00:30Z', '2026-10-25T02:30[Europe/Paris]'],
    ['Europe/Paris', '2026-10-25T01:30Z', '2026-10-25T02:30+01:00[Europe/Paris]'],
    ['Europe/Paris', '2026-03-29T01:00Z', '2026-03-29T03:00[Europe/Paris]'],
    ['America/St_Johns', '2026-11-01T04:30Z', '2026-11-01T01:00-03:30[America/St_Johns]'],
    ['Asia/Calcutta', '2026-11-24T03:30Z', '2026-11-24T09:00[Asia/Calcutta]'],
  ])('in %s of %s is %s', (name, instant, slot) => {
    expect(slotName(at(instant), openZone(name))).toBe(slot);
  });

  it('never names two instants alike', () => {
    const paris = openZone('Europe/Paris');
    const slots = dueBetween(
      schedule('*/15 * * * *'),
      { after: at('2025-12-31T22:59Z'), until: at('2026-12-31T22:59Z') },
      paris,
    );
    expect(new Set(slots.map((slot) => slotName(slot, paris))).size).toBe(35_040);
  });
});

/** Zones whose changes are unlike one another: midnight, half an hour, two hours, short summers, no summer. */
const zones = [
  'Europe/Paris',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Havana',
  'Antarctica/Troll',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Africa/Cairo',
  'America/Santiago',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Atlantic/Azores',
  'America/St_Johns',
];

describe('against others', () => {
  it('agrees with croner on random schedules of one time of day, and of one minute of every hour', () => {
    const random = createRandom(7);
    const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
    for (let round = 0; round < 400; round++) {
      const zone = pick(zones);
      const day = pick([
        '* * *',
        '* * mon-fri',
        '1,15 * *',
        '13 * fri',
        '* 3,10 *',
        '31 * *',
        '* * sun',
        '1-7 * sat',
        '29 2 *',
      ]);
      const text = `${Math.floor(random() * 60)} ${random() < 0.3 ? '*' : Math.floor(random() * 24)} ${day}`;
      const croner = new Cron(text, { timezone: zone, paused: true });
      let mine: Instant = Math.floor(at('2018-01-01T00:00Z') + random() * 86_400_000 * 365 * 10);
      let theirs: Date | null = new Date(mine);
      for (let step = 0; step < 8; step++) {
        mine = nextDue(schedule(text), mine, openZone(zone))!;
        theirs = croner.nextRun(theirs)!;
        expect([text, zone, iso(mine)]).toEqual([text, zone, iso(theirs.getTime())]);
      }
    }
  });

  it('agrees with a walk over every minute by luxon around every change of the clock', () => {
    const random = createRandom(11);
    for (const name of zones) {
      const zone = openZone(name);
      for (const change of changesOf(name, 2026)) {
        const from = change - 30 * 3_600_000;
        const minutes = Array.from({ length: 60 * 60 }, (_, index) => from + index * 60_000);
        const walls = minutes.map((minute) => DateTime.fromMillis(minute, { zone: name }));
        const hour = walls[minutes.indexOf(change)]!.hour;
        for (let round = 0; round < 6; round++) {
          const minute = Math.floor(random() * 60);
          const slotHour = (hour + 23 + Math.floor(random() * 3)) % 24;
          const fixed = dueBetween(
            schedule(`${minute} ${slotHour} * * *`),
            { after: from, until: minutes.at(-1)! },
            zone,
          );
          expect([name, slotHour, minute, fixed.map(iso)]).toEqual([
            name,
            slotHour,
            minute,
            walkFixed(minutes, walls, slotHour, minute).map(iso),
          ]);
          const rhythm = dueBetween(schedule(`${minute} * * * *`), { after: from, until: minutes.at(-1)! }, zone);
          const walked = minutes.filter((at, index) => at > from && walls[index]!.minute === minute);
          expect([name, minute, rhythm.map(iso)]).toEqual([name, minute, walked.map(iso)]);
        }
      }
    }
  });

  it('previousDue is the inverse of nextDue', () => {
    const random = createRandom(13);
    for (let round = 0; round < 300; round++) {
      const zone = openZone(zones[Math.floor(random() * zones.length)]!);
      const line = schedule(
        ['*/15 * * * *', '30 2 * * *', '0 0 * * mon', '0 9 1 * *', '0 0,1,2,3 * * *'][Math.floor(random() * 5)]!,
      );
      const instant = Math.floor(at('2026-01-01T00:00Z') + random() * 86_400_000 * 365);
      const next = nextDue(line, instant, zone)!;
      const previous = previousDue(line, instant, zone)!;
      expect(previous <= instant && instant < next).toBe(true);
      expect(nextDue(line, previous, zone)).toBe(next);
      expect(previousDue(line, next, zone)).toBe(next);
      expect(dueBetween(line, { after: previous - 1, until: next }, zone)).toEqual([previous, next]);
    }
  });
});

/** Minutes at which luxon's offset changes. */
function changesOf(zone: string, year: number): Instant[] {
  const offsetAt = (instant: Instant) => DateTime.fromMillis(instant, { zone }).offset;
  const changes: Instant[] = [];
  for (let low = at(`${year}-01-01T00:00Z`); low < at(`${year + 1}-01-01T00:00Z`); low += 86_400_000) {
    let [before, after] = [low, low + 86_400_000];
    if (offsetAt(before) === offsetAt(after)) continue;
    while (after - before > 60_000) {
      const middle = before + Math.floor((after - before) / 120_000) * 60_000;
      if (offsetAt(middle) === offsetAt(low)) before = middle;
      else after = middle;
    }
    changes.push(after);
  }
  return changes;
}

/** For each whole local day of the walk: the first minute with this wall time, or the first one after it was jumped over. */
function walkFixed(minutes: Instant[], walls: DateTime[], hour: number, minute: number): Instant[] {
  const found = new Map<string, Instant>();
  const wanted = hour * 60 + minute;
  const ofDay = (wall: DateTime) => wall.hour * 60 + wall.minute;
  walls.forEach((wall, index) => {
    const day = wall.toISODate()!;
    const before = walls[index - 1];
    if (found.has(day) || !before || ofDay(wall) < wanted) return;
    const hasJumpedOver = before.toISODate() !== day || ofDay(before) < wanted;
    if (hasJumpedOver) found.set(day, minutes[index]!);
  });
  return [...found.values()];
}
