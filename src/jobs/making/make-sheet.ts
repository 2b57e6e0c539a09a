import { placeOf } from '../../config/place.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import type { AnswerInput } from '../../core/reports/answer-input.ts';
import { buildProjectSheet, buildSheetPart } from '../../core/reports/project-sheet.ts';
import type { SheetAnswer, SheetPart } from '../../core/reports/project-sheet.ts';
import { openZone } from '../../core/time/zone.ts';
import type { Instant } from '../../core/time/instant.ts';
import { dataAtOf } from '../../core/view/late-facts.ts';
import { listPulls } from '../../store/pulls.ts';
import { readSheet, saveSheet, touchSheet } from '../../store/sheets.ts';
import type { KeptSheet } from '../../store/sheets.ts';
import { calendarOf } from '../calendar-of.ts';
import type { JobContext } from '../context.ts';
import { itemUrls } from '../item-urls.ts';
import { hasNewestEntries, keepEntries } from './entries.ts';
import { laterDateOf } from './later-date-of.ts';
import { measureProject } from './measure-project.ts';
import type { Measured } from '../recent-views.ts';
import { keepNeighbours, keepPlan } from './neighbour-plans.ts';
import { holds, settingsOf, stored } from './sheet-state.ts';

/** Makes the answers anew for each project of which something else is stored, or whose day is over. Which they are. */
export async function refreshSheets(context: JobContext): Promise<readonly ProjectId[]> {
  const made: ProjectId[] = [];
  for (const id of Object.keys(context.config.projects)) {
    try {
      if (await refreshSheet(context, id)) made.push(id);
    } catch (error) {
      // Asked for, it is made then, and fails to the person's face with a reference.
      context.log.error({ project: id, error: String(error) }, 'answers cannot be made ahead');
    }
  }
  return made;
}

async function refreshSheet(context: JobContext, id: ProjectId): Promise<boolean> {
  const kept = await readSheet(context.db, id);
  if (!kept || !holds(context, id, kept) || kept.madeFrom !== (await stored(context, id))) {
    const { measured } = await make(context, id);
    await keepEntries(context, id, measured);
    return true;
  }
  await touchSheet(context.db, id, await dataAt(context, id));
  if (await hasNewestEntries(context, id, kept)) return false;
  const [measured] = await measureProject(context, id, [kept.madeAt]);
  await keepEntries(context, id, measured!);
  return true;
}

/** One answer about a project as it is known at an instant. */
export async function makePart<Name extends SheetAnswer>(
  context: JobContext,
  id: ProjectId,
  { name, asOf }: { readonly name: Name; readonly asOf: Instant },
): Promise<SheetPart<Name>> {
  const [measured] = await measureProject(context, id, [asOf]);
  return buildSheetPart(await inputFrom(context, id, measured!), name);
}

async function inputFrom(context: JobContext, id: ProjectId, measured: Measured): Promise<AnswerInput> {
  const zone = openZone(placeOf(context.config, context.config.projects[id]).zone);
  const { thresholds } = context.config;
  const later = await laterDateOf(context, id, measured);
  return { ...measured, zone, thresholds, later, urlOf: itemUrls(context, id) };
}

/** Made anew, and kept: with it what other projects wait for. */
export async function makeSheet(context: JobContext, id: ProjectId): Promise<KeptSheet> {
  return (await make(context, id)).kept;
}

async function make(
  context: JobContext,
  id: ProjectId,
): Promise<{ readonly kept: KeptSheet; readonly measured: Measured }> {
  const madeAt = context.clock.now();
  // Asked before the reading: what comes in meanwhile makes the sheet stale, not wrong.
  const from = await stored(context, id);
  const [measured] = await measureProject(context, id, [madeAt]);
  const kept: KeptSheet = {
    day: calendarOf(context.config, id).zone.dayAt(madeAt),
    madeFrom: from,
    settings: settingsOf(context, id),
    madeAt,
    dataAt: await dataAt(context, id),
    sheet: buildProjectSheet(await inputFrom(context, id, measured!)),
    hasEntries: false,
  };
  await saveSheet(context.db, id, kept);
  await keepPlan(context, id, measured!);
  await keepNeighbours(context, id, measured!);
  return { kept, measured: measured! };
}

async function dataAt({ db, clock }: JobContext, id: ProjectId): Promise<Instant | null> {
  return dataAtOf(await listPulls(db, id), clock.now());
}
