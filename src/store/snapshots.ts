import type { ProjectId, SourceId } from '../core/model/ids.ts';
import type { Board, Seen, Sprint, Version } from '../core/model/plan.ts';
import type { Instant } from '../core/time/instant.ts';
import { inChunks, lastOfEach } from './chunks.ts';
import type { SnapshotKind, SnapshotTable } from './plan-tables.ts';
import type { Db } from './tables.ts';

export interface Snapshot {
  readonly project: ProjectId;
  readonly kind: SnapshotKind;
  readonly value: Sprint | Version | Board;
}

/**
 * Keeps what was seen of sprints, versions and boards: a row only when the value differs from the last one seen. Rows of
 * one thing always go up in time, even when the clock was set back.
 */
export async function saveSnapshots(
  tx: Db,
  source: SourceId,
  seen: readonly Snapshot[],
  seenAt: Instant,
): Promise<void> {
  const groups = Map.groupBy(seen, ({ project, kind }) => JSON.stringify([project, kind]));
  for (const group of groups.values()) {
    const { project, kind } = group[0]!;
    await inChunks(
      lastOfEach(group, ({ value }) => value.id),
      async (chunk) => {
        const ids = chunk.map(({ value }) => value.id);
        const latest = await readLatest(tx, { project, source, kind }, ids);
        const rows = chunk.flatMap(({ value }): SnapshotTable[] => {
          const text = stableJson(value);
          const last = latest.get(value.id);
          if (last?.value === text) return [];
          const at = last === undefined ? seenAt : Math.max(seenAt, last.seen_at + 1);
          return [{ project, source, kind, id: value.id, seen_at: at, value: text }];
        });
        if (rows.length > 0) await tx.insertInto('snapshot').values(rows).execute();
      },
    );
  }
}

type SnapshotRow = Pick<SnapshotTable, 'id' | 'seen_at' | 'value'>;

async function readLatest(
  tx: Db,
  of: { readonly project: string; readonly source: string; readonly kind: SnapshotKind },
  ids: readonly string[],
): Promise<ReadonlyMap<string, SnapshotRow>> {
  const rows = await tx
    .selectFrom('snapshot as s')
    .select(['s.id', 's.seen_at', 's.value'])
    .where('s.project', '=', of.project)
    .where('s.source', '=', of.source)
    .where('s.kind', '=', of.kind)
    .where('s.id', 'in', [...ids])
    .where((eb) =>
      eb(
        's.seen_at',
        '=',
        eb
          .selectFrom('snapshot as later')
          .select((inner) => inner.fn.max('later.seen_at').as('at'))
          .whereRef('later.project', '=', 's.project')
          .whereRef('later.source', '=', 's.source')
          .whereRef('later.kind', '=', 's.kind')
          .whereRef('later.id', '=', 's.id'),
      ),
    )
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export interface SeenPlans {
  readonly sprints: readonly (readonly Seen<Sprint>[])[];
  readonly versions: readonly (readonly Seen<Version>[])[];
  readonly boards: readonly (readonly Seen<Board>[])[];
}

/** All that was seen of a project's sprints, versions and boards, oldest first within each. */
export async function loadSnapshots(db: Db, project: ProjectId): Promise<SeenPlans> {
  const rows = await db
    .selectFrom('snapshot')
    .select(['source', 'kind', 'id', 'seen_at', 'value'])
    .where('project', '=', project)
    .orderBy('source')
    .orderBy('kind')
    .orderBy('id')
    .orderBy('seen_at')
    .execute();
  const of = <T>(kind: SnapshotKind): Seen<T>[][] => {
    const mine = rows.filter((row) => row.kind === kind);
    const things = Map.groupBy(mine, (row) => JSON.stringify([row.source, row.id]));
    return [...things.values()].map((thing) =>
      thing.map((row) => ({ at: row.seen_at, value: JSON.parse(row.value) as T })),
    );
  };
  return { sprints: of<Sprint>('sprint'), versions: of<Version>('version'), boards: of<Board>('board') };
}

/** JSON whose keys are in order: how a connector builds an object must not look like a change of it. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
