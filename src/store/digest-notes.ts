import type { DigestNote } from '../core/alerts/digest-note.ts';
import type { ProjectId } from '../core/model/ids.ts';
import type { Instant } from '../core/time/instant.ts';
import { sanitize } from './sanitize.ts';
import type { Db } from './tables.ts';

/** Keeps what an evaluation leaves to the digest. In the transaction of its alerts. */
export async function saveDigestNotes(tx: Db, project: ProjectId, notes: readonly DigestNote[]): Promise<void> {
  if (notes.length === 0) return;
  const rows = sanitize(notes).value.map(({ kind, at, key, ...note }) => ({
    project,
    at,
    kind,
    alert_key: key,
    note: JSON.stringify(note),
  }));
  await tx
    .insertInto('digest_note')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['project', 'at', 'kind', 'alert_key']).doNothing())
    .execute();
}

/** What was left to the digest after `since` and up to `until`, oldest first. */
export async function listDigestNotes(
  db: Db,
  project: ProjectId,
  { since, until }: { readonly since: Instant; readonly until: Instant },
): Promise<readonly DigestNote[]> {
  const rows = await db
    .selectFrom('digest_note')
    .selectAll()
    .where('project', '=', project)
    .where('at', '>', since)
    .where('at', '<=', until)
    .orderBy('at')
    .orderBy('kind')
    .orderBy('alert_key')
    .execute();
  return rows.map(({ at, kind, alert_key: key, note }) => ({ ...JSON.parse(note), at, kind, key }) as DigestNote);
}
