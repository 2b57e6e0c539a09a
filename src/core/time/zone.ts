import { dayNumber, dayOfNumber } from './day.ts';
import type { Day } from './day.ts';
import { dayMs, hourMs, minuteMs } from './instant.ts';
import type { Instant } from './instant.ts';

/** Local wall-clock time, for printing. */
export interface LocalTime {
  readonly day: Day;
  readonly hour: number;
  readonly minute: number;
}

/** An IANA time zone with its past and future offsets. Made by `openZone`; one object a name. */
export interface Zone {
  /** The name as it was asked for: `Asia/Calcutta` stays what it is. */
  readonly name: string;
  /** Milliseconds that local time is ahead of UTC. */
  offsetAt(at: Instant): number;
  dayAt(at: Instant): Day;
  localAt(at: Instant): LocalTime;
  /** First instant of the local day; where clocks jump over midnight, the first instant after the jump. */
  startOf(day: Day): Instant;
  /** Start of the next day: a day that was left out (Samoa, 2011-12-30) has no length. */
  endOf(day: Day): Instant;
  /**
   * All instants at which clocks show this day and minute (0 to 1439), in order: none in a gap, two in an overlap.
   */
  instantsAt(day: Day, minuteOfDay: number): readonly Instant[];
  /** The first of `instantsAt`; in a gap the first instant after it (02:30 becomes 03:00). */
  firstAt(day: Day, minuteOfDay: number): Instant;
}

/** A stretch of time with one offset. */
interface Segment {
  readonly start: Instant;
  readonly end: Instant;
  readonly offset: number;
}

/** About 13 months: few zones change more than four times in it, so a lookup is one division and a short scan. */
const chunkMs = 2 ** 35;
/** Fiji once had summer time for four weeks; nobody since 1970 had it for less than one. */
const probeMs = 7 * dayMs;
/** No offset is, or was, further from UTC than this. */
const widestMs = 16 * hourMs;

const zones = new Map<string, Zone>();

/** Whether this is the name of an IANA time zone (aliases and any case included; `GMT+5` and `+05:30` are none). */
export function isZone(name: string): boolean {
  if (zones.has(name)) return true;
  if (!/^[a-z]/i.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Throws RangeError when there is no such zone. */
export function openZone(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) {
    if (!isZone(name))
      throw new RangeError(`expected an IANA time zone such as Europe/Paris, found ${JSON.stringify(name)}`);
    zone = createZone(name);
    zones.set(name, zone);
  }
  return zone;
}

function createZone(name: string): Zone {
  const readOffset = createOffsetReader(name);
  const chunks = new Map<number, readonly Segment[]>();

  const segmentsOf = (chunk: number): readonly Segment[] => {
    let segments = chunks.get(chunk);
    if (!segments) {
      segments = findSegments(readOffset, chunk * chunkMs, (chunk + 1) * chunkMs);
      chunks.set(chunk, segments);
    }
    return segments;
  };

  const offsetAt = (at: Instant): number => {
    for (const segment of segmentsOf(Math.floor(at / chunkMs))) if (at < segment.end) return segment.offset;
    throw new RangeError(`expected an instant, found ${at}`);
  };

  const segmentsAround = (local: number): readonly Segment[] => {
    const first = Math.floor((local - widestMs) / chunkMs);
    const last = Math.floor((local + widestMs) / chunkMs);
    const segments = segmentsOf(first);
    return first === last ? segments : [...segments, ...segmentsOf(last)];
  };

  const instantsOf = (local: number): Instant[] =>
    segmentsAround(local)
      .filter(({ start, end, offset }) => local - offset >= start && local - offset < end)
      .map(({ offset }) => local - offset);

  const firstOf = (local: number): Instant => {
    for (const { start, end, offset } of segmentsAround(local)) {
      const at = local - offset;
      if (at < start) return start;
      if (at < end) return at;
    }
    throw new RangeError(`expected a local time that a date can hold, found ${local}`);
  };

  return {
    name,
    offsetAt,
    dayAt: (at) => dayOfNumber(Math.floor((at + offsetAt(at)) / dayMs)),
    localAt: (at) => {
      const local = at + offsetAt(at);
      const day = Math.floor(local / dayMs);
      const minutes = Math.floor((local - day * dayMs) / minuteMs);
      return { day: dayOfNumber(day), hour: Math.floor(minutes / 60), minute: minutes % 60 };
    },
    startOf: (day) => firstOf(dayNumber(day) * dayMs),
    endOf: (day) => firstOf((dayNumber(day) + 1) * dayMs),
    instantsAt: (day, minuteOfDay) => instantsOf(dayNumber(day) * dayMs + minuteOfDay * minuteMs),
    firstAt: (day, minuteOfDay) => firstOf(dayNumber(day) * dayMs + minuteOfDay * minuteMs),
  };
}

/** Asks Intl, which takes microseconds: only for finding where the offset changes. */
function createOffsetReader(name: string): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'iso8601',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  return (at) => {
    const whole = Math.floor(at / 1000) * 1000;
    const parts: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(whole)) parts[type] = value;
    const local = new Date(0);
    const year = Number(parts['year']);
    local.setUTCFullYear(
      /^b/i.test(parts['era'] ?? '') ? 1 - year : year,
      Number(parts['month']) - 1,
      Number(parts['day']),
    );
    local.setUTCHours(Number(parts['hour']), Number(parts['minute']), Number(parts['second']));
    return local.getTime() - whole;
  };
}

function findSegments(readOffset: (at: Instant) => number, from: Instant, to: Instant): Segment[] {
  const segments: Segment[] = [];
  let start = from;
  let offset = readOffset(from);
  for (let known = from; known < to;) {
    const probe = Math.min(known + probeMs, to - 1000);
    const offsetThere = readOffset(probe);
    if (offsetThere !== offset) {
      const change = findChange(readOffset, known, probe);
      segments.push({ start, end: change, offset });
      start = change;
      offset = readOffset(change);
      known = change;
    } else {
      known = probe === to - 1000 ? to : probe;
    }
  }
  segments.push({ start, end: to, offset });
  return segments;
}

/** The first whole second in (low, high] with another offset than `low`. */
function findChange(readOffset: (at: Instant) => number, low: Instant, high: Instant): Instant {
  const offset = readOffset(low);
  let before = Math.floor(low / 1000);
  let after = Math.ceil(high / 1000);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (readOffset(middle * 1000) === offset) before = middle;
    else after = middle;
  }
  return after * 1000;
}
