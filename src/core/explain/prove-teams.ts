import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import type { Evaluation } from '../metrics/milestones/health.ts';
import { askedOf } from '../metrics/milestones/prospect.ts';
import type { Standing } from '../metrics/milestones/standing.ts';
import type { ProjectView } from '../view/view.ts';
import type { MilestoneExplanation, TeamsProof } from './milestone-explanation.ts';
import { provePortion } from './prove-forecast.ts';
import { workingDayBefore } from './working-day-before.ts';

interface TeamsParts {
  readonly standing: Standing;
  readonly now: Evaluation;
  readonly figures: MilestoneFigures;
}

/** What each of several teams would say of its own work, and what follows for the whole; nothing where one has it all. */
export function proveTeams(
  view: ProjectView,
  { standing, now, figures }: TeamsParts,
): Pick<MilestoneExplanation, 'teams'> {
  const prospect = now.prospectOf(standing);
  const { teams, forecast } = figures;
  if (prospect.portions.length < 2 || !teams) return {};
  const wish = { clock: 'current' } as const;
  const shownOn = forecast?.p85 ?? null;
  const parts: TeamsProof['parts'] = teams.parts.map(
    ({ team, isByAll, openKeys, forecast: dates, noForecast, historyWeeks }, index) => {
      const portion = prospect.portions[index]!;
      return {
        team,
        isByAll,
        openKeys,
        dates,
        noForecast,
        historyWeeks,
        chance: shownOn === null ? null : portion.outlook.chance(askedOf(portion, wish), shownOn),
        forecast: dates === null ? null : provePortion(view, now.at, { portion, dates }),
      };
    },
  );
  const told =
    forecast === null
      ? []
      : [[0.5, forecast.p50] as const, [0.85, forecast.p85] as const, [0.95, forecast.p95] as const];
  return {
    teams: {
      correlation: view.settings.teams!.correlation,
      parts,
      dates: told.flatMap(([level, on]) => {
        if (on === null) return [];
        const { probability: chance, independent, weakest } = prospect.joint(wish, on);
        const before = workingDayBefore(view, on);
        return [
          { level, on, chance, independent, weakest, before: { on: before, chance: prospect.chance(wish, before) } },
        ];
      }),
    },
  };
}
