import type { Metrics } from '../metrics/metrics.ts';
import type { ProjectView } from '../view/view.ts';
import { startOfWeek } from '../time/day.ts';
import type { AnswerInput } from './answer-input.ts';
import { decidingMilestone } from '../metrics/milestones/deciding-milestone.ts';
import { withDistinctMilestones } from '../metrics/milestones/distinct-milestones.ts';
import { createRefs } from './item-ref.ts';
import { laterLine } from './later-line.ts';
import { milestoneLine } from './milestone-line.ts';
import { runningSprints, sprintLine } from './sprint-line.ts';
import type { Colour } from '../metrics/milestone-figures.ts';
import type { Trust } from '../metrics/trust.ts';
import type { ProjectId } from '../model/ids.ts';
import type { Instant } from '../time/instant.ts';
import type { LaterLine } from './later-line.ts';
import type { MilestoneLine } from './milestone-line.ts';
import type { SprintLine } from './sprint-line.ts';
import type { StatusAlert } from './status-alert.ts';

/** The short answer to `/pmo status PROJECT`. */
export interface ProjectStatus {
  readonly kind: 'project-status';
  readonly project: { readonly id: ProjectId; readonly name: string };
  readonly asOf: Instant;
  readonly zone: string;
  readonly baseline: Colour;
  readonly current: Colour;
  readonly about: MilestoneLine | null;
  readonly later: LaterLine | null;
  readonly open: number;
  readonly inProgress: number;
  readonly finishedThisWeek: number;
  readonly blocked: number;
  readonly sprint: (SprintLine & { readonly workingDaysLeft: number | null }) | null;
  /** Left out where it is asked how things stood: alerts are known as they stand. */
  readonly alerts?: readonly StatusAlert[];
  readonly trust: Trust;
}

/** The short answer to "how is this project?": four lines at most. */
export function buildProjectStatus(
  input: Pick<AnswerInput, 'view' | 'metrics' | 'zone' | 'later' | 'urlOf'>,
): ProjectStatus {
  const { view, zone } = input;
  const metrics = withDistinctMilestones(input.metrics);
  const about = decidingMilestone(metrics.milestones, view);
  const work = view.counted.filter(({ type }) => !type.isEpic);
  const monday = view.calendar.zone.startOf(startOfWeek(view.today));
  return {
    kind: 'project-status',
    project: { id: metrics.project, name: metrics.name },
    asOf: metrics.asOf,
    zone: zone.name,
    baseline: about?.health.baseline.colour ?? 'unknown',
    current: about?.health.current.colour ?? 'unknown',
    about: about && milestoneLine(about, metrics, view),
    later: laterLine(input.later, createRefs(view, input.urlOf)),
    open: work.filter(({ isDone }) => !isDone).length,
    inProgress: work.filter(({ isDone, status }) => !isDone && status.phase === 'started').length,
    finishedThisWeek: work.filter(({ isDelivered, doneAt }) => isDelivered && doneAt !== null && doneAt >= monday)
      .length,
    blocked: work.filter(({ blocks, isDone }) => !isDone && blocks.length > 0).length,
    sprint: runningSprint(view, metrics),
    trust: metrics.trust,
  };
}

function runningSprint({ calendar, today }: ProjectView, metrics: Metrics): ProjectStatus['sprint'] {
  const [newest] = runningSprints(metrics);
  const line = newest ? sprintLine(newest, calendar.zone) : null;
  if (!line) return null;
  return { ...line, workingDaysLeft: line.endOn === null ? null : Math.max(0, calendar.distance(today, line.endOn)) };
}
