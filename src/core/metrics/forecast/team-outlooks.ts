import type { Instant } from '../../time/instant.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import { outlookFrom } from './outlook.ts';
import type { Outlook, OutlookParts } from './outlook.ts';
import { membershipOf } from '../teams/membership.ts';
import { priorPacesOf } from './team-paces.ts';
import { teamWeeksOf } from '../teams/team-weeks.ts';

/** The outlooks of the teams of a project, the rest last, as known at an instant; null in a project without teams. */
export function createTeamOutlooks(
  view: ProjectView,
): ((at: Instant, parts: Required<OutlookParts>) => readonly Outlook[]) | null {
  const weeksAt = teamWeeksOf(view);
  const membership = membershipOf(view);
  if (weeksAt === null || membership === null) return null;
  const { calendar } = view;
  return (at, { learn, inProgress }) => {
    const teams = weeksAt(at);
    const priors = priorPacesOf(teams, calendar);
    const underWay = teams.map((): ItemView[] => []);
    for (const item of inProgress) underWay[membership.teamAt(item, at)]!.push(item);
    return teams.map((delivered, team) =>
      outlookFrom(calendar, at, {
        delivered,
        learn,
        inProgress: underWay[team]!,
        priorPace: priors[team]!,
        pool: null,
      }),
    );
  };
}
