import { addDays } from '../../time/day.ts';
import type { ProjectView } from '../../view/view.ts';
import { keysOf } from '../../view/item-key.ts';
import type { TeamFigures } from '../team-figures.ts';
import { paceRangeOf } from './pace.ts';
import { onceInProgress } from './outlook.ts';
import { createAdaptiveLayer } from './adaptive.ts';
import { calibrationOf } from './learned-levels.ts';
import { membershipOf } from '../teams/membership.ts';
import { createTeamOutlooks } from './team-outlooks.ts';
import { teamWeeksOf } from '../teams/team-weeks.ts';

const toldWeeks = 26;

/**
 * The teams of a project at as-of with what is open and what each finishes, and last the rest, what no rule takes; null in
 * a project without teams. An item that several rules take is with the first of them.
 */
export function measureTeams(view: ProjectView): readonly TeamFigures[] | null {
  const membership = membershipOf(view);
  const weeksAt = teamWeeksOf(view);
  const outlooksAt = createTeamOutlooks(view);
  if (membership === null || weeksAt === null || outlooksAt === null) return null;
  const { asOf } = view;
  const inProgress = onceInProgress([...view.counted, ...view.gone], asOf);
  // No date is asked: what their past makes of chances need not be learned.
  const plain = calibrationOf(createAdaptiveLayer());
  const outlooks = outlooksAt(asOf, { learn: () => plain, inProgress });
  const delivered = weeksAt(asOf);
  const open = view.counted.filter(({ isDone }) => !isDone);
  return membership.names.map((team, index) => {
    const own = open.filter((item) => membership.teamAt(item, asOf) === index);
    const { weeks, weekly } = delivered[index]!;
    const finished = weekly.slice(-toldWeeks);
    const { pace, noForecast, grade, weeks: historyWeeks } = outlooks[index]!;
    return {
      team,
      openKeys: keysOf(own),
      alsoOthersKeys: keysOf(own.filter((item) => membership.takersAt(item, asOf).length > 1)),
      weeks: {
        firstOn: weeks.firstOn === null ? null : addDays(weeks.firstOn, 7 * (weekly.length - finished.length)),
        finished,
      },
      pace: pace === null ? null : paceRangeOf(pace),
      noForecast,
      grade,
      historyWeeks,
    };
  });
}
