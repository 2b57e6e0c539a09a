import { defaultForecast } from '../../model/forecast-settings.ts';
import type { ForecastSettings } from '../../model/forecast-settings.ts';
import type { ProjectView } from '../../view/view.ts';
import type { Outlook } from '../forecast/outlook.ts';
import type { Moment } from './finished-milestones.ts';
import { createPlans } from './milestone-plans.ts';
import type { Milestone } from './milestones.ts';
import { prospectOfOne } from './prospect.ts';
import type { Prospect } from './prospect.ts';
import type { Standing } from './standing.ts';

/** The prospects of the open milestones at one moment, each made when it is asked for. */
export type Prospects = (standing: Standing) => Prospect;

/** Makes the prospects of a project's milestones as the settings of the project want them, at any moment up to as-of. */
export function createProspects(
  view: ProjectView,
  milestones: readonly Milestone[],
  settings: ForecastSettings = view.settings.forecast ?? defaultForecast,
): (moment: Moment & { readonly outlook: Outlook }) => Prospects {
  const plansAt = createPlans(view, milestones, settings);
  return (moment) => {
    const { outlook } = moment;
    const plans = plansAt(moment);
    return each((standing) => prospectOfOne({ standing, outlook, plans }));
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
