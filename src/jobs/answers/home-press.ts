import { isZone } from '../../core/time/zone.ts';
import type { Press, Reply } from '../../slack/answers.ts';
import { savePerson } from '../../store/people.ts';
import { deleteSubscription, listPersonal } from '../../store/subscriptions.ts';
import type { JobContext } from '../context.ts';
import { reply, say } from './answer.ts';
import { subscribeForm } from './forms/subscribe.ts';
import { chosenPreference } from './home-controls.ts';
import { readSubscription } from './subscription-value.ts';

/** What a control of App Home does; the page is shown anew after each. */
export async function answerHomePress(context: JobContext, press: Press): Promise<Reply | null> {
  const { db, templates } = context;
  const { action, value, user, locale, channels } = press;
  const chosen = chosenPreference(value);
  switch (action) {
    case 'home-locale':
      if (chosen === null || templates.locales.includes(chosen)) await savePerson(db, user, { locale: chosen });
      return null;
    case 'home-zone':
      if (chosen === null || isZone(chosen)) await savePerson(db, user, { zone: chosen });
      return null;
    case 'home-unsubscribe':
    case 'answer-unsubscribe': {
      const name = readSubscription(value);
      const own = (await listPersonal(db, user)).map(({ channel }) => channel);
      const place = press.channel === '' ? [...own, ...(await channels())] : [press.channel];
      // Only who is in a channel may end what it is told.
      const isGone = name !== null && place.includes(name.channel) && (await deleteSubscription(db, name));
      return action === 'home-unsubscribe'
        ? null
        : reply(say(context, isGone ? 'unsubscribed' : 'no-alert', {}, locale));
    }
    case 'home-subscribe': {
      const view = subscribeForm(context, { channel: '', channels: await channels(), locale });
      return view && { kind: 'form', view };
    }
    default:
      return null;
  }
}
