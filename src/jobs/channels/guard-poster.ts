import { readersOf } from '../../config/access.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import { secondMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import { channelTraits } from '../../slack/config.ts';
import type { ChannelTrait } from '../../slack/config.ts';
import { isDirect } from '../../slack/directory.ts';
import type { ChannelState, Directory } from '../../slack/directory.ts';
import type { Poster, PostResult } from '../../slack/post.ts';
import { rollUpReport } from '../../store/alert-turn.ts';
import { personOf } from '../../store/people.ts';
import { subscriberOf } from '../../store/subscriptions.ts';
import { visibleProjects } from '../targets/visible-projects.ts';
import type { About, GuardedPoster } from '../guarded-poster.ts';
import { noteChannel } from './note-channel.ts';
import type { WatchContext } from '../context.ts';
import { projectsTold, refusedTraits } from '../targets/told-there.ts';

/** What is in the thread of a message follows it within seconds: the look before the message serves it, too. */
const maxAgeMs = 60 * secondMs;
const againMs = 30 * secondMs;
/** What goes on for weeks in the channel in which it began. */
const ofChannel: ReadonlySet<string> = new Set(['alert', rollUpReport, 'minutes']);

export type GuardContext = WatchContext & { readonly directoryOf: (channel: string) => Promise<Directory> };

/**
 * Posts nothing to a channel that may not read it: what the channel is, is asked of Slack before each message, since it may
 * have been shared, or a guest let in, after the message was made. What is found is kept and told to the operator.
 */
export function guardPoster(poster: Poster, context: GuardContext): GuardedPoster {
  return {
    ...poster,
    post: async (post) => (await refusalOf(context, post, post.threadTs === null ? 0 : maxAgeMs)) ?? poster.post(post),
    update: async (edit) => (await refusalOf(context, edit, maxAgeMs)) ?? poster.update(edit),
  };
}

interface Post {
  readonly channel: string;
  readonly about: About;
}

/** Why it may not be posted there, or not now; null when it may. */
async function refusalOf(context: GuardContext, { channel, about }: Post, maxAge: number): Promise<PostResult | null> {
  const { config, directoryOf, clock } = context;
  const { report, subject } = about;
  const projects = projectsTold(config, report ?? '', subject);
  // Where else digests go is for the config to say; the rest is told to those who may ask.
  const isOfChannel = ofChannel.has(report ?? '') && !isDirect(channel);
  if (isOfChannel && !visibleProjects(config, channel).some(({ id }) => id === subject))
    return { kind: 'rejected', reason: 'the channel may not see the project any more', todo: null };
  if (isDirect(channel)) return projects.length === 0 ? null : refusalAlone(context, channel, { about, projects });
  const state = await (await directoryOf(channel)).channel(channel, maxAge);
  if (state.kind === 'unknown') {
    // Slack will say itself what is wrong with a channel; who reads it only we ask.
    const isForAll = refusedTraits(config, projects, channelTraits).length === 0;
    return isForAll ? null : unknownRefusal(state, clock.now());
  }
  await noteChannel(context, channel, state);
  if (state.kind === 'closed' || !state.hasBot) return null;
  return refusalFor(refusedTraits(config, projects, state.traits));
}

/** One person sees what at least one of their channels sees, if they are among those who may ask. */
async function refusalAlone(
  context: GuardContext,
  channel: string,
  { about, projects }: { readonly about: About; readonly projects: readonly ProjectId[] },
): Promise<PostResult | null> {
  const person = await readerOf(context, channel, about);
  if (person === null) return { kind: 'rejected', reason: 'nobody asks for it any more', todo: null };
  return refusalOfPerson(context, await context.directoryOf(channel), { person, projects });
}

/** Minutes go to who took part in them, what else is told alone to who asked for it. */
async function readerOf({ db }: GuardContext, channel: string, about: About): Promise<string | null> {
  if (about.report === 'minutes') return personOf(db, channel);
  const { report, subject } = about;
  return report === null || subject === null ? null : subscriberOf(db, { report, subject, channel });
}

/** Why a person may not be told of projects, or not now; null when they may. */
export async function refusalOfPerson(
  { config, clock }: Pick<GuardContext, 'config' | 'clock'>,
  directory: Directory,
  { person, projects }: { readonly person: string; readonly projects: readonly ProjectId[] },
): Promise<PostResult | null> {
  const state = await directory.direct(person);
  if (state.kind === 'unknown') return unknownRefusal(state, clock.now());
  const places = await directory.channelsOf(person);
  const visible = new Set(places.flatMap((place) => visibleProjects(config, place).map(({ id }) => id)));
  for (const id of projects) {
    const readers = readersOf(config, id);
    const isReader = readers.length === 0 || (await directory.isOneOf(person, readers));
    if (!visible.has(id) || !isReader)
      return { kind: 'rejected', reason: 'the person may not see it any more', todo: null };
  }
  return state.kind === 'open' ? refusalFor(refusedTraits(config, projects, state.traits)) : null;
}

function refusalFor(refused: readonly ChannelTrait[]): PostResult | null {
  if (refused.length === 0) return null;
  return {
    kind: 'rejected',
    reason: `not for a channel that is or has: ${refused.join(', ')}`,
    todo: 'change the channel, or allow it under `access.channels` of the project',
  };
}

/** A person mends the token; what Slack did not say this time it may say soon. */
function unknownRefusal({ reason, todo }: Extract<ChannelState, { kind: 'unknown' }>, now: Instant): PostResult {
  const told = `it is not known who reads there: ${reason}`;
  return todo === null ? { kind: 'retry', at: now + againMs, reason: told } : { kind: 'rejected', reason: told, todo };
}
