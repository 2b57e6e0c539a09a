import type { Block, KnownBlock, RichTextBlock, RichTextSection } from '@slack/types';
import type { Day } from '../../core/time/day.ts';
import type { Instant } from '../../core/time/instant.ts';
import { cleanLines, cleanText } from '../../render/clean-text.ts';
import type { Part } from '../../render/message.ts';
import { toSlack } from '../../render/slack.ts';
import { renderTemplate } from '../../render/templates.ts';
import { writeWords } from '../../render/write-words.ts';
import { buttonOf } from '../controls/buttons.ts';
import type { JobContext } from '../context.ts';

/** What is written under each action: who, what, by when. */
export interface ActionLine {
  readonly what: string;
  readonly owner: string;
  readonly dueOn: Day;
}

export interface MinutesMessage {
  readonly project: { readonly id: string; readonly name: string };
  readonly asOf: Instant;
  readonly zone: string;
  readonly author: string;
  readonly notes: string;
  readonly participants: readonly string[];
  readonly actions: readonly ActionLine[];
}

/** Minutes as everybody in the channel reads them. People are named by id: Slack shows and tells them. */
export function minutesMessage(context: JobContext, minutes: MinutesMessage, locale: string): Part {
  const { templates } = context;
  const head = toSlack(renderTemplate(templates, 'minutes', minutes, locale));
  const blocks: (KnownBlock | Block)[] = [...head.blocks];
  // Each line of the notes is one of theirs: what they typed is text, whatever is in it.
  if (minutes.notes !== '') blocks.push(richText([textSection(minutes.notes)]));
  if (minutes.participants.length > 0)
    blocks.push(richText([{ type: 'rich_text_section', elements: peopleIn(minutes.participants) }]));
  if (minutes.actions.length > 0) blocks.push(actionList(context, minutes, locale));
  return { text: head.text, blocks };
}

/** Whom minutes were not sent to, for who entered them. */
export function keptBackMessage(
  { templates }: JobContext,
  told: Pick<MinutesMessage, 'project' | 'asOf' | 'zone'> & { readonly refused: readonly string[] },
  locale: string,
): Part {
  const { text, blocks } = toSlack(renderTemplate(templates, 'minutes-kept-back', told, locale));
  const people = richText([{ type: 'rich_text_section', elements: peopleIn(told.refused) }]);
  return { text, blocks: [...blocks, people] };
}

function actionList(context: JobContext, { actions, asOf, zone }: MinutesMessage, locale: string): RichTextBlock {
  const elements = actions.map((action) => actionSection(context, action, { asOf, zone, locale }));
  return richText([{ type: 'rich_text_list', style: 'bullet', elements }]);
}

interface When {
  readonly asOf: Instant;
  readonly zone: string;
  readonly locale: string;
}

function actionSection({ templates }: JobContext, action: ActionLine, { locale, ...when }: When): RichTextSection {
  const due = writeWords(templates, 'action-due', { ...when, dueOn: action.dueOn }, locale);
  return {
    type: 'rich_text_section',
    elements: [
      { type: 'user', user_id: action.owner },
      { type: 'text', text: ` ${cleanText(action.what)} ` },
      { type: 'text', text: due, style: { italic: true } },
    ],
  };
}

/** A reminder in the thread of the minutes, with the button that ends it. */
export function chaseMessage(context: JobContext, action: ActionLine & { readonly id: number }, when: When): Part {
  const line = richText([actionSection(context, action, when)]);
  const done = buttonOf(context, { code: 'done', action: 'answer-done', value: String(action.id) }, when.locale);
  const { asOf, zone, locale } = when;
  const text = writeWords(context.templates, 'action-chase', { asOf, zone, dueOn: action.dueOn }, locale);
  return { text, blocks: [line, { type: 'actions', elements: [done] }] };
}

function richText(elements: RichTextBlock['elements']): RichTextBlock {
  return { type: 'rich_text', elements };
}

function textSection(text: string): RichTextSection {
  return { type: 'rich_text_section', elements: [{ type: 'text', text: cleanLines(text) }] };
}

function peopleIn(ids: readonly string[]): RichTextSection['elements'] {
  return ids.flatMap((id, index) => [
    ...(index > 0 ? [{ type: 'text' as const, text: ' ' }] : []),
    { type: 'user' as const, user_id: id },
  ]);
}
