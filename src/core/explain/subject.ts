import { hygieneIds } from '../findings/hygiene/hygiene-rule.ts';
import type { HygieneId } from '../findings/hygiene/hygiene-rule.ts';
import { rules } from '../findings/rules.ts';
import type { Finding } from '../findings/finding.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { SprintFigures } from '../metrics/sprint-figures.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import { unknownDelivery } from '../metrics/delivery/unknown-delivery.ts';
import type { DeliveryFigures, Figures } from '../metrics/figures.ts';

/** What somebody asks about. */
export type Subject =
  /** `service`: of which one, where somebody names it. */
  | { readonly kind: 'figure'; readonly name: keyof Figures; readonly service?: string }
  | { readonly kind: 'milestone'; readonly milestone: MilestoneFigures }
  | { readonly kind: 'sprint'; readonly sprint: SprintFigures }
  | { readonly kind: 'rule'; readonly rule: string }
  | { readonly kind: 'topic'; readonly topic: Topic }
  | { readonly kind: 'hygiene'; readonly rule: HygieneId };

/** Numbers of a digest that are no figure, milestone, sprint or finding: what happened since the last one, and so on. */
export const topics = ['period', 'compliance', 'honesty'] as const;
export type Topic = (typeof topics)[number];

/** Everything of a project that can be asked about, by kind, as one would type it. */
export interface SubjectNames {
  readonly figures: readonly (keyof Figures)[];
  readonly milestones: readonly string[];
  /** Items with a due date, which are milestones too, by key. */
  readonly datedItems: readonly string[];
  readonly sprints: readonly string[];
  readonly rules: readonly string[];
  readonly topics: readonly Topic[];
}

/** All that an explanation may be asked of. */
export function subjectNames({ figures, milestones, sprints }: Metrics, findings: readonly Finding[]): SubjectNames {
  return {
    figures: Object.keys(figures) as (keyof Figures)[],
    milestones: milestones.filter(({ kind }) => kind !== 'item').map(({ name }) => name),
    datedItems: milestones.filter(({ kind }) => kind === 'item').map(({ id }) => id),
    sprints: sprints.filter(({ state }) => state !== 'future').map(({ name }) => name),
    rules: [...new Set(findings.map(({ rule }) => rule))],
    topics,
  };
}

/**
 * Does this name ask for what changed since an earlier moment? Then somebody has to say when that was, and what was known
 * then. Rules that found nothing may have compared, too.
 */
export function asksForPast(asked: string | null): boolean {
  if (asked === null) return false;
  const wanted = plain(asked);
  return [...Object.keys(rules), ...topics, ...hygieneIds].some((name) => plain(name) === wanted);
}

/**
 * The subject of this name, whatever its case: `cycle-time-days` is `cycleTimeDays`. A figure of delivery may have the name
 * of a service after it. A milestone and a sprint go by name or id, the newest first; null when nothing is called so.
 */
export function findSubject(
  metrics: Metrics,
  { findings, services }: { readonly findings: readonly Finding[]; readonly services: readonly string[] },
  asked: string,
): Subject | null {
  const wanted = plain(asked);
  const isWanted = (name: string) => plain(name) === wanted;
  const { figures } = subjectNames(metrics, findings);
  const figure = figures.find(isWanted);
  if (figure !== undefined) return { kind: 'figure', name: figure };
  for (const service of services) {
    const name = deliveryFigures.find((one) => isWanted(`${one}${service}`));
    if (name !== undefined) return { kind: 'figure', name, service };
  }
  const milestone = metrics.milestones.findLast(
    ({ id, name, key }) => isWanted(name) || isWanted(id) || isWanted(key ?? ''),
  );
  if (milestone) return { kind: 'milestone', milestone };
  const sprint = metrics.sprints.findLast(({ id, name }) => isWanted(name) || isWanted(id));
  if (sprint) return { kind: 'sprint', sprint };
  // One that found nothing has an answer, too.
  const rule = Object.keys(rules).find(isWanted);
  if (rule !== undefined) return { kind: 'rule', rule };
  const topic = topics.find(isWanted);
  if (topic !== undefined) return { kind: 'topic', topic };
  const hygiene = hygieneIds.find(isWanted);
  return hygiene === undefined ? null : { kind: 'hygiene', rule: hygiene };
}

const deliveryFigures = Object.keys(unknownDelivery('')) as (keyof DeliveryFigures)[];

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}
