import type { Db } from './tables.ts';

/** How a person wants to be spoken to; null leaves it to Slack's own settings. */
export interface Person {
  readonly locale: string | null;
  readonly zone: string | null;
}

export async function readPerson(db: Db, id: string): Promise<Person> {
  const row = await db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst();
  return { locale: row?.locale ?? null, zone: row?.zone ?? null };
}

/** Whose direct conversation with the bot this is; null where nobody noted it. */
export async function personOf(db: Db, channel: string): Promise<string | null> {
  const row = await db.selectFrom('direct').select('person').where('channel', '=', channel).executeTakeFirst();
  return row?.person ?? null;
}

export async function saveDirect(db: Db, channel: string, person: string): Promise<void> {
  await db
    .insertInto('direct')
    .values({ channel, person })
    .onConflict((conflict) => conflict.column('channel').doUpdateSet({ person }))
    .execute();
}

export async function savePerson(db: Db, id: string, wish: Partial<Person>): Promise<void> {
  const next = { ...(await readPerson(db, id)), ...wish };
  await db
    .insertInto('person')
    .values({ id, ...next })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(next))
    .execute();
}
