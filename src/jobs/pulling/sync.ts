import type { SourceId } from '../../core/model/ids.ts';
import { RemoteError } from '../../lib/errors.ts';
import { withSmallHeap } from '../../lib/small-heap.ts';
import type { Progress } from '../../sources/source.ts';
import { recordMilestones } from '../../store/milestones.ts';
import { endPull, startPull } from '../../store/pulls.ts';
import { readCursor, savePage } from '../../store/save-page.ts';
import type { JobContext } from '../context.ts';
import { projectsOf } from './projects-of.ts';

export interface SyncOptions {
  /** Ask for everything again and take a census of what is gone. */
  readonly isFull: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface SyncResult {
  readonly source: SourceId;
  readonly pages: number;
  readonly items: number;
  readonly commits: number;
  readonly deployments: number;
  readonly changes: number;
  readonly setAside: number;
}

/**
 * Pulls one source to now. Every page is stored with its cursor, so whatever stops it, the next sync goes on from the
 * last page. A failure is kept with the pull (the trust line tells it) and thrown on.
 */
export async function syncSource(context: JobContext, id: SourceId, options: SyncOptions): Promise<SyncResult> {
  const { db, clock, log } = context;
  const startedAt = clock.now();
  await keepConfiguredMilestones(context, id, startedAt);
  const pull = await startPull(db, { source: id, projects: projectsOf(context.config, id), startedAt });
  const counts = { pages: 0, items: 0, commits: 0, deployments: 0, changes: 0, setAside: 0 };
  try {
    await withSmallHeap(() => pullPages(context, id, options, counts));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (options.signal.aborted) {
      // Whoever stops us knows it: nothing is wrong with the source, and nobody has to look.
      await endPull(db, pull, { outcome: 'interrupted', error: null, endedAt: clock.now() });
      log.info({ source: id, ...counts, reason: message }, 'pull stopped');
    } else {
      await endPull(db, pull, { outcome: 'failed', error: message, endedAt: clock.now() });
      log.error({ source: id, ...counts, error: message }, 'pull failed');
    }
    throw error;
  }
  await endPull(db, pull, { outcome: 'done', error: null, endedAt: clock.now() });
  log.info({ source: id, ...counts, seconds: (clock.now() - startedAt) / 1000 }, 'pull done');
  return { source: id, ...counts };
}

/** Every page with its cursor, one transaction each. */
async function pullPages(
  { db, clock, log, sources }: JobContext,
  id: SourceId,
  options: SyncOptions,
  counts: Omit<{ -readonly [Key in keyof SyncResult]: SyncResult[Key] }, 'source'>,
): Promise<void> {
  let step = '';
  const cursor = await readCursor(db, id);
  for await (const page of sources.get(id)!.pull(cursor, { isFull: options.isFull }, options.signal)) {
    await savePage(db, id, page, clock.now());
    counts.pages += 1;
    for (const record of page.records) {
      if (record.kind === 'item') counts.items += 1;
      else if (record.kind === 'commit') counts.commits += 1;
      else if (record.kind === 'deployment') counts.deployments += 1;
      else if (record.kind === 'history') counts.changes += record.changes.length;
      else if (record.kind === 'set-aside') counts.setAside += 1;
    }
    options.onProgress?.(page.progress);
    if (page.progress.step !== step) {
      step = page.progress.step;
      log.info({ source: id, step, ...counts }, 'pull');
    }
    options.signal.throwIfAborted();
  }
}

/** Syncs every source, one after the other; a failure of one does not keep the others from being pulled. */
export async function syncAll(
  context: JobContext,
  ids: readonly SourceId[],
  options: Omit<SyncOptions, 'onProgress'>,
): Promise<readonly (SyncResult | { readonly source: SourceId; readonly error: unknown })[]> {
  const results = [];
  for (const id of ids) {
    try {
      results.push(await syncSource(context, id, options));
    } catch (error) {
      if (options.signal.aborted) throw error;
      results.push({ source: id, error: error instanceof RemoteError ? error : asBug(error) });
    }
  }
  return results;
}

function asBug(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Dates that the config promises are facts too: kept at each sync, so that a changed line is a move and not a new truth. */
async function keepConfiguredMilestones({ config, db }: JobContext, id: SourceId, at: number): Promise<void> {
  for (const project of projectsOf(config, id)) {
    const milestones = config.projects[project]!.milestones.map(({ id: own, name, on, versions, items, labels }) => ({
      id: own ?? name,
      name,
      on,
      scope: { versions, items, labels },
    }));
    await recordMilestones(db, project, milestones, at);
  }
}
