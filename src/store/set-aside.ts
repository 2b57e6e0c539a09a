import type { Selectable } from 'kysely';
import type { ProjectId, SourceId } from '../core/model/ids.ts';
import type { SetAside } from '../core/model/project.ts';
import type { SourceRecord } from '../core/model/record.ts';
import type { Instant } from '../core/time/instant.ts';
import { inChunks, lastOfEach } from './chunks.ts';
import { giveWay } from './dialect.ts';
import type { SetAsideTable } from './pull-tables.ts';
import type { Db } from './tables.ts';

type SetAsideRecord = Extract<SourceRecord, { kind: 'set-aside' }>;
type Entity = SetAsideRecord['entity'];

/** What came in well: it lifts what was set aside under the same ref before. */
export interface CameIn {
  readonly entity: Entity;
  /** The ids and keys that a ref may name it by. */
  readonly refs: readonly string[];
}

/** An index of PostgreSQL holds no more than 2,700 bytes a row, and nobody reads a longer reason. */
const longestRef = 200;
const longestReason = 300;

/** One row for each element and reason, however often it comes: when it was first and last set aside. */
export async function saveSetAside(
  tx: Db,
  source: SourceId,
  records: readonly SetAsideRecord[],
  at: Instant,
): Promise<void> {
  const rows = records.map((record) => ({
    source,
    project: record.scope ?? '',
    entity: record.entity,
    ref: record.ref.slice(0, longestRef).toWellFormed(),
    reason: record.reason.slice(0, longestReason).toWellFormed(),
    first_at: at,
    last_at: at,
    cleared_at: null,
  }));
  const distinct = lastOfEach(rows, (row) => JSON.stringify([row.entity, row.ref, row.project, row.reason]));
  await inChunks(distinct, (chunk) =>
    tx
      .insertInto('set_aside')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .columns(['source', 'entity', 'ref', 'project', 'reason'])
          .doUpdateSet((eb) => ({ last_at: eb.ref('excluded.last_at'), cleared_at: null })),
      )
      .execute(),
  );
}

type Open = Pick<Selectable<SetAsideTable>, 'source' | 'entity' | 'ref' | 'project' | 'reason'>;

/**
 * What stands from before `since`, the start of the running pull: what one page of a pull sets aside, its next page,
 * with the rest of the same item, must not lift.
 */
export async function readOpenSetAside(tx: Db, source: SourceId, since: Instant): Promise<Open[]> {
  return tx
    .selectFrom('set_aside')
    .select(['source', 'entity', 'ref', 'project', 'reason'])
    .where('source', '=', source)
    .where('cleared_at', 'is', null)
    .where('last_at', '<', since)
    .execute();
}

/** Lifts what has come in well now. A ref may go on after the id or key, as in `APO-7 duedate`. */
export async function clearSetAside(
  tx: Db,
  open: readonly Open[],
  cameIn: readonly CameIn[],
  at: Instant,
): Promise<void> {
  const well = new Set(cameIn.flatMap(({ entity, refs }) => refs.map((ref) => `${entity} ${ref}`)));
  const isWell = ({ entity, ref }: Open) =>
    well.has(`${entity} ${ref}`) || well.has(`${entity} ${ref.split(/[/:#@ ]/, 1)[0]}`);
  for (const row of open.filter(isWell)) {
    await tx
      .updateTable('set_aside')
      .set({ cleared_at: at })
      .where('source', '=', row.source)
      .where('entity', '=', row.entity)
      .where('ref', '=', row.ref)
      .where('project', '=', row.project)
      .where('reason', '=', row.reason)
      .execute();
    await giveWay();
  }
}

/** What is set aside now, of this project or of its sources as a whole. */
export async function loadSetAside(db: Db, project: ProjectId, sources: readonly SourceId[]): Promise<SetAside[]> {
  const rows = await db
    .selectFrom('set_aside')
    .select(['entity', 'ref', 'reason', 'first_at'])
    .where('cleared_at', 'is', null)
    .where((eb) =>
      eb.or([eb('project', '=', project), eb.and([eb('project', '=', ''), eb('source', 'in', [...sources, ''])])]),
    )
    .orderBy('first_at')
    .orderBy('entity')
    .orderBy('ref')
    .execute();
  return rows.map(({ entity, ref, reason, first_at }) => ({ entity, ref, reason, at: first_at }));
}
