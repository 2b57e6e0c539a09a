import { openZone } from '../../core/time/zone.ts';
import { isDirect } from '../../slack/directory.ts';
import { readPerson } from '../../store/people.ts';
import { subscriberOf } from '../../store/subscriptions.ts';
import type { JobContext } from '../context.ts';
import type { DigestTarget } from './digest-target.ts';

/**
 * What one person is told alone, in the language and with the times that they chose in App Home. When it is due stays as it
 * is: a schedule that moved with its reader would be another one, and owe nothing for the past.
 */
export async function asChosen({ db, templates }: JobContext, target: DigestTarget): Promise<DigestTarget> {
  const { report, subject, channel } = target;
  if (channel === null || !isDirect(channel)) return target;
  const person = await subscriberOf(db, { report, subject, channel });
  if (person === null) return target;
  const { locale, zone } = await readPerson(db, person);
  return {
    ...target,
    ...(locale !== null && templates.locales.includes(locale) ? { locale } : {}),
    ...(zone === null ? {} : { reader: openZone(zone) }),
  };
}
