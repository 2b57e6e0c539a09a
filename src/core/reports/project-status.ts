import type { Metrics } from '../metrics/metrics.ts';
import type { ProjectView } from '../view/view.ts';
import { startOfWeek } from '../time/day.ts';
import type { AnswerInput } from './answer-input.ts';
import { decidingMilestone } from '../metrics/milestones/deciding-milestone.ts';
import { withDistinctMilestones } from '../metrics/milestones/distinct-milestones.ts';
import { createRefs } from './item-ref.ts';
import { laterLine } from './later-line.ts';
import { milestoneLine } from './milestone-line.ts';
import type { ProjectStatus } from './report.ts';
import { runningSprints, sprintLine } from './sprint-line.ts';

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
