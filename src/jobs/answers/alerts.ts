import type { PlainTextElement } from '@slack/types';
import { foundAt } from '../../core/reports/alert-card.ts';
import type { AlertCard } from '../../core/reports/alert-card.ts';
import type { Question, Reply } from '../../slack/answers.ts';
import { findTold, listOpenTold } from '../../store/alerts.ts';
import type { AlertName, ToldAlert } from '../../store/alerts.ts';
import { alertValue } from '../alerts/alert-message.ts';
import type { JobContext } from '../context.ts';
import { anonymous, mayKnowWho } from './anonymous.ts';
import { placeFor, reply, say } from './answer.ts';
import type { Answer } from './answer.ts';
import { answerTold } from './answer-told.ts';
import { buttonOf } from '../controls/buttons.ts';
import { label, plainName } from '../controls/labels.ts';
import { findNamed, visibleProjects } from '../targets/visible-projects.ts';

/** As many as a person looks through, each with a button. */
const mostAlerts = 10;

/** The evidence of an alert: `why 1.4`, or of each that is open here. */
export const answerWhy: Answer = (context, question) =>
  withAlert(context, question, 'why', (told) => Promise.resolve(tellWhy(context, told.card, question)));

/** The evidence of an alert, and what happened, as far as it may be told there. */
export function tellWhy(
  context: JobContext,
  card: AlertCard,
  { channel, locale }: { readonly channel: string; readonly locale: string },
): Reply {
  const mayKnow = mayKnowWho(context.config, channel, card.project.id);
  const told = mayKnow ? card : anonymous(card, label(context, 'somebody', locale));
  return reply(say(context, 'alert-why', { ...told, foundAt: foundAt(card) }, locale));
}

/** Three working days of quiet for an alert: `snooze 1.4`. */
export const answerSnooze: Answer = (context, question) =>
  withAlert(context, question, 'snooze', async (told) => {
    const name = nameOf(told);
    const message = await answerTold(context, name, { asker: question, kind: 'snoozed', reason: null });
    const until = (await findTold(context.db, name))?.card.answer?.until ?? null;
    return reply(message ?? say(context, 'snoozed', { ...told.card, until }, question.locale));
  });

/** Does it to the one alert that is meant; shows those that may be meant, each with its button, when that is not clear. */
async function withAlert(
  context: JobContext,
  question: Question,
  button: 'why' | 'snooze',
  act: (told: ToldAlert) => Promise<Reply>,
): Promise<Reply> {
  const { words, locale, channel } = question;
  const visible = visibleProjects(context.config, channel);
  const found = findNamed(visible, words);
  const projects = (found ? [found.project] : visible).map(({ id }) => id);
  const everywhere = await listOpenTold(context.db, projects);
  // Only where it was told can it be answered.
  const open = everywhere.filter(({ channel: own }) => button === 'why' || own === channel);
  const asked = (found ? found.rest : words).join(' ');
  const meant = asked === '' ? open : open.filter((told) => isCalled(told, asked));
  if (meant.length === 1 && words.length > 0) return act(meant[0]!);
  const zone = placeFor(context, question, found?.project ?? null).zone;
  const shown = (meant.length > 0 ? meant : open).slice(0, mostAlerts);
  const data = {
    asOf: context.clock.now(),
    zone,
    asked,
    isKnown: meant.length > 0,
    elsewhere: everywhere.length - open.length,
    alerts: shown.map(({ card }) => card),
  };
  const message = say(context, 'alerts', data, locale);
  const rows = shown.map(({ card }) => ({
    type: 'section' as const,
    text: alertRow(context, card, locale),
    accessory: buttonOf(
      context,
      { code: button, action: `alert-${button}`, value: alertValue(nameOf({ card })) },
      locale,
    ),
  }));
  return reply({ ...message, blocks: [...message.blocks, ...rows] });
}

const longestRow = 300;

/** An alert in one line. Names come from the tool: plain text, in which nothing is markup. */
export function alertRow(context: JobContext, card: AlertCard, locale: string): PlainTextElement {
  const { text } = say(context, 'alert-row', { ...card, foundAt: foundAt(card) }, locale);
  // The text of a message is escaped for Slack; a plain text is not.
  return plainName(text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'), longestRow);
}

function nameOf({ card }: Pick<ToldAlert, 'card'>): AlertName {
  return { project: card.project.id, key: card.key, episode: card.episode };
}

/** By its subject, its milestone or an item of its evidence, whatever the case. */
function isCalled({ card }: ToldAlert, asked: string): boolean {
  const wanted = asked.toLowerCase();
  const { subject, milestones, evidence } = card.line;
  return [subject, ...milestones, ...evidence].some((name) => name.toLowerCase() === wanted);
}
