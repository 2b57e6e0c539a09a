import type { Selectable } from 'kysely';
import type { AlertState } from '../core/alerts/alert.ts';
import { noAlerts } from '../core/alerts/alert.ts';
import type { ProjectId } from '../core/model/ids.ts';
import type { AlertCard } from '../core/reports/alert-card.ts';
import type { Day } from '../core/time/day.ts';
import type { Instant } from '../core/time/instant.ts';
import { inTransaction } from './dialect.ts';
import { sanitize } from './sanitize.ts';
import type { Db, Tables } from './tables.ts';

/** The alerts of a project as the last evaluation or answer left them. */
export interface KeptAlerts {
  readonly project: ProjectId;
  readonly version: number;
  /** The newest due time that was evaluated. */
  readonly lastDue: Instant;
  /** Not to be evaluated before. */
  readonly nextAt: Instant;
  readonly state: AlertState;
}

/** The alerts of a project; one that is new starts at `now` and owes no evaluation for the past. */
export async function readAlerts(db: Db, project: ProjectId, now: Instant): Promise<KeptAlerts> {
  return inTransaction(db, async (tx) => {
    await tx
      .insertInto('alert_state')
      .values({ project, version: 0, last_due: now, next_at: now, state: JSON.stringify(noAlerts) })
      .onConflict((conflict) => conflict.column('project').doNothing())
      .execute();
    const row = await tx.selectFrom('alert_state').selectAll().where('project', '=', project).executeTakeFirstOrThrow();
    const { version, last_due: lastDue, next_at: nextAt } = row;
    return { project, version, lastDue, nextAt, state: JSON.parse(row.state) as AlertState };
  });
}

/**
 * Keeps what became of the alerts, only when nobody else has since they were read: false then, and the caller gives up
 * its transaction or reads again. In the transaction of the messages that tell it.
 */
export async function saveAlerts(tx: Db, next: KeptAlerts): Promise<boolean> {
  const saved = await tx
    .updateTable('alert_state')
    .set({
      version: next.version + 1,
      last_due: next.lastDue,
      next_at: next.nextAt,
      state: JSON.stringify(sanitize(next.state).value),
    })
    .where('project', '=', next.project)
    .where('version', '=', next.version)
    .returning('project')
    .executeTakeFirst();
  return saved !== undefined;
}

/** What names one message of an alert. */
export interface AlertName {
  readonly project: ProjectId;
  readonly key: string;
  readonly episode: Day;
}

/** An episode of an alert with its living message. */
export interface ToldAlert {
  readonly channel: string;
  readonly deliveryId: number;
  readonly card: AlertCard;
}

export async function saveTold(db: Db, told: ToldAlert): Promise<void> {
  const { channel, deliveryId, card } = told;
  const values = { channel, delivery_id: deliveryId, state: card.state, card: JSON.stringify(sanitize(card).value) };
  await db
    .insertInto('alert')
    .values({ project: card.project.id, alert_key: card.key, episode: card.episode, ...values })
    .onConflict((conflict) => conflict.columns(['project', 'alert_key', 'episode']).doUpdateSet(values))
    .execute();
}

export async function findTold(db: Db, { project, key, episode }: AlertName): Promise<ToldAlert | null> {
  const row = await db
    .selectFrom('alert')
    .selectAll()
    .where('project', '=', project)
    .where('alert_key', '=', key)
    .where('episode', '=', episode)
    .executeTakeFirst();
  return row ? toldOfRow(row) : null;
}

/** What is open in these projects, with its messages, the newest first. */
export async function listOpenTold(db: Db, projects: readonly ProjectId[]): Promise<readonly ToldAlert[]> {
  if (projects.length === 0) return [];
  const rows = await db
    .selectFrom('alert')
    .selectAll()
    .where('project', 'in', [...projects])
    .where('state', '<>', 'resolved')
    .orderBy('episode', 'desc')
    .orderBy('project')
    .orderBy('alert_key')
    .execute();
  return rows.map(toldOfRow);
}

function toldOfRow(row: Selectable<Tables['alert']>): ToldAlert {
  return { channel: row.channel, deliveryId: row.delivery_id, card: JSON.parse(row.card) as AlertCard };
}

/** What a person said to an alert. */
export interface Decision extends AlertName {
  readonly at: Instant;
  /** Slack's id of the person. */
  readonly actor: string;
  readonly kind: string;
  /** Plain JSON. */
  readonly detail: unknown;
}

export async function noteDecision(db: Db, decision: Decision): Promise<void> {
  const { at, actor, kind, project, key, episode, detail } = sanitize(decision).value;
  await db
    .insertInto('decision')
    .values({ at, actor, kind, project, alert_key: key, episode, detail: JSON.stringify(detail ?? null) })
    .execute();
}

/** The decision log of a project, oldest first. */
export async function listDecisions(db: Db, project: ProjectId): Promise<readonly Decision[]> {
  const rows = await db.selectFrom('decision').selectAll().where('project', '=', project).orderBy('id').execute();
  return rows.map(decisionOfRow);
}

/** The newest decisions of some projects, newest first. */
export async function listNewestDecisions(
  db: Db,
  of: { readonly projects: readonly ProjectId[]; readonly until: Instant; readonly count: number },
): Promise<readonly Decision[]> {
  if (of.projects.length === 0) return [];
  const rows = await db
    .selectFrom('decision')
    .selectAll()
    .where('project', 'in', [...of.projects])
    .where('at', '<=', of.until)
    .orderBy('id', 'desc')
    .limit(of.count)
    .execute();
  return rows.map(decisionOfRow);
}

function decisionOfRow(row: Selectable<Tables['decision']>): Decision {
  return {
    at: row.at,
    actor: row.actor,
    kind: row.kind,
    project: row.project,
    key: row.alert_key,
    episode: row.episode as Day,
    detail: JSON.parse(row.detail) as unknown,
  };
}
