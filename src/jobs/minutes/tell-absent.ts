import { placeOf } from '../../config/place.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import { dayMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Part } from '../../render/message.ts';
import { inTransaction } from '../../store/dialect.ts';
import { listUnshared, noteShared } from '../../store/minutes.ts';
import type { UnsharedMinutes } from '../../store/minutes.ts';
import { enqueue } from '../../store/outbox.ts';
import type { NewDelivery } from '../../store/outbox.ts';
import { readPerson, saveDirect } from '../../store/people.ts';
import { refusalOfPerson } from '../channels/guard-poster.ts';
import type { JobContext } from '../context.ts';
import { keptBackMessage, minutesMessage } from './minutes-message.ts';

const expiresMs = 2 * dayMs;

/** How a person reads of what goes to a channel. */
export type Reach =
  /** There, with everybody. */
  | { readonly kind: 'present' }
  /** Alone, in this conversation. */
  | { readonly kind: 'absent'; readonly place: string }
  /** They may not see the project, or cannot be written to. */
  | { readonly kind: 'refused' }
  /** Slack does not tell now. */
  | { readonly kind: 'unknown' };

export async function reachOf(
  context: JobContext,
  of: { readonly channel: string; readonly project: ProjectId; readonly person: string },
): Promise<Reach> {
  const { channel, project, person } = of;
  const directory = await context.directoryOf?.(channel);
  if (!directory) return { kind: 'present' };
  if ((await directory.channelsOf(person)).includes(channel)) return { kind: 'present' };
  const refusal = await refusalOfPerson(context, directory, { person, projects: [project] });
  if (refusal?.kind === 'retry') return { kind: 'unknown' };
  const place = refusal === null ? await directory.directWith(person) : null;
  return place === null ? { kind: 'refused' } : { kind: 'absent', place };
}

/**
 * Sends minutes to those who took part or have something to do and do not read their channel, alone and once; who
 * may not see the project is named to who entered them. The conversations that something is on its way to.
 */
export async function tellAbsent(context: JobContext, deliveryId?: number): Promise<readonly string[]> {
  const places: string[] = [];
  for (const minutes of await listUnshared(context.db, deliveryId)) places.push(...(await share(context, minutes)));
  return places;
}

async function share(context: JobContext, minutes: UnsharedMinutes): Promise<readonly string[]> {
  const { id, channel, project, author } = minutes;
  const people = new Set([...minutes.participants, ...minutes.actions.map(({ owner }) => owner)]);
  people.delete(author);
  const absent: { person: string; place: string }[] = [];
  const refused: string[] = [];
  for (const person of people) {
    const reach = await reachOf(context, { channel, project, person });
    if (reach.kind === 'unknown') return [];
    if (reach.kind === 'absent') absent.push({ person, place: reach.place });
    if (reach.kind === 'refused') refused.push(person);
  }
  const at = context.clock.now();
  const letters: { person: string; delivery: NewDelivery }[] = [];
  for (const { person, place } of absent)
    letters.push({ person, delivery: await copyFor(context, minutes, { person, place, at }) });
  const own = refused.length === 0 ? null : await (await context.directoryOf?.(channel))?.directWith(author);
  if (own) letters.push({ person: author, delivery: await keptBackFor(context, minutes, { refused, place: own, at }) });
  return inTransaction(context.db, async (tx) => {
    if (!(await noteShared(tx, id, at))) return [];
    for (const { person, delivery } of letters) {
      await saveDirect(tx, delivery.channel, person);
      await enqueue(tx, delivery, at);
    }
    return letters.map(({ delivery }) => delivery.channel);
  });
}

async function copyFor(
  context: JobContext,
  minutes: UnsharedMinutes,
  { person, place, at }: { readonly person: string; readonly place: string; readonly at: Instant },
): Promise<NewDelivery> {
  const { zone, locale, project } = await readingOf(context, minutes.project, person);
  const root = minutesMessage(context, { ...minutes, project, asOf: minutes.at, zone }, locale);
  return letter({ key: `minutes:${minutes.id}:${person}`, report: 'minutes', project: project.id, place, at, root });
}

/** It names people, and of the project what its author wrote about. */
async function keptBackFor(
  context: JobContext,
  minutes: UnsharedMinutes,
  { refused, place, at }: { readonly refused: readonly string[]; readonly place: string; readonly at: Instant },
): Promise<NewDelivery> {
  const { zone, locale, project } = await readingOf(context, minutes.project, minutes.author);
  const root = keptBackMessage(context, { project, asOf: at, zone, refused }, locale);
  return letter({ key: `minutes-kept-back:${minutes.id}`, report: 'minutes', project: project.id, place, at, root });
}

/** In the language and zone that they chose, else in those of the project. */
async function readingOf({ db, config }: JobContext, id: ProjectId, person: string) {
  const wishes = await readPerson(db, person);
  const own = { locale: wishes.locale ?? undefined, zone: wishes.zone ?? undefined };
  return { ...placeOf(config, own, config.projects[id]), project: { id, name: config.projects[id]?.name ?? id } };
}

function letter(of: {
  readonly key: string;
  readonly report: string;
  readonly project: ProjectId;
  readonly place: string;
  readonly at: Instant;
  readonly root: Part;
}): NewDelivery {
  const { key, report, project, place: channel, at, root } = of;
  const when = { scheduleId: null, slot: null, asOf: at, dueAt: at, expiresAt: at + expiresMs };
  return { key, kind: 'minutes', channel, report, project, ...when, message: { root, replies: [] } };
}
