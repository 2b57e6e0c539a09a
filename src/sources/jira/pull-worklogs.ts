import type { SourceRecord } from '../../core/model/record.ts';
import { RemoteError } from '../../lib/errors.ts';
import type { Page } from '../source.ts';
import { hasStatus } from '../pulling/refusals.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import type { WorklogPlace, WorklogWalk } from './cursor.ts';
import { overlapMs } from './items.ts';
import { normalizeWorklog } from './normalize-worklog.ts';
import { pagesOf } from './scope-run.ts';
import type { Site } from './scope-run.ts';

interface Asked {
  readonly isFull: boolean;
  /** Jira's clock before the items of the scopes were listed. */
  readonly serverAt: number;
  /** The scopes whose items were all listed since then, each with its query. */
  readonly listed: readonly string[];
}

/**
 * Time spent, from the feed of the whole site: what was entered, edited and deleted since the last walk, up to a while
 * before this pull. By then each item is known that time can have been spent on, and the feed, which is behind by a
 * minute, is complete. A scope that is new is owed the past: the feed is read from its beginning.
 */
export async function* pullWorklogs(site: Site, asked: Asked): AsyncGenerator<Page> {
  const { place, log } = site;
  place.worklogs ??= { listed: [], until: null, walk: null };
  try {
    yield* walk(site, place.worklogs);
    const next = nextWalk(place.worklogs, asked);
    if (next === null) return;
    place.worklogs.walk = next;
    yield* walk(site, place.worklogs);
  } catch (error) {
    if (!hasStatus(error, 401, 403, 404)) throw error;
    log.warn({ error: error.message }, 'worklogs cannot be read, the pull goes on without them');
    // What was done after the last page was never handed out.
    place.worklogs = structuredClone(site.lastCursor.worklogs);
    const records = setAsideRecords(null, [{ entity: 'worklog', ref: 'worklogs', reason: error.message }]);
    yield* pagesOf(site, records, { step: 'worklogs', done: 0, total: null });
  }
}

function nextWalk({ listed, until }: WorklogPlace, asked: Asked): WorklogWalk | null {
  const to = asked.serverAt - overlapMs;
  const isAll = asked.isFull || until === null || asked.listed.some((scope) => !listed.includes(scope));
  if (!isAll && to <= until) return null;
  const from = isAll ? 0 : until;
  return {
    from,
    to: Math.max(to, until ?? to),
    // Nobody was told anything of what was there before the first walk; later states are news.
    oldBefore: until ?? to,
    // All deletions of the past, too: a store may know what a lost cursor does not.
    deletedFrom: from,
    listed: [...asked.listed],
    feed: 'updated',
    since: before(from),
    told: [],
    done: 0,
  };
}

async function* walk(site: Site, at: WorklogPlace): AsyncGenerator<Page> {
  while (at.walk) {
    const records = at.walk.feed === 'updated' ? await readUpdated(site, at.walk) : await readDeleted(site, at);
    yield* pagesOf(site, records, { step: 'worklogs', done: at.walk?.done ?? records.length, total: null });
  }
}

async function readUpdated({ client }: Site, walk: WorklogWalk): Promise<SourceRecord[]> {
  const page = await client.worklogsUpdated(walk.since);
  const changed = newOnes(page.values, walk, walk.from);
  if (!goOn(walk, page)) Object.assign(walk, { feed: 'deleted', since: before(walk.deletedFrom), told: [] });
  walk.done += changed.length;
  if (changed.length === 0) return [];
  const worklogs = await client.worklogs(changed.map(({ worklogId }) => worklogId));
  return worklogs.flatMap((raw): SourceRecord[] => {
    const { value: worklog, setAside } = normalizeWorklog(raw);
    if (worklog === null) return setAsideRecords(null, setAside);
    return [{ kind: 'worklog', worklog, isOld: worklog.updatedAt < walk.oldBefore }];
  });
}

async function readDeleted({ client }: Site, at: WorklogPlace): Promise<SourceRecord[]> {
  const walk = at.walk!;
  const page = await client.worklogsDeleted(walk.since);
  const deleted = newOnes(page.values, walk, walk.deletedFrom);
  if (!goOn(walk, page)) Object.assign(at, { listed: walk.listed, until: walk.to, walk: null });
  return deleted.map(({ worklogId }) => ({ kind: 'worklog-gone', worklogId: String(worklogId) }));
}

type FeedPage = Awaited<ReturnType<Site['client']['worklogsUpdated']>>;
type Changed = FeedPage['values'][number];

/** Of the time of the walk, and not told by the page before. */
function newOnes(values: readonly Changed[], { to, told }: WorklogWalk, from: number): Changed[] {
  const seen = new Set(told);
  return values.filter(({ worklogId, updatedTime }) => {
    if (updatedTime < from || updatedTime >= to || seen.has(worklogId)) return false;
    seen.add(worklogId);
    return true;
  });
}

/**
 * Moves the walk behind a page; false after its last one. The next page begins a millisecond before the end of this one:
 * of several changes of one moment only some may have found room.
 */
function goOn(walk: WorklogWalk, { values, lastPage }: FeedPage): boolean {
  const last = values.at(-1)?.updatedTime;
  if (lastPage !== false || last === undefined || last >= walk.to) return false;
  const since = last - 1 > walk.since ? last - 1 : last;
  if (since <= walk.since)
    throw new RemoteError('jira', 'Jira gives the same page of changed worklogs again and again', {
      todo: 'pull again; if it stays, leave `worklogs` out of the source and tell Atlassian support',
    });
  walk.since = since;
  walk.told = values.filter(({ updatedTime }) => updatedTime === last).map(({ worklogId }) => worklogId);
  return true;
}

/** The feed gives what was changed after a moment. */
function before(at: number): number {
  return Math.max(0, at - 1);
}
