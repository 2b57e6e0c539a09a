import { placeOf } from '../../config/place.ts';
import { toSlack } from '../../render/slack.ts';
import { renderTemplate } from '../../render/templates.ts';
import { readChannel } from '../../store/channels.ts';
import { findMinutesOf } from '../../store/minutes.ts';
import type { MinutesOf } from '../../store/minutes.ts';
import { readPerson } from '../../store/people.ts';
import type { Db } from '../../store/tables.ts';
import type { Unsent } from '../../store/unsent.ts';
import { noteAlone } from './note-alone.ts';
import { nameOfSubject } from '../targets/subjects.ts';
import type { WatchContext } from '../context.ts';

/**
 * Tells who entered minutes, alone, that those will not be in the channel, and why: their actions are chased in the thread
 * of a message that is not there. In words already, for one transaction.
 */
export async function tellAuthors(
  context: WatchContext,
  unsent: readonly Unsent[],
): Promise<readonly { enqueue(tx: Db): Promise<void> }[]> {
  const notes = [];
  for (const { delivery } of unsent) {
    const minutes = delivery.kind === 'minutes' ? await findMinutesOf(context.db, delivery.id) : null;
    if (minutes === null) continue;
    const directory = await context.directoryOf?.(delivery.channel);
    const place = await directory?.directWith(minutes.author);
    if (place) notes.push(await noteFor(context, { minutes, place, delivery }));
  }
  return notes;
}

async function noteFor(
  { config, db, clock, templates }: WatchContext,
  { minutes, place, delivery }: { readonly minutes: MinutesOf; readonly place: string } & Pick<Unsent, 'delivery'>,
) {
  const wishes = await readPerson(db, minutes.author);
  const { locale, zone } = placeOf(config, { locale: wishes.locale ?? undefined, zone: wishes.zone ?? undefined });
  const at = clock.now();
  const data = {
    asOf: at,
    zone,
    command: config.slack?.command ?? '/pmo',
    project: { id: minutes.project, name: nameOfSubject(config, 'minutes', minutes.project) },
    channel: (await readChannel(db, delivery.channel))?.name ?? delivery.channel,
    enteredAt: minutes.at,
    reason: delivery.error,
    actions: minutes.actions,
  };
  const message = toSlack(renderTemplate(templates, 'minutes-unsent', data, locale));
  return noteAlone({ key: `minutes-unsent:${delivery.id}`, place, at, message });
}
