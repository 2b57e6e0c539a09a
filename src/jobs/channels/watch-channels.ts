import type { Config } from '../../config/load.ts';
import { dayMs } from '../../core/time/instant.ts';
import { isDirect } from '../../slack/directory.ts';
import { readChannel } from '../../store/channels.ts';
import { listSubscriptions } from '../../store/subscriptions.ts';
import { noteChannel } from './note-channel.ts';
import type { WatchContext } from '../context.ts';

/** A channel that nothing is posted to is looked at once a day: a digest on Monday should not be the first to know. */
const everyMs = dayMs;

/** Looks at the channels that the config or a subscription names and that nobody has looked at for a day. How many. */
export async function watchChannels(context: WatchContext): Promise<number> {
  const { db, directoryOf, clock } = context;
  if (!directoryOf) return 0;
  let looked = 0;
  for (const channel of await channelsInUse(context)) {
    const seen = await readChannel(db, channel);
    if (seen !== null && clock.now() - seen.seenAt < everyMs) continue;
    const state = await (await directoryOf(channel)).channel(channel, 0);
    if (state.kind === 'unknown') continue;
    await noteChannel(context, channel, state);
    looked += 1;
  }
  return looked;
}

async function channelsInUse({ config, db }: WatchContext): Promise<readonly string[]> {
  const subscribed = (await listSubscriptions(db)).map(({ channel }) => channel).filter((id) => !isDirect(id));
  return [...new Set([...configuredChannels(config), ...subscribed])];
}

/** Every channel that the config names as one to post to. */
export function configuredChannels({ projects, programmes, reports, operator }: Config): readonly string[] {
  const named = [...Object.values(projects), ...Object.values(programmes), ...reports, ...(operator ? [operator] : [])];
  return [...new Set(named.flatMap(({ channel }) => channel ?? []))];
}
