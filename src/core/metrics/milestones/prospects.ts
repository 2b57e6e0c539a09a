import { defaultForecast } from '../../model/forecast-settings.ts';
import type { ForecastSettings } from '../../model/forecast-settings.ts';
import type { ProjectView } from '../../view/view.ts';
import type { Outlook, OutlookParts } from '../forecast/outlook.ts';
import { membershipOf } from '../teams/membership.ts';
import { createTeamOutlooks } from '../forecast/team-outlooks.ts';
import type { Moment } from './finished-milestones.ts';
import { createPlans } from './milestone-plans.ts';
import type { Milestone } from './milestones.ts';
import { prospectOfTeams } from './prospect-of-teams.ts';
import { prospectOfOne } from './prospect.ts';
import type { Portion, Prospect } from './prospect.ts';
import { standingsAt } from './standing.ts';
import type { Standing } from './standing.ts';
import { milestonesByTeam } from './team-milestones.ts';

/** The prospects of the open milestones at one moment, each made when it is asked for. */
export type Prospects = (standing: Standing) => Prospect;

export interface ProspectsMoment extends Moment, Required<OutlookParts> {
  /** Of the project as a whole. */
  readonly outlook: Outlook;
}

/** Makes the prospects of a project's milestones as the settings of the project want them, at any moment up to as-of. */
export function createProspects(
  view: ProjectView,
  milestones: readonly Milestone[],
  settings: ForecastSettings = view.settings.forecast ?? defaultForecast,
): (moment: ProspectsMoment) => Prospects {
  const plansAt = createPlans(view, milestones, settings);
  const splitAt = createSplits(view, milestones, settings);
  return (moment) => {
    const { outlook } = moment;
    const plans = plansAt(moment);
    const whole = (standing: Standing): Portion => ({ team: null, open: standing.open, standing, outlook, plans });
    const split = splitAt?.(moment, whole);
    return each((standing) => {
      const portions = split?.(standing) ?? [];
      if (portions.length < 2) return prospectOfOne(portions[0] ?? whole(standing));
      return prospectOfTeams(portions, view.settings.teams!.correlation);
    });
  };
}

function each(make: Prospects): Prospects {
  const known = new Map<Standing, Prospect>();
  return (standing) => {
    let prospect = known.get(standing);
    if (!prospect) known.set(standing, (prospect = make(standing)));
    return prospect;
  };
}

type Split = (standing: Standing) => readonly Portion[];

/**
 * What each team has open in a milestone, where the settings say that each does its own (metrics.md 3.4); null where
 * they do not. Everything that is known of a project is known of each of its teams: what it delivered, its place in the
 * order of milestones, and what its part of finished ones taught.
 */
function createSplits(
  view: ProjectView,
  milestones: readonly Milestone[],
  settings: ForecastSettings,
): ((moment: ProspectsMoment, whole: (standing: Standing) => Portion) => Split) | null {
  const membership = membershipOf(view);
  const outlooksAt = createTeamOutlooks(view);
  if (membership === null || outlooksAt === null || view.settings.teams!.pool !== 'own') return null;
  const { names } = membership;
  const byTeam = milestonesByTeam(milestones, membership);
  const plansAt = byTeam.map((own) => createPlans(view, own, settings));
  return (moment, whole) => {
    const { at } = moment;
    const outlooks = outlooksAt(at, moment);
    const teams = byTeam.map((own, team) => {
      const standings = standingsAt(view, own, at);
      return { standings, plans: plansAt[team]!({ at, outlook: outlooks[team]!, standings }) };
    });
    // Open or not is asked of the whole milestone: those of a team come in the same order.
    const indexOf = new Map(moment.standings.map((standing, index) => [standing, index]));
    return (wholeStanding) =>
      names.flatMap((name, team): readonly Portion[] => {
        const { standings, plans } = teams[team]!;
        const standing = standings[indexOf.get(wholeStanding)!]!;
        const { open } = standing;
        if (open.length === 0) return [];
        const outlook = outlooks[team]!;
        // What nobody has finished lately, and is no team's own, some team will have to take up.
        if (name === null && outlook.noForecast !== null)
          return [{ ...whole(wholeStanding), team: { name, isByAll: true }, open }];
        return [{ team: { name, isByAll: false }, open, standing, outlook, plans }];
      });
  };
}
