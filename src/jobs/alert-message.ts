import type { AlertCard } from '../core/reports/alert-card.ts';
import type { Part } from '../render/message.ts';
import { toSlack } from '../render/slack.ts';
import { renderTemplate } from '../render/templates.ts';
import type { Templates } from '../render/templates.ts';

/** The living message of an alert in words: one post, whatever it holds, since only that one is edited. */
export function alertMessage(templates: Templates, card: AlertCard, locale: string): Part {
  const { text, blocks } = toSlack(renderTemplate(templates, 'alert', card, locale));
  return { text, blocks };
}

/** What its thread is told of the newest change. */
export function alertReply(templates: Templates, card: AlertCard, locale: string): Part {
  const { asOf, zone } = card;
  const { text, blocks } = toSlack(
    renderTemplate(templates, 'alert-reply', { asOf, zone, card, last: card.story.at(-1) }, locale),
  );
  return { text, blocks };
}
