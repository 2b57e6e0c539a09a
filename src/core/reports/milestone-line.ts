import type { Metrics } from '../metrics/metrics.ts';
import type { Colour, ForecastDates, GreenIf, MilestoneFigures } from '../metrics/milestone-figures.ts';
import type { ProjectView } from '../view/view.ts';
import type { Day } from '../time/day.ts';
import { teamLineOf } from './team-line.ts';
import type { TeamLine } from './team-line.ts';

/** A date worth a line: the milestone that the health speaks about, or another that moved. */
export interface MilestoneLine {
  readonly id: string;
  readonly name: string;
  readonly committedOn: Day | null;
  /** The promise that people agreed on since; null where only the first one was made. */
  readonly rebaselinedOn: Day | null;
  readonly currentOn: Day | null;
  readonly finishedOn: Day | null;
  readonly replans: number;
  /** Working days against the first promise, + = late. */
  readonly slipCommitted: number | null;
  readonly forecast: ForecastDates | null;
  readonly noForecast: string | null;
  /** The team to know of; left out where none stands out, as in every project without teams. */
  readonly team?: TeamLine;
  readonly historyWeeks: number;
  readonly openItems: number;
  readonly doneItems: number;
  readonly flags: readonly string[];
  readonly baseline: Colour;
  readonly current: Colour;
  readonly probability: { readonly baseline: number | null; readonly current: number | null };
  readonly greenIf: { readonly baseline: GreenIf | null; readonly current: GreenIf | null };
  /** Signed working days from P85 to the date of each clock, + = P85 is later; null without either. */
  readonly gap: { readonly baseline: number | null; readonly current: number | null };
  /** Day of the pull that first saw it, for dates that were there before anyone kept them; null where that says nothing. */
  readonly recordedOn: Day | null;
}

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
