import type { ChannelTrait } from '../../slack/config.ts';
import type { ChannelState } from '../../slack/directory.ts';
import { isDirect } from '../../slack/directory.ts';
import { readChannel, saveChannel } from '../../store/channels.ts';
import type { SeenChannel } from '../../store/channels.ts';
import { inTransaction } from '../../store/dialect.ts';
import { deleteSubscription, listSubscriptions } from '../../store/subscriptions.ts';
import { closeTrouble, noteTold, openTrouble } from '../../store/troubles.ts';
import type { WatchContext } from '../context.ts';
import { tellOperator } from '../operator/tell-operator.ts';
import type { OperatorNote } from '../operator/tell-operator.ts';
import { tellSubscribers } from './tell-subscribers.ts';
import { projectsToldIn, refusedTraits } from '../targets/told-there.ts';

/** Why nothing can be posted in a channel, or that all is well with it. */
export type Standing = 'fine' | 'archived' | 'not-found' | 'bot-not-in-it' | 'not-allowed';

/** Nobody will read there again, unless somebody mends it: what people asked to be told there has ended. */
const dead: ReadonlySet<Standing> = new Set<Standing>(['archived', 'not-found', 'bot-not-in-it']);

/** A channel as Slack has it. */
export type KnownState = Exclude<ChannelState, { readonly kind: 'unknown' }>;

/**
 * Keeps how a channel stands, and tells the operator once what has changed: its name, who is in it, whether anything can
 * be posted there. Subscriptions of a channel that is dead end, and those who asked for them are told.
 */
export async function noteChannel(context: WatchContext, id: string, state: KnownState): Promise<Standing> {
  const { db, clock, config } = context;
  const before = await readChannel(db, id);
  const subscriptions = isDirect(id) ? [] : await listSubscriptions(db, [id]);
  const projects = projectsToldIn(config, id, subscriptions);
  const refused = state.kind === 'open' ? refusedTraits(config, projects, state.traits) : [];
  const standing = standingOf(state, refused);
  const now: SeenChannel = { ...seen(before, state), id, standing, seenAt: clock.now() };
  const ended = dead.has(standing) ? subscriptions : [];
  const notes = changesOf(before, now, { refused, ended: ended.length }).map((note) => ({
    note,
    told: tellOperator(context, note),
  }));
  const farewells = ended.length === 0 ? [] : await tellSubscribers(context, now, ended);
  await inTransaction(db, async (tx) => {
    if (!(await saveChannel(tx, before, now))) return;
    const subject = `channel:${id}`;
    if (standing === 'fine') await closeTrouble(tx, subject);
    else if (before?.standing !== standing) {
      await closeTrouble(tx, subject);
      await openTrouble(tx, { subject, code: standing, since: now.seenAt, detail: { name: now.name, id, refused } });
    }
    for (const { told } of notes) {
      const delivery = await told.enqueue(tx);
      if (delivery !== null) await noteTold(tx, subject, [delivery]);
    }
    for (const one of ended) await deleteSubscription(tx, one);
    for (const farewell of farewells) await farewell.enqueue(tx);
  });
  return standing;
}

function standingOf(state: KnownState, refused: readonly ChannelTrait[]): Standing {
  if (state.kind === 'closed') return state.reason;
  if (!state.hasBot) return 'bot-not-in-it';
  return refused.length > 0 ? 'not-allowed' : 'fine';
}

/** What Slack no longer tells of is remembered. */
function seen(before: SeenChannel | null, state: KnownState): Pick<SeenChannel, 'name' | 'traits'> {
  if (state.kind === 'open') return { name: state.name, traits: state.traits };
  return { name: state.name ?? before?.name ?? '', traits: before?.traits ?? [] };
}

function changesOf(
  before: SeenChannel | null,
  now: SeenChannel,
  { refused, ended }: { readonly refused: readonly ChannelTrait[]; readonly ended: number },
): readonly OperatorNote[] {
  const { id, name, standing, seenAt } = now;
  const note = (what: string, data: object = {}): OperatorNote => ({
    key: `channel:${id}:${what}:${seenAt}`,
    what,
    data: { id, name, ...data },
  });
  const notes: OperatorNote[] = [];
  if (before !== null && before.name !== '' && before.name !== name)
    notes.push(note('channel-renamed', { from: before.name }));
  if (before !== null && before.traits.length > 0) {
    const added = now.traits.filter((trait) => !before.traits.includes(trait));
    const gone = before.traits.filter((trait) => !now.traits.includes(trait));
    if (added.length + gone.length > 0) notes.push(note('channel-changed', { added, gone }));
  }
  const was = before?.standing ?? 'fine';
  if (standing !== 'fine' && standing !== was) notes.push(note(`channel-${standing}`, { refused, ended }));
  if (standing === 'fine' && was !== 'fine') notes.push(note('channel-back'));
  return notes;
}
