import type { Instant } from '../core/time/instant.ts';
import type { Db } from './tables.ts';

/** A workspace that has installed the app; what it gave us is in `body`, sealed where a secret is configured. */
export interface Installation {
  readonly team: string;
  readonly name: string;
  readonly installedAt: Instant;
  readonly body: string;
}

export async function saveInstallation(db: Db, { team, name, installedAt, body }: Installation): Promise<void> {
  await db
    .insertInto('installation')
    .values({ team, name, installed_at: installedAt, body, lease_until: 0 })
    .onConflict((conflict) => conflict.column('team').doUpdateSet({ name, body }))
    .execute();
}

export async function findInstallation(db: Db, team: string): Promise<Installation | null> {
  const [found] = await read(db, team);
  return found ?? null;
}

export function listInstallations(db: Db): Promise<readonly Installation[]> {
  return read(db);
}

async function read(db: Db, team?: string): Promise<readonly Installation[]> {
  let query = db.selectFrom('installation').selectAll().orderBy('team');
  if (team !== undefined) query = query.where('team', '=', team);
  const rows = await query.execute();
  return rows.map((row) => ({ team: row.team, name: row.name, installedAt: row.installed_at, body: row.body }));
}

/** Whether there was one. */
export async function deleteInstallation(db: Db, team: string): Promise<boolean> {
  const gone = await db.deleteFrom('installation').where('team', '=', team).returning('team').executeTakeFirst();
  return gone !== undefined;
}

/** Only who holds the lease may renew the tokens: what renews them is good for once. */
export async function leaseInstallation(
  db: Db,
  team: string,
  { now, until }: { readonly now: Instant; readonly until: Instant },
): Promise<boolean> {
  const held = await db
    .updateTable('installation')
    .set({ lease_until: until })
    .where('team', '=', team)
    .where('lease_until', '<=', now)
    .returning('team')
    .executeTakeFirst();
  return held !== undefined;
}

export async function releaseInstallation(db: Db, team: string): Promise<void> {
  await db.updateTable('installation').set({ lease_until: 0 }).where('team', '=', team).execute();
}

/** A channel was heard of in a workspace. */
export async function noteTeam(db: Db, channel: string, team: string): Promise<void> {
  await db
    .insertInto('channel_team')
    .values({ channel, team })
    .onConflict((conflict) => conflict.column('channel').doUpdateSet({ team }))
    .execute();
}

export async function findTeam(db: Db, channel: string): Promise<string | null> {
  const row = await db.selectFrom('channel_team').select('team').where('channel', '=', channel).executeTakeFirst();
  return row?.team ?? null;
}
