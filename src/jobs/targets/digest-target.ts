import type { Config } from '../../config/load.ts';
import { placeOf } from '../../config/place.ts';
import { reportKinds } from '../../core/reports/report-kinds.ts';
import type { ReportKind } from '../../core/reports/report-kinds.ts';
import type { ReportConfig } from '../../config/schema.ts';
import type { ProjectId, SprintId } from '../../core/model/ids.ts';
import { dayMs, hourMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import { nextDue, parseSchedule, previousDue, slotName } from '../../core/time/schedule.ts';
import type { Schedule } from '../../core/time/schedule.ts';
import { openZone } from '../../core/time/zone.ts';
import type { Zone } from '../../core/time/zone.ts';

export type DigestKind = ReportKind;
export const digestKinds: readonly DigestKind[] = reportKinds;

/** One report on one subject for one channel: what a line of `reports:` comes down to. */
export interface DigestTarget {
  readonly report: DigestKind;
  /** Project or programme; `portfolio` for all of them. */
  readonly subject: string;
  /** Null while the config names none: it can be made, not posted. */
  readonly channel: string | null;
  /** Of a portfolio: the projects that it is of; all of them when left out. */
  readonly only?: readonly ProjectId[];
  /** Where it is read, if that is not its channel: what may be shown is decided by it. */
  readonly readIn?: string;
  readonly locale: string;
  /** Where its due times are reckoned, and its times are told. */
  readonly zone: Zone;
  /** Where its times are told instead, when one person asked. */
  readonly reader?: Zone;
  /** The subject's own: where a bare day is reckoned. */
  readonly homeZone: Zone;
  /** Null when nothing asks for it regularly, or when an event does. */
  readonly schedule: Schedule | null;
  /** The sprint that a review is about; left out for other reports, and until it is known. */
  readonly sprint?: SprintId;
}

/** A moment for which a digest is made once. */
export interface Slot {
  readonly at: Instant;
  /** The same for every process and every restart. */
  readonly name: string;
}

/** Where the times of a report are told. */
export function readerZone({ zone, reader }: DigestTarget): Zone {
  return reader ?? zone;
}

/** Everything that `reports:` asks for, a target each. */
export function scheduledTargets(config: Config): readonly DigestTarget[] {
  return config.reports.flatMap((line) => {
    const wanted = (isOfProject(line.report) ? line.projects : line.programmes) ?? 'all';
    const subjects = wanted === 'all' ? subjectsOf(config, line.report) : wanted;
    return subjects.map((subject) => targetOf(config, line, subject));
  });
}

/** The target for a report that somebody asks for now: its line of `reports:` when there is one. */
export function targetFor(config: Config, report: DigestKind, subject: string): DigestTarget {
  const scheduled = scheduledTargets(config).find((target) => target.report === report && target.subject === subject);
  return scheduled ?? targetOf(config, null, subject, report);
}

/** The rhythm of a review, which comes at an event and not at a time. */
export const atSprintClose = 'sprint-close';

/** The target of a report that people subscribed to. */
export function subscribedTarget(
  config: Config,
  { report, subject, channel, every }: { report: DigestKind; subject: string; channel: string; every: string },
): DigestTarget {
  return targetOf(config, every === atSprintClose ? { report, channel } : { report, channel, every }, subject);
}

/** Reports on one project; the others are on a programme, or on all of them. */
export function isOfProject(report: DigestKind): boolean {
  return report !== 'programme-digest' && report !== 'portfolio-digest';
}

/** The one subject of a report over everything. */
const portfolio = 'portfolio';

/** What a report of this kind can be about. */
export function subjectsOf(config: Config, report: DigestKind): readonly string[] {
  if (report === 'portfolio-digest') return Object.keys(config.projects).length === 0 ? [] : [portfolio];
  return Object.keys(isOfProject(report) ? config.projects : config.programmes);
}

function placeOfSubject(config: Config, report: DigestKind, subject: string) {
  if (report === 'portfolio-digest') return undefined;
  return isOfProject(report) ? config.projects[subject] : config.programmes[subject];
}

function targetOf(
  config: Config,
  line: ReportConfig | null,
  subject: string,
  report: DigestKind = line?.report ?? 'project-digest',
): DigestTarget {
  const own = placeOfSubject(config, report, subject);
  const channel = line?.channel ?? own?.channel ?? null;
  const place = placeOf(config, line, channel === null ? null : config.channels[channel], own);
  const schedule = line?.every === undefined ? null : parseSchedule(line.every);
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
export function digestKey(target: DigestTarget, slot: Slot): string {
  const { report, subject, channel, sprint } = target;
  if (sprint !== undefined) return reviewKey(target, sprint);
  return `digest:${report}:${subject}:${channel}:${slot.name}`;
}

/** What makes a review the same review: its sprint, whenever it is told. */
export function reviewKey({ report, subject, channel }: DigestTarget, sprint: SprintId): string {
  return `digest:${report}:${subject}:${channel}:${sprintMark}${sprint}`;
}

const sprintMark = 'sprint ';

/** The sprint that the key of a review, or of a part of it, names; null for another key. */
export function sprintOfKey(key: string): SprintId | null {
  return /:sprint (.+?)(?::\d+)?$/.exec(key)?.[1] ?? null;
}

/** After this it is no use any more: half its rhythm, 48 hours at most (reliability.md 3.4: 12 h daily, 48 h weekly). */
export function expiryOf(target: DigestTarget, slot: Slot): Instant {
  const next = target.schedule ? nextDue(target.schedule, slot.at, target.zone) : null;
  return slot.at + (next === null ? 48 * hourMs : Math.min(48 * hourMs, (next - slot.at) / 2));
}

/** Names a schedule; another rhythm or zone is another schedule, and owes nothing for the past. */
export function scheduleId(target: DigestTarget): string {
  const when = target.schedule === null ? atSprintClose : target.schedule.text;
  return `${target.report}:${target.subject}:${target.channel}:${when}[${target.zone.name}]`;
}
