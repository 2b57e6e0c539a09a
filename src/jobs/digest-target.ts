import type { Config } from '../config/load.ts';
import { placeOf } from '../config/place.ts';
import type { ReportConfig } from '../config/schema.ts';
import { dayMs, hourMs } from '../core/time/instant.ts';
import type { Instant } from '../core/time/instant.ts';
import { nextDue, parseSchedule, previousDue, slotName } from '../core/time/schedule.ts';
import type { Schedule } from '../core/time/schedule.ts';
import { openZone } from '../core/time/zone.ts';
import type { Zone } from '../core/time/zone.ts';

export type DigestKind = ReportConfig['report'];

/** One report on one subject for one channel: what a line of `reports:` comes down to. */
export interface DigestTarget {
  readonly report: DigestKind;
  /** Project or programme. */
  readonly subject: string;
  /** Null while the config names none: it can be made, not posted. */
  readonly channel: string | null;
  readonly locale: string;
  /** Where its due times are reckoned, and its times are told. */
  readonly zone: Zone;
  /** The subject's own: where a bare day is reckoned. */
  readonly homeZone: Zone;
  /** Null when nothing asks for it regularly. */
  readonly schedule: Schedule | null;
}

/** A moment for which a digest is made once. */
export interface Slot {
  readonly at: Instant;
  /** The same for every process and every restart. */
  readonly name: string;
}

/** Everything that `reports:` asks for, a target each. */
export function scheduledTargets(config: Config): readonly DigestTarget[] {
  return config.reports.flatMap((line) => {
    const isProject = line.report === 'project-digest';
    const wanted = (isProject ? line.projects : line.programmes) ?? 'all';
    const subjects = wanted === 'all' ? Object.keys(isProject ? config.projects : config.programmes) : wanted;
    return subjects.map((subject) => targetOf(config, line, subject));
  });
}

/** The target for a report that somebody asks for now: its line of `reports:` when there is one. */
export function targetFor(config: Config, report: DigestKind, subject: string): DigestTarget {
  const scheduled = scheduledTargets(config).find((target) => target.report === report && target.subject === subject);
  return scheduled ?? targetOf(config, null, subject, report);
}

function targetOf(
  config: Config,
  line: ReportConfig | null,
  subject: string,
  report: DigestKind = line?.report ?? 'project-digest',
): DigestTarget {
  const own = report === 'project-digest' ? config.projects[subject] : config.programmes[subject];
  const channel = line?.channel ?? own?.channel ?? null;
  const place = placeOf(config, line, channel === null ? null : config.channels[channel], own);
  const schedule = line ? parseSchedule(line.every) : null;
  if (schedule?.kind === 'invalid') throw new Error(`the schedule "${line!.every}" was not refused with the config`);
  const homeZone = openZone(placeOf(config, own).zone);
  return { report, subject, channel, locale: place.locale, zone: openZone(place.zone), homeZone, schedule };
}

/** The newest due time at or before as-of, or the day of as-of where there is no schedule. */
export function slotAt(target: DigestTarget, asOf: Instant): Slot {
  const due = target.schedule ? previousDue(target.schedule, asOf, target.zone) : null;
  if (due !== null) return { at: due, name: slotName(due, target.zone) };
  const day = target.homeZone.dayAt(asOf);
  return { at: target.homeZone.startOf(day), name: `${day}[${target.homeZone.name}]` };
}

/** Start of the period that a slot's digest tells, when no earlier one was posted. */
export function usualSince(target: DigestTarget, asOf: Instant): Instant {
  const slot = target.schedule ? previousDue(target.schedule, asOf, target.zone) : null;
  const before = slot === null ? null : previousDue(target.schedule!, slot - 1, target.zone);
  return before ?? asOf - 7 * dayMs;
}

/** What makes a digest the same digest. */
export function digestKey({ report, subject, channel }: DigestTarget, slot: Slot): string {
  return `digest:${report}:${subject}:${channel}:${slot.name}`;
}

/** After this it is no use any more: half its rhythm, 48 hours at most (reliability.md 3.4: 12 h daily, 48 h weekly). */
export function expiryOf(target: DigestTarget, slot: Slot): Instant {
  const next = target.schedule ? nextDue(target.schedule, slot.at, target.zone) : null;
  return slot.at + (next === null ? 48 * hourMs : Math.min(48 * hourMs, (next - slot.at) / 2));
}

/** Names a schedule; another rhythm or zone is another schedule, and owes nothing for the past. */
export function scheduleId(target: DigestTarget): string {
  return `${target.report}:${target.subject}:${target.channel}:${target.schedule!.text}[${target.zone.name}]`;
}
