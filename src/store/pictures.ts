import { dayMs } from '../core/time/instant.ts';
import type { Instant } from '../core/time/instant.ts';
import type { Db } from './tables.ts';

/** A picture for one channel: files belong to a workspace, and a channel is in one. */
export interface PictureKey {
  readonly channel: string;
  readonly sha: string;
}

/** Nobody tries a message again after so long; should somebody, its picture is uploaded anew. */
const keptDays = 30;

/** The file of a picture that Slack has; null when it has none. */
export async function findPicture(db: Db, { channel, sha }: PictureKey): Promise<string | null> {
  const row = await db
    .selectFrom('picture')
    .select('file')
    .where('channel', '=', channel)
    .where('sha', '=', sha)
    .executeTakeFirst();
  return row?.file ?? null;
}

/** Remembers what was uploaded; of two that uploaded the same at once the first stays. */
export async function savePicture(db: Db, key: PictureKey, file: string, at: Instant): Promise<void> {
  await db
    .deleteFrom('picture')
    .where('uploaded_at', '<', at - keptDays * dayMs)
    .execute();
  await db
    .insertInto('picture')
    .values({ channel: key.channel, sha: key.sha, file, uploaded_at: at })
    .onConflict((conflict) => conflict.columns(['channel', 'sha']).doNothing())
    .execute();
}

/** Slack does not know the file any more. */
export async function forgetPicture(db: Db, { channel, sha }: PictureKey): Promise<void> {
  await db.deleteFrom('picture').where('channel', '=', channel).where('sha', '=', sha).execute();
}
