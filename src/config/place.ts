import type { ProjectSettings } from '../core/model/project.ts';
import { budgetSettings } from './budget.ts';
import { decidersOf } from './deciders.ts';
import type { Config } from './load.ts';
import type { CalendarConfig } from './schema.ts';

/** Language, time zone and working days that hold somewhere. */
export interface Place {
  readonly locale: string;
  readonly zone: string;
  readonly calendar: CalendarConfig;
}

interface Wishes {
  readonly locale?: string | undefined;
  readonly zone?: string | undefined;
  readonly calendar?: string | undefined;
}

/** The first wish that says something wins; the top of the config stands behind them all. */
export function placeOf(config: Config, ...wishes: readonly (Wishes | null | undefined)[]): Place {
  const first = (key: keyof Wishes) => wishes.find((wish) => wish?.[key] !== undefined)?.[key] ?? config[key];
  return { locale: first('locale'), zone: first('zone'), calendar: config.calendars[first('calendar')] ?? weekendsOff };
}

const weekendsOff: CalendarConfig = { weekend: ['sat', 'sun'], holidays: [], halfDays: [] };

/** The service by the name that its source gives it; a source of one service calls it by its own name. */
function serviceOf(
  config: Config,
  { source, service }: { readonly source: string; readonly service?: string | undefined },
): string {
  const settings = config.sources[source]?.settings as { readonly service?: string } | undefined;
  return service ?? settings?.service ?? source;
}

function deliverySettings(
  config: Config,
  delivery: NonNullable<Config['projects'][string]['delivery']>,
): NonNullable<ProjectSettings['delivery']> {
  const { source, incidents, freezes } = delivery;
  return {
    source,
    services: delivery.services ?? [serviceOf(config, delivery)],
    ...(incidents ? { incidents: { ...incidents, project: incidents.project ?? null } } : {}),
    ...(freezes.length > 0 ? { freezes } : {}),
  };
}

/** Whether a source of the project reads the time that people log. */
function readsWorklogs(config: Config, id: string): boolean {
  const { scope, alsoIn } = config.projects[id]!;
  return [scope, ...alsoIn].some(({ source }) => {
    const settings = config.sources[source]?.settings as { readonly worklogs?: boolean } | undefined;
    return settings?.worklogs === true;
  });
}

/** How core reads a project of the config. */
export function projectSettings(config: Config, id: string): ProjectSettings {
  const project = config.projects[id]!;
  return {
    id,
    name: project.name ?? id,
    zone: placeOf(config, project).zone,
    statuses: project.statuses,
    excludedResolutions: project.excludedResolutions,
    defectTypes: project.defectTypes,
    bots: project.bots,
    sprintReasons: project.sprintReasons,
    mayRebaseline: decidersOf(config, id).length > 0,
    ...(readsWorklogs(config, id) ? { worklogs: project.worklogs } : {}),
    ...(project.budget ? { budget: budgetSettings(project.budget) } : {}),
    ...(project.planBy ? { planBy: project.planBy } : {}),
    ...(project.forecast ? { forecast: project.forecast } : {}),
    ...(project.teams
      ? { teams: { rules: project.teams, pool: project.pool ?? 'own', ...config.thresholds.teams } }
      : {}),
    delivery: project.delivery ? deliverySettings(config, project.delivery) : null,
  };
}
