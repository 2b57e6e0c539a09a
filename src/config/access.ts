import type { ChannelTrait } from '../slack/config.ts';
import type { ConfigShape, restrictedFields } from './schema.ts';

export type RestrictedField = (typeof restrictedFields)[number];

/** Whether channels with these traits may be told of a project: each of them has to be allowed. */
export function mayBeTold(
  { projects, access }: Pick<ConfigShape, 'projects' | 'access'>,
  project: string,
  traits: readonly ChannelTrait[],
): boolean {
  const allowed = channelsOfAccess({ projects, access }, project);
  return traits.every((trait) => allowed.includes(trait));
}

/** What a channel may be that is told of a project. */
export function channelsOfAccess(
  { projects, access }: Pick<ConfigShape, 'projects' | 'access'>,
  project: string,
): readonly ChannelTrait[] {
  return projects[project]?.access?.channels ?? access.channels;
}

/** Who may ask about a project: ids of people and user groups; none, and everybody in its channels may. */
export function readersOf(
  { projects, access }: Pick<ConfigShape, 'projects' | 'access'>,
  project: string,
): readonly string[] {
  const own = projects[project]?.access?.people ?? [];
  return own.length > 0 ? own : access.people;
}

/** Whether a channel may see a field that is not for every audience. */
export function showsThere(
  { channels, shows }: Pick<ConfigShape, 'channels' | 'shows'>,
  channel: string,
  field: RestrictedField,
): boolean {
  return (channels[channel]?.shows ?? shows).includes(field);
}
