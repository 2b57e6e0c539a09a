import type { Migration } from 'kysely/migration';
import { first } from './0001-first.ts';
import { absences } from './0002-absences.ts';
import { forecasts } from './0003-forecasts.ts';
import { delivery } from './0004-delivery.ts';
import { alerts } from './0005-alerts.ts';
import { sheets } from './0009-sheets.ts';
import { people } from './0010-people.ts';
import { minutes } from './0011-minutes.ts';
import { rebaselines } from './0012-rebaselines.ts';
import { events } from './0013-events.ts';
import { answeredForecasts } from './0015-answered-forecasts.ts';
import { digestEntries } from './0029-digest-entries.ts';
import { openAlerts } from './0030-open-alerts.ts';
import { direct } from './0031-direct.ts';
import { neighbours } from './0032-neighbours.ts';
import { answeredAt } from './0028-answered-at.ts';
import { hasDescription } from './0022-has-description.ts';
import { worklogs } from './0023-worklogs.ts';
import { digestNotes } from './0015-digest-notes.ts';
import { channels } from './0016-channels.ts';
import { pictures } from './0018-pictures.ts';
import { plans } from './0020-plans.ts';
import { installations } from './0021-installations.ts';
import { pullRequests } from './0006-pull-requests.ts';

/** In order of their names, forward only: a released one is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': first,
  '0002-absences': absences,
  '0003-forecasts': forecasts,
  '0004-delivery': delivery,
  '0005-alerts': alerts,
  '0006-pull-requests': pullRequests,
  '0009-sheets': sheets,
  '0010-people': people,
  '0011-minutes': minutes,
  '0012-rebaselines': rebaselines,
  '0013-events': events,
  '0015-answered-forecasts': answeredForecasts,
  '0015-digest-notes': digestNotes,
  '0016-channels': channels,
  '0018-pictures': pictures,
  '0020-plans': plans,
  '0021-installations': installations,
  '0022-has-description': hasDescription,
  '0023-worklogs': worklogs,
  '0028-answered-at': answeredAt,
  '0029-digest-entries': digestEntries,
  '0030-open-alerts': openAlerts,
  '0031-direct': direct,
  '0032-neighbours': neighbours,
};
