import { toldChances } from '../forecast/adaptive.ts';
import type { Calendar } from '../../time/calendar.ts';
import type { Day } from '../../time/day.ts';
import { keysOf } from '../../view/item-key.ts';
import type { ForecastDates, JointOdds, MilestoneTeams, TeamPart } from '../milestone-figures.ts';
import { paceRangeOf } from '../forecast/pace.ts';
import { forecastWorkOf } from './forecast-work.ts';
import { askedOf, isOutgrown } from './prospect.ts';
import type { Portion, Prospect } from './prospect.ts';
import { clocks } from './standing.ts';
import type { Clock, Standing } from './standing.ts';

interface Parts {
  readonly prospect: Prospect;
  readonly standing: Standing;
  readonly calendar: Calendar;
  /** Working days by which the last has to be later than every other. */
  readonly decidesWorkingDays: number;
}

/** What each team has open in a milestone and when it is done with it; null where the milestone is not split by teams. */
export function teamPartsOf({ prospect, standing, calendar, decidesWorkingDays }: Parts): MilestoneTeams | null {
  if (standing.open.length === 0 || prospect.portions.some(({ team }) => team === null)) return null;
  const parts = prospect.portions.map((portion) => partOf(portion, standing));
  const isKnown = prospect.noForecast === null;
  const oddsAt = (clock: Clock): JointOdds | null => {
    const on = standing.dueOn[clock];
    return isKnown && on !== null ? prospect.joint({ clock }, on) : null;
  };
  return {
    parts,
    decides: isKnown && !isOutgrown(prospect) ? lastOf(parts, calendar, decidesWorkingDays) : null,
    odds: { baseline: oddsAt('baseline'), current: oddsAt('current') },
  };
}

function partOf(portion: Portion, { dueOn }: Standing): TeamPart {
  const { team, open, standing, outlook, plans } = portion;
  const isKnown = outlook.pace !== null;
  const basis = isKnown ? plans.basisOf(standing) : null;
  const isDated = basis !== null && !basis.isOutgrown;
  const probability = (clock: Clock) => {
    const on = dueOn[clock];
    return isKnown && on !== null ? outlook.chance(askedOf(portion, { clock }), on) : null;
  };
  const [baseline, current] = clocks.map(probability);
  return {
    team: team!.name,
    isByAll: team!.isByAll,
    openKeys: keysOf(open),
    forecast: isDated ? datesOf(outlook.when(askedOf(portion, { clock: 'current' }), toldChances)) : null,
    noForecast: basis?.isOutgrown ? 'scopeOutgrowsPace' : outlook.noForecast,
    grade: outlook.grade,
    historyWeeks: outlook.weeks,
    probability: { baseline: baseline ?? null, current: current ?? null },
    pace: outlook.pace === null ? null : paceRangeOf(outlook.pace),
    work: basis === null ? null : forecastWorkOf(basis),
  };
}

function datesOf([p50 = null, p85 = null, p95 = null]: readonly (Day | null)[]): ForecastDates {
  return { p50, p85, p95 };
}

/** The part that is done last, by so many working days at 85 %; null when the last ones are close, or there is but one. */
function lastOf(parts: readonly TeamPart[], calendar: Calendar, decidesWorkingDays: number): number | null {
  if (parts.length < 2) return null;
  const days = parts.map(({ forecast }) => forecast?.p85 ?? null);
  const order = parts.map((_, index) => index).sort((a, b) => compareDays(days[b]!, days[a]!));
  const [last, next] = [days[order[0]!]!, days[order[1]!]!];
  if (next === null) return null;
  return last === null || calendar.distance(next, last) >= decidesWorkingDays ? order[0]! : null;
}

/** Null, beyond the horizon, is the latest. */
function compareDays(one: Day | null, other: Day | null): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other ? -1 : 1;
}
