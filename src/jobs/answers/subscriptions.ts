import type { SectionBlock } from '@slack/types';
import { listSubscriptions } from '../../store/subscriptions.ts';
import { reply, say } from './answer.ts';
import type { Answer } from './answer.ts';
import { buttonOf } from '../controls/buttons.ts';
import { subscribeForm } from './forms/subscribe.ts';
import { subscriptionText } from './home-controls.ts';
import { subscriptionValue } from './subscription-value.ts';

/** Opens the form in which a channel says what it wants to be told. */
export const answerSubscribe: Answer = (context, question) => {
  const view = subscribeForm(context, { ...question, channels: [] });
  return Promise.resolve(view ? { kind: 'form', view } : reply(say(context, 'no-project', {}, question.locale)));
};

/** What this channel is told because somebody asked for it, each with a button that ends it. */
export const answerUnsubscribe: Answer = async (context, question) => {
  const { locale, channel } = question;
  const known = await listSubscriptions(context.db, [channel]);
  const message = say(context, 'subscriptions', { count: known.length }, locale);
  const rows = known.map((one): SectionBlock => {
    const remove = { code: 'remove', action: 'answer-unsubscribe', value: subscriptionValue(one) };
    return {
      type: 'section',
      text: subscriptionText(context, one, locale),
      accessory: buttonOf(context, remove, locale),
    };
  });
  return reply({ ...message, blocks: [...message.blocks, ...rows] });
};
