import type { Block, KnownBlock } from '@slack/types';
import { decidersOf } from '../../config/deciders.ts';
import { compareUrgency } from '../../core/reports/alert-card.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import type { Asker } from '../../slack/answers.ts';
import type { ToldAlert } from '../../store/alerts.ts';
import { listOpenActions } from '../../store/minutes.ts';
import { alertActions } from '../alerts/alert-message.ts';
import type { JobContext } from '../context.ts';
import { label, plainName } from '../controls/labels.ts';
import { chaseMessage } from '../minutes/minutes-message.ts';
import { alertRow } from './alerts.ts';

/** As many as leave room on the page for the rest, each with its buttons. */
const mostAlerts = 8;
const mostActions = 8;

export interface Awaiting {
  readonly blocks: readonly (KnownBlock | Block)[];
  /** Those among them that are shown, each with its buttons. */
  readonly alerts: readonly ToldAlert[];
}

/**
 * What waits for this person: open alerts that they may decide about and that were told where they are, and what they
 * agreed to do.
 */
export async function awaitingBlocks(
  context: JobContext,
  asker: Asker,
  of: { readonly open: readonly ToldAlert[]; readonly projects: readonly ProjectId[]; readonly zone: string },
): Promise<Awaiting> {
  const { locale } = asker;
  const channels = await asker.channels();
  const alerts: ToldAlert[] = [];
  for (const told of of.open) {
    if (told.card.state !== 'open' || !channels.includes(told.channel)) continue;
    if (await asker.isOneOf(decidersOf(context.config, told.card.project.id))) alerts.push(told);
  }
  const actions = (await listOpenActions(context.db, of.projects)).filter(({ owner }) => owner === asker.user);
  const shown = alerts.sort((a, b) => compareUrgency(a.card, b.card)).slice(0, mostAlerts);
  const rows = shown.flatMap(({ card }): KnownBlock[] => [
    { type: 'section', text: alertRow(context, card, locale) },
    alertActions(context, card, locale),
  ]);
  const when = { asOf: context.clock.now(), zone: of.zone, locale };
  const agreed = actions.slice(0, mostActions).flatMap((action) => chaseMessage(context, action, when).blocks);
  const count = alerts.length + actions.length;
  const more = count - Math.min(alerts.length, mostAlerts) - Math.min(actions.length, mostActions);
  const title =
    count === 0 ? label(context, 'awaits-nothing', locale) : label(context, 'awaits-you', locale, { count });
  const rest: KnownBlock = {
    type: 'context',
    elements: [plainName(label(context, 'awaits-more', locale, { more }), 100)],
  };
  const heading: KnownBlock = { type: 'section', text: { type: 'mrkdwn', text: `*${title}*` } };
  return { blocks: [heading, ...rows, ...agreed, ...(more > 0 ? [rest] : [])], alerts: shown };
}
