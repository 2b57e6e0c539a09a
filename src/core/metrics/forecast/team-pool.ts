import type { Instant } from '../../time/instant.ts';
import type { ProjectView } from '../../view/view.ts';
import { exposureByWeek } from '../flow/throughput.ts';
import type { PooledWeeks } from './learned-levels.ts';
import type { Pool } from './mixture.ts';
import { silenceOf } from './silence.ts';
import { paceOf, priorPacesOf, usualPace } from './team-paces.ts';
import { teamWeeksOf } from '../teams/team-weeks.ts';

/** Teams that finish what there is together, whoever takes it (metrics.md 3.4). */
export interface TeamPool {
  readonly supply: Pool;
  /** Who they are, in the same order; null: those who do what no team takes. */
  readonly names: readonly (string | null)[];
  readonly past: PooledWeeks;
  /** Whole weeks of the team that is known least. */
  readonly leastWeeks: number;
}

/**
 * The pool of a project whose settings say so, at an instant. A team without a past of its own brings nothing yet, and one
 * that has finished nothing for a quarter nothing any more. Null where no team has a pace.
 */
export function createPools(view: ProjectView): ((at: Instant) => TeamPool | null) | null {
  const { calendar, settings } = view;
  const weeksAt = settings.teams?.pool === 'shared' ? teamWeeksOf(view) : null;
  if (weeksAt === null) return null;
  const { correlation } = settings.teams!;
  return (at) => {
    const teams = weeksAt(at);
    const priors = priorPacesOf(teams, calendar);
    const known = teams.flatMap((delivered, team) =>
      silenceOf(delivered) === null
        ? [{ delivered, priorPace: priors[team] ?? usualPace, name: settings.teams!.rules[team]?.name ?? null }]
        : [],
    );
    if (known.length === 0) return null;
    return {
      supply: {
        teams: known.map(({ delivered, priorPace }) => paceOf(delivered, priorPace, calendar)),
        correlation,
      },
      names: known.map(({ name }) => name),
      past: {
        teams: known.map(({ delivered, priorPace }) => ({
          weekly: delivered.weekly,
          exposure: exposureByWeek(delivered.weeks, calendar),
          priorPace,
        })),
        correlation,
      },
      leastWeeks: Math.min(...known.map(({ delivered }) => delivered.weeks.count)),
    };
  };
}
