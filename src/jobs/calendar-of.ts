import type { Config } from '../config/load.ts';
import { placeOf } from '../config/place.ts';
import type { ProjectId } from '../core/model/ids.ts';
import { createCalendar } from '../core/time/calendar.ts';
import type { Calendar } from '../core/time/calendar.ts';
import { openZone } from '../core/time/zone.ts';

/** The working days of a project, in its zone. */
export function calendarOf(config: Config, project: ProjectId): Calendar {
  const { zone, calendar } = placeOf(config, config.projects[project]);
  return createCalendar({ zone: openZone(zone), ...calendar });
}
