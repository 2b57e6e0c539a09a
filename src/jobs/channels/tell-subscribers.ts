import { placeOf } from '../../config/place.ts';
import { toSlack } from '../../render/slack.ts';
import { renderTemplate } from '../../render/templates.ts';
import type { SeenChannel } from '../../store/channels.ts';
import { readPerson } from '../../store/people.ts';
import type { Subscription } from '../../store/subscriptions.ts';
import type { Db } from '../../store/tables.ts';
import { label } from '../controls/labels.ts';
import { noteAlone } from '../operator/note-alone.ts';
import { nameOfSubject } from '../targets/subjects.ts';
import type { WatchContext } from '../context.ts';

/** Tells each person alone that what they asked for in a channel has ended, and why; in words already, for one transaction. */
export async function tellSubscribers(
  context: WatchContext,
  channel: SeenChannel,
  ended: readonly Subscription[],
): Promise<readonly { enqueue(tx: Db): Promise<void> }[]> {
  const farewells = [];
  const directory = await context.directoryOf?.(channel.id);
  for (const [person, own] of Map.groupBy(ended, ({ createdBy }) => createdBy)) {
    const place = await directory?.directWith(person);
    if (place) farewells.push(await farewell(context, { channel, person, place, own }));
  }
  return farewells;
}

async function farewell(
  context: WatchContext,
  told: {
    readonly channel: SeenChannel;
    readonly person: string;
    readonly place: string;
    readonly own: readonly Subscription[];
  },
) {
  const { config, db, clock, templates } = context;
  const { channel, person, place, own } = told;
  const wishes = await readPerson(db, person);
  const { locale, zone } = placeOf(config, { locale: wishes.locale ?? undefined, zone: wishes.zone ?? undefined });
  const at = clock.now();
  const subscriptions = own.map(({ report, subject }) => ({
    report: label(context, `report-${report}`, locale),
    subject: nameOfSubject(config, report, subject),
  }));
  const command = config.slack?.command ?? '/pmo';
  const data = { asOf: at, zone, command, name: channel.name, code: channel.standing, subscriptions };
  const message = toSlack(renderTemplate(templates, 'subscriptions-ended', data, locale));
  return noteAlone({ key: `ended:${channel.id}:${person}:${at}`, place, at, message });
}
