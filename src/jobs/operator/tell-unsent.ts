import { minuteMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import { readChannel } from '../../store/channels.ts';
import { inTransaction } from '../../store/dialect.ts';
import { advanceSchedule, readSchedule } from '../../store/schedules.ts';
import { listUnsent } from '../../store/unsent.ts';
import type { Unsent } from '../../store/unsent.ts';
import { nameOfSubject } from '../targets/subjects.ts';
import type { JobContext } from '../context.ts';
import { tellAuthors } from './tell-author.ts';
import { tellOperator } from './tell-operator.ts';

/** What fails together is told together, and the operator has other things to read. */
const everyMs = 30 * minuteMs;
const mostLines = 15;
const watermark = 'operator:unsent';

/** Tells the operator, and of minutes who entered them, what was not sent since they were last told, and why. How many messages. */
export async function tellUnsent(context: JobContext): Promise<number> {
  const { db, clock } = context;
  const now = clock.now();
  const { lastSlot } = await readSchedule(db, watermark, now);
  if (now - lastSlot < everyMs) return 0;
  const unsent = await listUnsent(db, { after: lastSlot, until: now });
  const step = { scheduleId: watermark, from: lastSlot, toSlot: now, periodEnd: now };
  const lines = await linesOf(context, unsent);
  const data = { count: unsent.length, lines: lines.slice(0, mostLines), more: Math.max(0, lines.length - mostLines) };
  const told = lines.length === 0 ? null : tellOperator(context, { key: `unsent:${now}`, what: 'unsent', data });
  const authors = await tellAuthors(context, unsent);
  await inTransaction(db, async (tx) => {
    if (!(await advanceSchedule(tx, step))) return;
    await told?.enqueue(tx);
    for (const note of authors) await note.enqueue(tx);
  });
  return unsent.length;
}

interface UnsentLine {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly subject: string;
  readonly dueAt: Instant;
  /** In the words of Slack; null for what came too late. */
  readonly reason: string | null;
  readonly times: number;
}

/** The same message to the same place for the same reason is one line. */
async function linesOf({ db, config }: JobContext, unsent: readonly Unsent[]): Promise<readonly UnsentLine[]> {
  const lines: UnsentLine[] = [];
  const alike = ({ delivery }: Unsent) =>
    JSON.stringify([delivery.channel, delivery.report, delivery.project, delivery.error]);
  for (const group of Map.groupBy(unsent, alike).values()) {
    const { channel: id, report, kind, project, dueAt, error } = group.at(-1)!.delivery;
    const subject = project === null ? '' : nameOfSubject(config, report ?? '', project);
    const name = (await readChannel(db, id))?.name ?? '';
    lines.push({ id, name, label: `report-${report ?? kind}`, subject, dueAt, reason: error, times: group.length });
  }
  return lines;
}
