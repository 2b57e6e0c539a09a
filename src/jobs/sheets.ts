import { createHash } from 'node:crypto';
import { placeOf, projectSettings } from '../config/place.ts';
import type { ProjectId } from '../core/model/ids.ts';
import { buildProjectSheet } from '../core/reports/project-sheet.ts';
import type { ProjectSheet } from '../core/reports/project-sheet.ts';
import { openZone } from '../core/time/zone.ts';
import type { Instant } from '../core/time/instant.ts';
import { dataAtOf } from '../core/view/late-facts.ts';
import { listPulls } from '../store/pulls.ts';
import { describeStored, readSheet, saveSheet, touchSheet } from '../store/sheets.ts';
import type { KeptSheet } from '../store/sheets.ts';
import { calendarOf } from './calendar-of.ts';
import type { JobContext } from './context.ts';
import { itemUrls } from './item-urls.ts';
import { measureProject } from './measure-project.ts';
import type { Measured } from './measure-project.ts';
import { keepPlan } from './neighbour-plans.ts';

/** The newest answers about a project: those that were made after the last pull, or made now where none hold. */
export async function sheetOf(context: JobContext, id: ProjectId): Promise<KeptSheet> {
  const kept = await readSheet(context.db, id);
  return kept && holds(context, id, kept) ? kept : makeSheet(context, id);
}

/** Makes the answers anew for each project of which something else is stored, or whose day is over. How many. */
export async function refreshSheets(context: JobContext): Promise<number> {
  let made = 0;
  for (const id of Object.keys(context.config.projects)) {
    try {
      if (await refreshSheet(context, id)) made += 1;
    } catch (error) {
      // Asked for, it is made then, and fails to the person's face with a reference.
      context.log.error({ project: id, error: String(error) }, 'answers cannot be made ahead');
    }
  }
  return made;
}

async function refreshSheet(context: JobContext, id: ProjectId): Promise<boolean> {
  const kept = await readSheet(context.db, id);
  if (!kept || !holds(context, id, kept) || kept.madeFrom !== (await madeFrom(context, id))) {
    await makeSheet(context, id);
    return true;
  }
  await touchSheet(context.db, id, await dataAt(context, id));
  return false;
}

/** Made today, from settings that are still those of the config. */
function holds(context: JobContext, id: ProjectId, { day, settings }: KeptSheet): boolean {
  return day === calendarOf(context.config, id).zone.dayAt(context.clock.now()) && settings === settingsOf(context, id);
}

/** The answers about a project as it is known at an instant. */
export async function buildSheetAt(context: JobContext, id: ProjectId, asOf: Instant): Promise<ProjectSheet> {
  const [measured] = await measureProject(context, id, [asOf]);
  return sheetFrom(context, id, measured!);
}

function sheetFrom(context: JobContext, id: ProjectId, measured: Measured): ProjectSheet {
  const zone = openZone(placeOf(context.config, context.config.projects[id]).zone);
  const { thresholds } = context.config;
  return buildProjectSheet({ ...measured, zone, thresholds, urlOf: itemUrls(context, id) });
}

async function makeSheet(context: JobContext, id: ProjectId): Promise<KeptSheet> {
  const madeAt = context.clock.now();
  // Asked before the reading: what comes in meanwhile makes the sheet stale, not wrong.
  const from = await madeFrom(context, id);
  const [measured] = await measureProject(context, id, [madeAt]);
  const kept: KeptSheet = {
    day: calendarOf(context.config, id).zone.dayAt(madeAt),
    madeFrom: from,
    settings: settingsOf(context, id),
    madeAt,
    dataAt: await dataAt(context, id),
    sheet: sheetFrom(context, id, measured!),
  };
  await saveSheet(context.db, id, kept);
  await keepPlan(context, id, measured!);
  return kept;
}

function madeFrom({ config, db }: JobContext, id: ProjectId): Promise<string> {
  return describeStored(db, id, projectSettings(config, id).delivery?.services ?? []);
}

async function dataAt({ db, clock }: JobContext, id: ProjectId): Promise<Instant | null> {
  return dataAtOf(await listPulls(db, id), clock.now());
}

/** Counted up when a sheet holds something else than before: what an earlier program kept is made anew. */
const form = 2;

function settingsOf({ config }: JobContext, id: ProjectId): string {
  const told = [form, projectSettings(config, id), placeOf(config, config.projects[id]), config.thresholds];
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 16);
}
