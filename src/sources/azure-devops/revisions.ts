import type { Change } from '../../core/model/change.ts';
import type { SourceRecord } from '../../core/model/record.ts';
import { RemoteError } from '../../lib/errors.ts';
import { hasStatus, ifThere } from '../pulling/refusals.ts';
import { setAsideRecords, unusable } from '../reading/set-aside.ts';
import type { SetAside } from '../reading/set-aside.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';
import type { Page } from '../source.ts';
import type { Ancestry } from './ancestry.ts';
import type { StreamBatch } from './client.ts';
import type { ProjectPlace } from './cursor.ts';
import { field, revisionFields } from './fields.ts';
import { changesBetween } from './history.ts';
import { wholeHistory } from './updates.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';
import { keyOf } from './settings.ts';
import { personOf, snapshotOf } from './snapshot.ts';
import type { ProjectContext, Snapshot } from './snapshot.ts';
import { isInArea } from './targets.ts';
import type { Target } from './targets.ts';

export interface StreamOf {
  readonly place: ProjectPlace;
  readonly context: ProjectContext;
  readonly ancestry: Ancestry;
  /** Targets of this project, with the scopes that ask for them. */
  readonly targets: readonly { readonly scope: string; readonly target: Target }[];
}

/** Snapshots kept at once, each some hundred bytes: an item of which there is none is read by itself. */
const mostSnapshots = 20_000;

/**
 * Histories from the stream of all revisions of a project, in the order in which they were made, from where it was left.
 * A revision is compared with the one before it: it is at hand when both come in one pull, which is the first; else the
 * history of that item is read whole, by one request. Gives the items of the targets that it told of.
 */
export async function* pullRevisions(run: Run, how: StreamOf): AsyncGenerator<Page, ReadonlySet<number>> {
  const { place, context, ancestry } = how;
  const isFirst = place.revisions === null;
  const last = new Map<number, Snapshot>();
  const own = new Set<number>();
  const custom = [run.settings.points, run.settings.milestones.field].filter((name) => name !== undefined);
  const fields = [...revisionFields, ...custom];
  let done = 0;
  for (let isLast = false; !isLast;) {
    const batch = await readBatch(run, place, (token) => run.client.revisions(context.project.id, fields, token));
    isLast = batch.isLast;
    await ancestry.load(batch.values.map(parentIn).filter((id) => id !== null));
    const records = await recordsOf(run, how, { raws: batch.values, last, isFirst });
    for (const id of last.keys()) own.add(id);
    while (last.size > mostSnapshots) last.delete(last.keys().next().value!);
    place.revisions = batch.token ?? place.revisions;
    done += batch.values.length;
    if (records.length > 0) yield pageOf(run, records, { step: `${place.name} histories`, done, total: null });
  }
  return own;
}

/** A place in the stream that the server does not know any more, after a move to another one, leads to its beginning. */
export async function readBatch(
  run: Run,
  place: ProjectPlace,
  read: (token: string | null) => Promise<StreamBatch>,
  which: 'revisions' | 'links' = 'revisions',
): Promise<StreamBatch> {
  const from = place[which];
  try {
    const batch = await read(from);
    if (batch.isLast || batch.token !== from) return batch;
  } catch (error) {
    if (place[which] === null || !hasStatus(error, 400, 404)) throw error;
    run.log.warn({ project: place.name, which, error: error.message }, 'the stream is read anew');
    place[which] = null;
    return read(null);
  }
  throw new RemoteError('azure-devops', 'Azure DevOps gives the same part of a stream again and again', {
    todo: 'pull again; if it stays, tell the authors of Vigie',
  });
}

