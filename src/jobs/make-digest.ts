import { placeOf, projectSettings } from '../config/place.ts';
import { measure } from '../core/metrics/measure.ts';
import type { Metrics } from '../core/metrics/metrics.ts';
import { viewAsOf } from '../core/view/as-of.ts';
import type { ProjectView } from '../core/view/view.ts';
import type { ProjectId } from '../core/model/ids.ts';
import { buildProgrammeDigest } from '../core/reports/programme-digest.ts';
import { buildProjectDigest } from '../core/reports/project-digest.ts';
import type { ProgrammeDigest, ProjectDigest, Report } from '../core/reports/report.ts';
import { createCalendar } from '../core/time/calendar.ts';
import type { Instant } from '../core/time/instant.ts';
import { openZone } from '../core/time/zone.ts';
import { lastSent } from '../store/outbox.ts';
import { loadProject } from '../store/load-project.ts';
import type { JobContext } from './context.ts';
import { slotAt, usualSince } from './digest-target.ts';
import type { DigestTarget } from './digest-target.ts';

/** A project seen at one instant, and what was measured then. */
export interface Measured {
  readonly view: ProjectView;
  readonly metrics: Metrics;
}

/** Loads a project once and measures it at each instant: the past comes from the same history. */
export async function measureProject(
  context: JobContext,
  id: ProjectId,
  instants: readonly Instant[],
): Promise<readonly Measured[]> {
  const { config, db } = context;
  const settings = projectSettings(config, id);
  const calendar = createCalendar({
    zone: openZone(settings.zone),
    ...placeOf(config, config.projects[id]).calendar,
  });
  const history = await loadProject(db, settings);
  return instants.map((asOf) => {
    const view = viewAsOf(history, asOf, calendar);
    return { view, metrics: measure(view, config.thresholds) };
  });
}

/** The digest of a target at an instant: from the last one that was posted, or from the due time before. */
export async function makeDigest(context: JobContext, target: DigestTarget, asOf: Instant): Promise<Report> {
  const since = await sinceOf(context, target, asOf);
  if (target.report === 'project-digest') return projectDigest(context, target.subject, { asOf, since, target });
  return programmeDigest(context, target, asOf, since);
}

async function sinceOf({ db }: JobContext, target: DigestTarget, asOf: Instant): Promise<Instant> {
  const usual = usualSince(target, asOf);
  if (target.channel === null) return usual;
  const { report, subject: project, channel } = target;
  const last = await lastSent(db, { report, project, channel, beforeSlot: slotAt(target, asOf).at });
  // A period begins where the last one ended, so that nothing falls between two digests.
  return last?.asOf !== null && last?.asOf !== undefined && last.asOf < asOf ? Math.min(last.asOf, usual) : usual;
}

interface Period {
  readonly asOf: Instant;
  readonly since: Instant;
  readonly target: DigestTarget;
}

async function projectDigest(
  context: JobContext,
  id: ProjectId,
  { asOf, since, target }: Period,
): Promise<ProjectDigest> {
  const [now, before] = await measureProject(context, id, [asOf, since]);
  return buildProjectDigest({
    view: now!.view,
    metrics: now!.metrics,
    previous: before!,
    since,
    zone: target.zone,
    thresholds: context.config.thresholds,
    urlOf: itemUrls(context, id),
  });
}

async function programmeDigest(
  context: JobContext,
  target: DigestTarget,
  asOf: Instant,
  since: Instant,
): Promise<ProgrammeDigest> {
  const programme = context.config.programmes[target.subject]!;
  const projects: ProjectDigest[] = [];
  // One after the other: a history is let go before the next is loaded.
  for (const id of programme.projects) projects.push(await projectDigest(context, id, { asOf, since, target }));
  return buildProgrammeDigest({
    programme: { id: target.subject, name: programme.name },
    asOf,
    since,
    zone: target.zone,
    projects,
  });
}

/** Links to items, built from the host of the config only: an address in the data is never followed. */
export function itemUrls({ config }: JobContext, id: ProjectId): (key: string) => string | null {
  const source = config.sources[config.projects[id]!.scope.source];
  const host = (source?.settings as { host?: unknown } | undefined)?.host;
  return (key) => (typeof host === 'string' ? `${host.replace(/\/+$/, '')}/browse/${encodeURIComponent(key)}` : null);
}
