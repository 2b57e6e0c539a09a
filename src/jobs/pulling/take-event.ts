import { createHash } from 'node:crypto';
import { formatInstant, minuteMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { SourceId } from '../../core/model/ids.ts';
import type { SourceRecord } from '../../core/model/record.ts';
import { collectEvents } from '../../sources/events-file/collect-events.ts';
import { inOrder } from '../../sources/events/in-order.ts';
import { UnusableEvent } from '../../sources/events-file/event.ts';
import { readWebhook } from '../../sources/events/read-webhook.ts';
import type { Told } from '../../sources/events/told.ts';
import type { EventsSettings } from '../../sources/events/settings.ts';
import { deliveryIdOf, isGenuine } from '../../sources/events/verify.ts';
import type { Signed } from '../../sources/events/verify.ts';
import { inTransaction } from '../../store/dialect.ts';
import { takeOnce } from '../../store/inbox.ts';
import { addEvent, inboxOf } from '../../store/pipeline-events.ts';
import { readCursor, savePage } from '../../store/save-page.ts';
import type { Db } from '../../store/tables.ts';
import type { JobContext } from '../context.ts';

/** Clocks differ by minutes; local times by half an hour and more. */
const skewMs = 20 * minuteMs;

/** How a request was taken; the number is what HTTP calls it. */
export type Taken =
  | { readonly status: 200 | 202; readonly what: 'stored' | 'known' | 'left out' | 'hint' }
  | { readonly status: 401 }
  | { readonly status: 400; readonly expected: string };

/**
 * One event of a pipeline, stored before it is answered. The same delivery again changes nothing; events about one thing
 * may come in any order. With `hints` it is not believed: the source that can be asked is asked.
 */
export async function takeEvent(
  context: JobContext,
  id: SourceId,
  request: Signed,
  wake: (source: SourceId) => void,
): Promise<Taken> {
  const settings = context.config.sources[id]!.settings as EventsSettings;
  if (!isGenuine(settings, request, context.clock.now())) {
    context.log.warn({ source: id }, 'event refused: not signed by who knows the secret, or long ago');
    return { status: 401 };
  }
  if (settings.hints !== undefined) {
    // Without a name the same words again are another hint: there may be something new again.
    const name = deliveryIdOf(request.headers);
    const at = context.clock.now();
    const isNew = await takeOnce(context.db, { source: inboxOf(id), id: name ?? `at ${at}`, at });
    if (name !== null && !isNew) return { status: 200, what: 'known' };
    wake(settings.hints);
    return { status: 202, what: 'hint' };
  }
  const service = settings.service ?? id;
  let told: Told;
  try {
    told = readWebhook(settings, request, service);
    const records = told.kind === 'other' ? [] : recordsIn(told, { id, service, settings });
    const refused = records.find((record) => record.kind === 'set-aside');
    // An end without its beginning is no mistake: the beginning may still be on its way.
    if (refused?.kind === 'set-aside' && refused.entity !== 'incident')
      return { status: 400, expected: refused.reason.replace(`${id} line 1: `, '') };
    const early = records.flatMap(timesOf).find(([, at]) => at > context.clock.now() + skewMs);
    if (early)
      return { status: 400, expected: `${early[0]}: expected a time up to now, found ${formatInstant(early[1])}` };
  } catch (error) {
    if (!(error instanceof UnusableEvent)) throw error;
    return { status: 400, expected: error.message };
  }
  if (told.kind === 'other') return { status: 200, what: 'left out' };
  const isNew = await inTransaction(context.db, (tx) => keep(tx, { context, id, service, settings, request, told }));
  return isNew ? { status: 202, what: 'stored' } : { status: 200, what: 'known' };
}

interface Event {
  readonly context: JobContext;
  readonly id: SourceId;
  readonly service: string;
  readonly settings: EventsSettings;
  readonly request: Signed;
  readonly told: Exclude<Told, { readonly kind: 'other' }>;
}

async function keep(tx: Db, { context, id, service, settings, request, told }: Event): Promise<boolean> {
  const delivery = deliveryOf(context, id, request);
  if (!(await takeOnce(tx, delivery))) return false;
  const { at } = delivery;
  const records: readonly SourceRecord[] =
    told.kind === 'change'
      ? recordsIn(told, { id, service, settings })
      : recordsOf(inOrder(await addEvent(tx, { source: id, ref: told.ref, at, body: told.event })), {
          id,
          service,
          settings,
        });
  await savePage(tx, id, { records, cursor: (await readCursor(tx, id)) ?? {} }, at);
  return true;
}

/** How a delivery is known when it comes again: without a name of its own by its body. */
function deliveryOf({ clock }: JobContext, id: SourceId, { headers, body }: Signed) {
  const name = deliveryIdOf(headers) ?? createHash('sha256').update(body).digest('hex');
  return { source: inboxOf(id), id: name, at: clock.now() };
}

function recordsIn(told: Event['told'], of: Pick<Event, 'id' | 'service' | 'settings'>): readonly SourceRecord[] {
  if (told.kind === 'event') return recordsOf([told.event], of);
  return [{ kind: 'pull-request', service: told.service, pullRequest: told.pullRequest }];
}

/** When it happened; what is to come has not happened: a clock is wrong, or a local time calls itself UTC. */
function timesOf(record: SourceRecord): readonly (readonly [field: string, at: Instant])[] {
  if (record.kind === 'deployment') return [['finishedAt', record.deployment.finishedAt]];
  if (record.kind === 'incident') return [['openedAt', record.incident.openedAt]];
  return record.kind === 'pull-request' ? [['mergedAt', record.pullRequest.mergedAt ?? 0]] : [];
}

function recordsOf(
  events: readonly unknown[],
  { id, service, settings }: Pick<Event, 'id' | 'service' | 'settings'>,
): readonly SourceRecord[] {
  const elements = events.map((value, index) => ({ first: index + 1, last: index + 1, value, problem: null }));
  const { told } = collectEvents(elements, { path: id, service, environments: settings.environments });
  return told.map(({ record }) => record);
}