async function recordsOf(
  run: Run,
  how: StreamOf,
  {
    raws,
    last,
    isFirst,
  }: { readonly raws: readonly unknown[]; readonly last: Map<number, Snapshot>; readonly isFirst: boolean },
): Promise<SourceRecord[]> {
  const { context, targets } = how;
  const areas = new Map<number, string | null>();
  const changes = new Map<number, Change[]>();
  const whole = new Set<number>();
  const deleted = new Set<number>();
  const setAside: SetAside[] = [];
  for (const raw of raws) {
    const revision = readRevision(raw, context, setAside);
    if (!revision || !context.process.isWork(revision.type)) continue;
    const { id, snapshot } = revision;
    if (revision.isDeleted) deleted.add(id);
    else deleted.delete(id);
    areas.set(id, revision.area);
    if (!targets.some(({ target }) => isInArea(target, revision.area))) {
      last.delete(id);
      continue;
    }
    const before = last.get(id);
    if (before && before.rev >= snapshot.rev) continue;
    // A revision that is put anew to the end of the map is thrown away last.
    last.delete(id);
    last.set(id, snapshot);
    const found = changes.get(id) ?? [];
    changes.set(id, found);
    if (before?.rev === snapshot.rev - 1) found.push(...changesBetween(before, snapshot, revision));
    else if (snapshot.rev > 1) whole.add(id);
  }
  const histories = await Promise.all(
    [...whole].map(async (id) => [id, await ifThere(() => wholeHistory(run, id, context))] as const),
  );
  for (const [id, history] of histories) {
    // It was deleted meanwhile, or may not be seen: what the stream told of it is all there is.
    if (!history) continue;
    changes.set(id, [...history.changes]);
    if (history.last) last.set(id, history.last);
  }
  return [
    ...[...changes].map(([id, own]) => ({
      kind: 'history' as const,
      itemId: context.names.item(id),
      changes: own,
      isComplete: true,
    })),
    ...(await deletedRecords(run, how, deleted)),
    // At first all areas are told of, and none of these items was ever in the scope.
    ...(isFirst ? [] : leftRecords(run, how, areas)),
    ...setAsideRecords(null, setAside),
  ];
}

interface Revision {
  readonly id: number;
  readonly snapshot: Snapshot;
  readonly at: number;
  readonly by: string | null;
  readonly type: string;
  readonly area: string | null;
  readonly isDeleted: boolean;
}

function readRevision(raw: unknown, context: ProjectContext, setAside: SetAside[]): Revision | null {
  const id = ownValue(raw, 'id');
  const rev = ownValue(raw, 'rev');
  const fields = ownValue(raw, 'fields');
  const at = readInstant(ownValue(fields, field.changedAt) ?? null);
  if (typeof id !== 'number' || typeof rev !== 'number' || at === null) {
    const ref = `${typeof id === 'number' ? keyOf(id) : '?'} revision ${typeof rev === 'number' ? rev : '?'}`;
    setAside.push(unusable('change', ref, 'a revision with id, rev and System.ChangedDate', raw));
    return null;
  }
  return {
    id,
    at,
    by: personOf(ownValue(fields, field.changedBy), context.names),
    snapshot: snapshotOf(rev, fields, context),
    type: textOf(fields, field.type) ?? '',
    area: textOf(fields, field.area),
    isDeleted: ownValue(fields, field.isDeleted) === true,
  };
}

/** What is in the recycle bin now: an item may have been deleted and restored since. */
async function deletedRecords(run: Run, { targets }: StreamOf, deleted: ReadonlySet<number>): Promise<SourceRecord[]> {
  if (deleted.size === 0) return [];
  const there = new Set<unknown>();
  const ids = [...deleted];
  for (let from = 0; from < ids.length; from += 200)
    for (const raw of await run.client.itemFields(ids.slice(from, from + 200), [field.id]))
      there.add(ownValue(raw, 'id'));
  const scopes = [...new Set(targets.map(({ scope }) => scope))];
  return ids
    .filter((id) => !there.has(id))
    .flatMap((id) => scopes.map((scope) => ({ kind: 'gone' as const, scope, itemId: run.names.item(id) })));
}

/** What is now in an area that its scope does not ask for. */
function leftRecords(run: Run, { targets }: StreamOf, areas: ReadonlyMap<number, string | null>): SourceRecord[] {
  const scopes = [...new Set(targets.map(({ scope }) => scope))];
  return [...areas].flatMap(([id, area]) =>
    scopes
      .filter((scope) => !targets.some((one) => one.scope === scope && isInArea(one.target, area)))
      .map((scope) => ({ kind: 'gone' as const, scope, itemId: run.names.item(id) })),
  );
}

function parentIn(raw: unknown): number | null {
  const parent = ownValue(ownValue(raw, 'fields'), field.parent);
  return typeof parent === 'number' ? parent : null;
}
