import type { ActionsBlock, Button } from '@slack/types';
import { decidersOf } from '../../config/deciders.ts';
import type { AlertRule } from '../../core/alerts/alert.ts';
import type { AlertCard } from '../../core/reports/alert-card.ts';
import { writeWords } from '../../render/write-words.ts';
import type { Part } from '../../render/message.ts';
import { toSlack } from '../../render/slack.ts';
import { renderTemplate } from '../../render/templates.ts';
import type { Templates } from '../../render/templates.ts';
import type { AlertName } from '../../store/alerts.ts';
import type { JobContext } from '../context.ts';

/** What people can say to an alert, or ask of it. */
export const alertButtons = ['acknowledge', 'snooze', 're-baseline', 'dispute', 'why'] as const;
export type AlertButton = (typeof alertButtons)[number];

/** What makes sense still: who has answered need not be asked again, and what is over can only be looked into. */
const buttonsOf: Readonly<Record<AlertCard['state'], readonly AlertButton[]>> = {
  open: ['acknowledge', 'snooze', 're-baseline', 'dispute', 'why'],
  acknowledged: ['re-baseline', 'dispute', 'why'],
  snoozed: ['acknowledge', 're-baseline', 'dispute', 'why'],
  disputed: ['why'],
  're-baselined': ['why'],
  resolved: ['why'],
};

/** Alerts about a milestone's date: only those can be answered with another one. */
const datedRules: ReadonlySet<AlertRule> = new Set(['MILESTONE_SLIPPED', 'RIPPLE', 'PROMISE_GAP', 'SCOPE_GROWTH']);

/** The living message of an alert in words: one post, whatever it holds, since only that one is edited. */
export function alertMessage(context: JobContext, card: AlertCard, locale: string): Part {
  const { text, blocks } = toSlack(renderTemplate(context.templates, 'alert', card, locale));
  return { text, blocks: [...blocks, alertActions(context, card, locale)] };
}

/** What can be said to an alert as it stands. */
export function alertActions({ templates, config }: JobContext, card: AlertCard, locale: string): ActionsBlock {
  const value = alertValue({ project: card.project.id, key: card.key, episode: card.episode });
  const isDated = datedRules.has(card.alert) && decidersOf(config, card.project.id).length > 0;
  const buttons = buttonsOf[card.state].filter((button) => button !== 're-baseline' || isDated);
  const elements = buttons.map((button): Button => ({
    type: 'button',
    action_id: actionOf(button),
    text: { type: 'plain_text', text: writeWords(templates, 'label', { code: button }, locale) },
    value,
  }));
  return { type: 'actions', elements };
}

/** What its thread is told of the newest change. */
export function alertReply(templates: Templates, card: AlertCard, locale: string): Part {
  const { asOf, zone } = card;
  const data = { asOf, zone, card, last: card.story.at(-1) };
  const { text, blocks } = toSlack(renderTemplate(templates, 'alert-reply', data, locale));
  return { text, blocks };
}

const prefix = 'alert-';

function actionOf(button: AlertButton): string {
  return `${prefix}${button}`;
}

/** The button behind an action; null for one that is not ours. */
export function buttonOfAction(action: string): AlertButton | null {
  return alertButtons.find((button) => actionOf(button) === action) ?? null;
}

export function alertValue({ project, key, episode }: AlertName): string {
  return JSON.stringify([project, key, episode]);
}

/** What a button names; null when it is no name. It came over the network, so nothing of it is believed. */
export function readAlertValue(value: string): AlertName | null {
  try {
    const parts = JSON.parse(value) as unknown;
    if (!Array.isArray(parts) || parts.length !== 3 || !parts.every((part) => typeof part === 'string')) return null;
    const [project, key, episode] = parts as [string, string, AlertName['episode']];
    return { project, key, episode };
  } catch {
    return null;
  }
}
