import type { Metrics } from '../metrics/metrics.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import type { ProjectView } from '../view/view.ts';
import type { Day } from '../time/day.ts';
import type { MilestoneLine } from './report.ts';
import { teamLineOf } from './team-line.ts';

/** What a reader is told of one milestone. */
export function milestoneLine(milestone: MilestoneFigures, metrics: Metrics, view: ProjectView): MilestoneLine {
  const { health, forecast, committedOn, currentOn } = milestone;
  const team = teamLineOf(milestone);
  const gapTo = (on: Day | null) => (on === null || !forecast?.p85 ? null : view.calendar.distance(on, forecast.p85));
  return {
    id: milestone.id,
    name: milestone.name,
    committedOn,
    rebaselinedOn: milestone.rebaseline?.on ?? null,
    currentOn,
    finishedOn: milestone.finishedOn,
    replans: milestone.replans,
    slipCommitted: milestone.slipCommitted,
    forecast,
    noForecast: milestone.noForecast,
    ...(team === null ? {} : { team }),
    historyWeeks: metrics.figures.throughputPerWeek.value?.weeks.length ?? 0,
    openItems: milestone.openItems,
    doneItems: milestone.doneItems,
    flags: milestone.flags,
    baseline: health.baseline.colour,
    current: health.current.colour,
    probability: { baseline: health.baseline.probability, current: health.current.probability },
    greenIf: milestone.greenIf,
    gap: { baseline: gapTo(milestone.rebaseline?.on ?? committedOn), current: gapTo(currentOn) },
    recordedOn: recordedOn(milestone, view),
  };
}

/** A version that had its date when it was first looked at: the promise is older than the record of it. */
function recordedOn({ id, flags }: MilestoneFigures, view: ProjectView): Day | null {
  if (!flags.includes('baselineSinceFirstPull')) return null;
  const seen = view.versions.find(({ version }) => version.id === id);
  return seen ? view.calendar.zone.dayAt(seen.firstSeenAt) : null;
}
