import { isDirect } from '../../slack/directory.ts';
import { listSubscriptions } from '../../store/subscriptions.ts';
import type { Subscription } from '../../store/subscriptions.ts';
import type { JobContext } from '../context.ts';
import { digestKinds, isOfProject, scheduledTargets, subjectsOf, subscribedTarget } from './digest-target.ts';
import type { DigestKind, DigestTarget } from './digest-target.ts';

/** What the config asks for, and what people subscribed to: what both ask for in one channel is told once. */
export async function allTargets(context: JobContext): Promise<readonly DigestTarget[]> {
  const configured = scheduledTargets(context.config);
  const known = new Set(configured.map(nameOf));
  const subscribed = (await listSubscriptions(context.db)).flatMap((one) => targetOf(context, one) ?? []);
  return [...configured, ...subscribed.filter((target) => !known.has(nameOf(target)))];
}

function nameOf({ report, subject, channel }: DigestTarget): string {
  return JSON.stringify([report, subject, channel]);
}

/**
 * Null when the config no longer has what it is about, or no longer shows it to that channel: nothing is posted where a
 * command would be refused.
 */
function targetOf({ config }: JobContext, { report, subject, channel, every }: Subscription): DigestTarget | null {
  const kind = digestKinds.find((one) => one === report);
  if (kind === undefined || !subjectsOf(config, kind).includes(subject)) return null;
  // What a person alone may see depends on Slack, which is asked when it is posted.
  if (!isDirect(channel) && !isVisible(config, kind, { subject, channel })) return null;
  return subscribedTarget(config, { report: kind, subject, channel, every });
}

/** Whether a channel may be told about a subject: of a programme or a portfolio it has to see every project. */
export function isVisible(
  config: JobContext['config'],
  report: DigestKind,
  { subject, channel }: { readonly subject: string; readonly channel: string },
): boolean {
  const mayShow = (id: string) => {
    const project = config.projects[id];
    return project !== undefined && (project.channel === channel || project.visibleIn.includes(channel));
  };
  if (isOfProject(report)) return mayShow(subject);
  if (report === 'portfolio-digest') return Object.keys(config.projects).every(mayShow);
  const programme = config.programmes[subject];
  return programme !== undefined && (programme.channel === channel || programme.projects.every(mayShow));
}
