import type { Finding } from '../findings/finding.ts';
import type { Metrics, MilestoneFigures, SprintFigures } from '../metrics/metrics.ts';
import type { Figures } from '../metrics/figures.ts';

/** What somebody asks about. */
export type Subject =
  | { readonly kind: 'figure'; readonly name: keyof Figures }
  | { readonly kind: 'milestone'; readonly milestone: MilestoneFigures }
  | { readonly kind: 'sprint'; readonly sprint: SprintFigures }
  | { readonly kind: 'rule'; readonly rule: string };

/** Everything of a project that can be asked about, by kind, as one would type it. */
export interface SubjectNames {
  readonly figures: readonly (keyof Figures)[];
  readonly milestones: readonly string[];
  /** Items with a due date, which are milestones too, by key. */
  readonly datedItems: readonly string[];
  readonly sprints: readonly string[];
  readonly rules: readonly string[];
}

export function subjectNames({ figures, milestones, sprints }: Metrics, findings: readonly Finding[]): SubjectNames {
  return {
    figures: Object.keys(figures) as (keyof Figures)[],
    milestones: milestones.filter(({ kind }) => kind !== 'item').map(({ name }) => name),
    datedItems: milestones.filter(({ kind }) => kind === 'item').map(({ id }) => id),
    sprints: sprints.filter(({ state }) => state !== 'future').map(({ name }) => name),
    rules: [...new Set(findings.map(({ rule }) => rule))],
  };
}

/**
 * The subject of this name, whatever its case: `cycle-time-days` is `cycleTimeDays`. A milestone and a sprint go by name
 * or id, the newest first; null when nothing is called so.
 */
export function findSubject(metrics: Metrics, findings: readonly Finding[], asked: string): Subject | null {
  const wanted = plain(asked);
  const isWanted = (name: string) => plain(name) === wanted;
  const { figures, rules } = subjectNames(metrics, findings);
  const figure = figures.find(isWanted);
  if (figure !== undefined) return { kind: 'figure', name: figure };
  const milestone = metrics.milestones.findLast(
    ({ id, name, key }) => isWanted(name) || isWanted(id) || isWanted(key ?? ''),
  );
  if (milestone) return { kind: 'milestone', milestone };
  const sprint = metrics.sprints.findLast(({ id, name }) => isWanted(name) || isWanted(id));
  if (sprint) return { kind: 'sprint', sprint };
  const rule = rules.find(isWanted);
  return rule === undefined ? null : { kind: 'rule', rule };
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}
