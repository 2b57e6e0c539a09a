import { dayMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Message } from '../../render/message.ts';
import { enqueue } from '../../store/outbox.ts';
import type { Db } from '../../store/tables.ts';

const expiresMs = 7 * dayMs;

/** What one person is told alone, in words already, for one transaction. */
export function noteAlone({
  key,
  place,
  at,
  message: { text, blocks, replies },
}: {
  readonly key: string;
  /** Their direct conversation with the bot. */
  readonly place: string;
  readonly at: Instant;
  readonly message: Message;
}) {
  const note = {
    key,
    kind: 'note',
    channel: place,
    report: 'note',
    project: null,
    scheduleId: null,
    slot: null,
    asOf: at,
    dueAt: at,
    expiresAt: at + expiresMs,
    message: { root: { text, blocks }, replies },
  };
  return {
    async enqueue(tx: Db) {
      await enqueue(tx, note, at);
    },
  };
}
