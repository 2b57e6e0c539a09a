import { channelsOfAccess } from '../../config/access.ts';
import type { Config } from '../../config/load.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import type { ChannelTrait } from '../../slack/config.ts';
import type { Subscription } from '../../store/subscriptions.ts';
import { scheduledTargets } from './digest-target.ts';

/** The projects that a report tells of; what the operator is told may name any of them. */
export function projectsTold(config: Config, report: string, subject: string | null): readonly ProjectId[] {
  if (report === 'portfolio-digest' || report === operatorReport) return Object.keys(config.projects);
  if (subject === null) return [];
  if (report === 'programme-digest') return config.programmes[subject]?.projects ?? [];
  return [subject];
}

/** What messages to the operator are called among deliveries. */
export const operatorReport = 'operator';

/** The projects that a channel is told of by the config or by subscriptions. */
export function projectsToldIn(
  config: Config,
  channel: string,
  subscriptions: readonly Pick<Subscription, 'report' | 'subject'>[],
): readonly ProjectId[] {
  const own = Object.keys(config.projects).filter((id) => config.projects[id]!.channel === channel);
  const scheduled = scheduledTargets(config).filter((target) => target.channel === channel);
  const told = [...scheduled, ...subscriptions].flatMap(({ report, subject }) => projectsTold(config, report, subject));
  const all = config.operator?.channel === channel ? projectsTold(config, operatorReport, null) : [];
  return [...new Set([...own, ...told, ...all])].filter((id) => config.projects[id] !== undefined);
}

/** What a channel is that keeps at least one of these projects from it. */
export function refusedTraits(
  config: Config,
  projects: readonly ProjectId[],
  traits: readonly ChannelTrait[],
): readonly ChannelTrait[] {
  return traits.filter((trait) => projects.some((id) => !channelsOfAccess(config, id).includes(trait)));
}
