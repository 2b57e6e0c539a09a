import type { SourceRecord } from '../../core/model/record.ts';
import { dayMs } from '../../core/time/instant.ts';
import type { Page, PullOptions, Scope } from '../source.ts';
import { endCensus, takeCensus } from './census.ts';
import { startPass, startScope } from './cursor.ts';
import type { Pass } from './cursor.ts';
import { historyChunk, readHistories } from './histories.ts';
import { overlapMs } from './items.ts';
import { fetchQueued, itemPageSize, readListing } from './listing.ts';
import { boardSchema } from './schema.ts';
import { readBoard, readPlan, readVersions } from './plan-records.ts';
import { listingQuery, scopeQuery } from './query.ts';
import { hasStatus } from '../pulling/refusals.ts';
import { pagesOf } from './scope-run.ts';
import type { ScopeRun, Site } from './scope-run.ts';

const censusEveryMs = 7 * dayMs;
/** After so long a refusal of large pages is tried again: servers learn. */
const refusalLastsMs = 30 * dayMs;

/** One scope from where it stands to now: plan, items, histories, versions, and a census when one is due. */
export async function* pullScope(site: Site, scope: Scope, options: PullOptions): AsyncGenerator<Page> {
  const { run, planRecords } = await openScope(site, scope, options);
  const { at } = run;
  yield* pagesOf(site, planRecords, { step: `${scope.id} plan`, done: planRecords.length, total: planRecords.length });

  const wasResumed = at.pass !== null;
  if (options.isFull && at.pass && !at.pass.isCensus) at.pass = null;
  at.pass ??= await newPass(run, options.isFull);
  yield* walk(run);
  if (wasResumed) {
    // It began with an earlier pull: what changed since then comes now.
    at.pass = await newPass(run, false);
    yield* walk(run);
  }
  if (at.census || isCensusDue(run)) yield* takeCensus(run);
}

function isCensusDue({ at, site }: ScopeRun): boolean {
  return at.censusAt === null || site.clock.now() - at.censusAt >= censusEveryMs;
}

async function openScope(
  site: Site,
  scope: Scope,
  options: PullOptions,
): Promise<{ run: ScopeRun; planRecords: SourceRecord[] }> {
  const shared = { site, scope, toldSprints: new Set<string>(), tokens: new Set<string>() };
  const draft: ScopeRun = { ...shared, at: startScope('') };
  const { board, setAside } = await readBoard(draft);
  const query = scopeQuery(scope, boardSchema.safeParse(board).data?.filter?.id ?? null);
  const known = Object.hasOwn(site.place.scopes, scope.id) ? site.place.scopes[scope.id] : undefined;
  const at = known?.query === query ? known : startScope(query);
  site.place.scopes[scope.id] = at;
  const run: ScopeRun = { ...shared, at };
  const isAll = options.isFull || isCensusDue(run);
  return { run, planRecords: [...setAside, ...(await readPlan(run, board, isAll))] };
}

async function newPass(run: ScopeRun, isFull: boolean): Promise<Pass> {
  const { at, site } = run;
  const serverAt = site.serverNow();
  // A server clock that was set back must not make a hole.
  const since = isFull || at.watermark === null ? null : Math.min(at.watermark, serverAt - overlapMs);
  const isAll = since === null;
  const wasRefused = site.place.refusedAt !== null && site.clock.now() - site.place.refusedAt < refusalLastsMs;
  const isLarge = isAll && site.deployment === 'cloud' && site.settings.pages === 'auto' && !wasRefused;
  const total = isAll && site.deployment === 'cloud' ? await countItems(run) : null;
  return startPass({ startedAt: site.clock.now(), serverAt }, { since, isLarge, total });
}

/** For the progress bar only: a pull does not fail for it. */
async function countItems({ at, site }: ScopeRun): Promise<number | null> {
  try {
    return await site.client.count(listingQuery(at.query, null));
  } catch (error) {
    if (!hasStatus(error, 400, 403, 404, 405, 410)) throw error;
    return null;
  }
}

/** Goes on with the pass of the scope to its end, a page at a time. */
async function* walk(run: ScopeRun): AsyncGenerator<Page> {
  const { at, site, scope } = run;
  let hasRestarted = false;
  while (at.pass) {
    const { pass } = at;
    let records: SourceRecord[];
    try {
      records = await step(run, pass);
    } catch (error) {
      if (pass.token === null || hasRestarted || !hasStatus(error, 400)) throw error;
      site.log.warn({ scope: scope.id, error: error.message }, 'page token refused, the listing starts again');
      hasRestarted = true;
      run.tokens.clear();
      Object.assign(pass, startPass(pass, pass));
      continue;
    }
    const progress = { step: `${scope.id} items`, done: pass.done, total: pass.total };
    if (isDone(pass)) records.push(...(await finish(run, pass)));
    yield* pagesOf(site, records, progress);
  }
}

/** Histories as soon as a whole request is due, so that few ids wait; then items; then the next page of the listing. */
async function step(run: ScopeRun, pass: Pass): Promise<SourceRecord[]> {
  const isListed = pass.isListed && pass.queue.length === 0;
  const isFullChunk = pass.pending.length > historyChunk - (pass.isLarge ? historyChunk : itemPageSize);
  if (pass.pending.length > 0 && (pass.historyToken !== null || isFullChunk || isListed))
    return readHistories(run, pass);
  return pass.queue.length > 0 ? fetchQueued(run, pass) : readListing(run, pass);
}

function isDone(pass: Pass): boolean {
  return pass.isListed && pass.queue.length === 0 && pass.pending.length === 0;
}

/** The watermark moves only now, in the page that ends the pass: to Jira's clock at its start, less the overlap. */
async function finish(run: ScopeRun, pass: Pass): Promise<SourceRecord[]> {
  const { at } = run;
  const versions = await readVersions(run);
  at.watermark = pass.serverAt - overlapMs;
  at.recent = pass.recent;
  at.pass = null;
  return [...versions, ...(pass.isCensus ? endCensus(run, pass.startedAt, pass.done) : [])];
}
