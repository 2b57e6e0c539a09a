import type { Selectable } from 'kysely';
import type { ProjectId } from '../core/model/ids.ts';
import type { Day } from '../core/time/day.ts';
import type { Instant } from '../core/time/instant.ts';
import { sanitize } from './sanitize.ts';
import type { ActionTable } from './people-tables.ts';
import type { Db } from './tables.ts';

export interface NewMinutes {
  readonly project: ProjectId;
  readonly channel: string;
  readonly at: Instant;
  /** Slack's id of who wrote them. */
  readonly author: string;
  readonly notes: string;
  /** Slack's ids. */
  readonly participants: readonly string[];
  readonly actions: readonly NewAction[];
}

export interface NewAction {
  readonly what: string;
  /** Slack's id of who does it. */
  readonly owner: string;
  readonly dueOn: Day;
}

/** Something that was agreed to be done. */
export interface Action extends NewAction {
  readonly id: number;
  readonly project: ProjectId;
  /** The message of its minutes. */
  readonly deliveryId: number;
  readonly channel: string;
  readonly closedAt: Instant | null;
  /** Newest day on which its owner was reminded. */
  readonly chasedOn: Day | null;
}

/** Keeps minutes with their actions, in the transaction of the message that tells them. */
export async function saveMinutes(tx: Db, minutes: NewMinutes, deliveryId: number): Promise<void> {
  const { project, channel, at, author, notes, participants, actions } = sanitize(minutes).value;
  const { id } = await tx
    .insertInto('minutes')
    .values({
      project,
      channel,
      at,
      author,
      notes,
      participants: JSON.stringify(participants),
      delivery_id: deliveryId,
      shared_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const rows = actions.map(({ what, owner, dueOn }) => ({
    minutes_id: id,
    project,
    what,
    owner,
    due_on: dueOn,
    closed_at: null,
    closed_by: null,
    chased_on: null,
  }));
  if (rows.length > 0) await tx.insertInto('action').values(rows).execute();
}

/** Minutes of which those who do not read their channel have not been told yet. */
export interface UnsharedMinutes extends NewMinutes {
  readonly id: number;
}

/** All of them, or those that one message tells, oldest first. */
export async function listUnshared(db: Db, deliveryId?: number): Promise<readonly UnsharedMinutes[]> {
  let query = db.selectFrom('minutes').selectAll().where('shared_at', 'is', null).orderBy('id');
  if (deliveryId !== undefined) query = query.where('delivery_id', '=', deliveryId);
  const found: UnsharedMinutes[] = [];
  for (const { id, project, channel, at, author, notes, participants } of await query.execute()) {
    const rows = await db.selectFrom('action').selectAll().where('minutes_id', '=', id).orderBy('id').execute();
    const actions = rows.map(({ what, owner, due_on: on }) => ({ what, owner, dueOn: on as Day }));
    const people = JSON.parse(participants) as readonly string[];
    found.push({ id, project, channel, at, author, notes, participants: people, actions });
  }
  return found;
}

/** Notes that they were told, in the transaction of what tells them; false when somebody else has. */
export async function noteShared(tx: Db, id: number, at: Instant): Promise<boolean> {
  const row = await tx
    .updateTable('minutes')
    .set({ shared_at: at })
    .where('id', '=', id)
    .where('shared_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Minutes as their author may have to be reminded of them. */
export interface MinutesOf {
  readonly project: ProjectId;
  readonly at: Instant;
  readonly author: string;
  /** What of them is still to be done. */
  readonly actions: readonly Pick<NewAction, 'what' | 'dueOn'>[];
}

/** The minutes that a message tells; null for another message. */
export async function findMinutesOf(db: Db, deliveryId: number): Promise<MinutesOf | null> {
  const row = await db
    .selectFrom('minutes')
    .select(['id', 'project', 'at', 'author'])
    .where('delivery_id', '=', deliveryId)
    .executeTakeFirst();
  if (!row) return null;
  const actions = await db
    .selectFrom('action')
    .select(['what', 'due_on'])
    .where('minutes_id', '=', row.id)
    .where('closed_at', 'is', null)
    .orderBy('due_on')
    .orderBy('id')
    .execute();
  const { project, at, author } = row;
  return { project, at, author, actions: actions.map(({ what, due_on: on }) => ({ what, dueOn: on as Day })) };
}

/** What is still to be done in these projects, the most urgent first. */
export async function listOpenActions(db: Db, projects: readonly ProjectId[]): Promise<readonly Action[]> {
  if (projects.length === 0) return [];
  const rows = await db
    .selectFrom('action')
    .innerJoin('minutes', 'minutes.id', 'action.minutes_id')
    .selectAll('action')
    .select(['minutes.delivery_id', 'minutes.channel'])
    .where('action.project', 'in', [...projects])
    .where('action.closed_at', 'is', null)
    .orderBy('action.due_on')
    .orderBy('action.id')
    .execute();
  return rows.map(actionOfRow);
}

function actionOfRow(
  row: Selectable<ActionTable> & { readonly delivery_id: number; readonly channel: string },
): Action {
  return {
    id: row.id,
    project: row.project,
    what: row.what,
    owner: row.owner,
    dueOn: row.due_on as Day,
    deliveryId: row.delivery_id,
    channel: row.channel,
    closedAt: row.closed_at,
    chasedOn: row.chased_on as Day | null,
  };
}

/** The action when it is closed by this; null when it is not there, not of these projects, or closed already. */
export async function closeAction(
  db: Db,
  id: number,
  by: { readonly projects: readonly ProjectId[]; readonly user: string; readonly at: Instant },
): Promise<{ readonly what: string; readonly project: ProjectId } | null> {
  if (by.projects.length === 0) return null;
  const row = await db
    .updateTable('action')
    .set({ closed_at: by.at, closed_by: by.user })
    .where('id', '=', id)
    .where('project', 'in', [...by.projects])
    .where('closed_at', 'is', null)
    .returning(['what', 'project'])
    .executeTakeFirst();
  return row ?? null;
}

/** Notes that the owner was reminded; false when somebody else has done so that day, or it is closed. */
export async function noteChase(tx: Db, id: number, on: Day): Promise<boolean> {
  const row = await tx
    .updateTable('action')
    .set({ chased_on: on })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .where((eb) => eb.or([eb('chased_on', 'is', null), eb('chased_on', '<', on)]))
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
