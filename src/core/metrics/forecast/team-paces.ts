import type { Calendar } from '../../time/calendar.ts';
import type { DeliveredWeeks } from '../flow/deliveries.ts';
import { exposureByWeek } from '../flow/throughput.ts';
import { meanPace } from './demand.ts';
import { fitPace } from './pace.ts';
import type { Pace } from './pace.ts';
import { reformedIn, weightsSince } from './regime.ts';
import { silenceOf } from './silence.ts';
import { median } from '../statistics.ts';
import type { TeamWeeks } from '../teams/team-weeks.ts';

/** Pace to believe in before a project has any of its own, and no other team to go by (metrics.md 3.3). */
export const usualPace = 5;

/** The pace of those who delivered these weeks; one formed anew weighs its past by a quarter. */
export function paceOf({ weeks, weekly, finishers }: DeliveredWeeks, priorPace: number, calendar: Calendar): Pace {
  const exposure = exposureByWeek(weeks, calendar);
  return fitPace({ weekly, exposure, weights: weightsSince(reformedIn(finishers), weeks.count), priorPace });
}

/**
 * For each team the median pace of the others, items a normal week: what to believe of it before it has a past of its own
 * (metrics.md 3.3, few samples). Null where no other team has a pace, and for the rest, of which nobody says that it is a team.
 */
export function priorPacesOf(teams: TeamWeeks, calendar: Calendar): readonly (number | null)[] {
  const rest = teams.length - 1;
  const paces = teams.map((delivered, team) =>
    team === rest || silenceOf(delivered) !== null ? null : meanPace(paceOf(delivered, usualPace, calendar)),
  );
  return teams.map((_, team) =>
    team === rest ? null : median(paces.flatMap((pace, other) => (other === team || pace === null ? [] : [pace]))),
  );
}
