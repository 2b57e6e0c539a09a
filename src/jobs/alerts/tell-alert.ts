import type { AlertCard, ToldEvent } from '../../core/reports/alert-card.ts';
import type { Instant } from '../../core/time/instant.ts';
import { enqueue, enqueueFollowUp } from '../../store/outbox.ts';
import type { Db } from '../../store/tables.ts';
import { alertMessage, alertReply } from './alert-message.ts';
import type { JobContext } from '../context.ts';

/** The messages of one change of an alert, in words already: no template is run inside a transaction. */
export interface AlertMessages {
  /**
   * Puts them in the outbox: a new message, or the edit of `root` with a line in its thread. `root` is the delivery that
   * is the living message from now on, null when there is none to speak of; `said` the one that says what is new.
   */
  enqueue(
    tx: Db,
    root: number | null,
    times: { readonly at: Instant; readonly expiresAt: Instant },
  ): Promise<{ readonly root: number | null; readonly said: number | null }>;
}

export interface AlertPlace {
  readonly channel: string;
  readonly locale: string;
}

/** The same for every process and every restart. */
export function alertKey({ project, key, episode }: AlertCard, transition: number): string {
  return `alert:${project.id}:${key}:${episode}:${transition}`;
}

export function tellAlert(
  context: JobContext,
  change: { readonly event: ToldEvent; readonly card: AlertCard },
  { channel, locale }: AlertPlace,
): AlertMessages {
  const { event, card } = change;
  const message = alertMessage(context, card, locale);
  const reply = event.kind === 'opened' ? null : alertReply(context.templates, card, locale);
  const key = alertKey(card, event.transition);
  return {
    async enqueue(tx, root, { at, expiresAt }) {
      if (root !== null) {
        const edit = { key, kind: 'edit', partNo: 1, payload: message, dueAt: at, expiresAt: null };
        const said = await enqueueFollowUp(tx, root, edit, at);
        // A line in the thread of a message that went unseen for a day tells nobody anything.
        const line = { ...edit, kind: 'alert', partNo: 2, payload: reply, expiresAt };
        if (said !== null && reply !== null) await enqueueFollowUp(tx, root, line, at);
        if (said !== null) return { root, said: said.id };
      }
      // Its message never reached the channel: what is over is not told, what goes on is told anew.
      if (event.kind === 'resolved') return { root, said: null };
      const about = {
        channel,
        report: 'alert',
        project: card.project.id,
        scheduleId: null,
        slot: null,
        asOf: card.asOf,
      };
      const { id } = await enqueue(
        tx,
        { ...about, key, kind: 'alert', dueAt: at, expiresAt, message: { root: message, replies: [] } },
        at,
      );
      return { root: id, said: id };
    },
  };
}
