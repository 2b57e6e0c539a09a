import { createHash } from 'node:crypto';
import { placeOf, projectSettings } from '../../config/place.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import type { Instant } from '../../core/time/instant.ts';
import { readSheet } from '../../store/sheets.ts';
import { describeStored } from '../../store/stored-facts.ts';
import type { KeptSheet } from '../../store/sheets.ts';
import { calendarOf } from '../calendar-of.ts';
import type { JobContext } from '../context.ts';

/** Made today, from settings that are still those of the config. */
export function holds(context: JobContext, id: ProjectId, { day, settings }: KeptSheet): boolean {
  return day === calendarOf(context.config, id).zone.dayAt(context.clock.now()) && settings === settingsOf(context, id);
}

/** What is stored of a project, in short: as long as it stays the same, so do the figures of a day. */
export function stored({ config, db }: JobContext, id: ProjectId): Promise<string> {
  const { delivery, worklogs } = projectSettings(config, id);
  return describeStored(db, id, {
    services: delivery?.services ?? [],
    deliverySource: delivery?.source ?? null,
    hasWorklogs: worklogs !== undefined,
  });
}

/** Counted up when a sheet holds something else than before: what an earlier program kept is made anew. */
const form = 9;

/** How a project is read, in short. */
export function settingsOf({ config }: JobContext, id: ProjectId): string {
  const told = [form, projectSettings(config, id), placeOf(config, config.projects[id]), config.thresholds];
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 16);
}

/**
 * The instant that "now" means for a project: when its kept answers were made, while nothing else is stored since. What is
 * explained is then the very number that the status tells.
 */
export async function newestInstant(context: JobContext, id: ProjectId): Promise<Instant> {
  const kept = await readSheet(context.db, id);
  const isNewest = kept && holds(context, id, kept) && kept.madeFrom === (await stored(context, id));
  return isNewest ? kept.madeAt : context.clock.now();
}
