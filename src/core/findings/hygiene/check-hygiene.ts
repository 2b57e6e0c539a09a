import type { FactValue, Severity } from '../finding.ts';
import { openWork } from '../open-work.ts';
import type { RuleInput } from '../rule.ts';
import type { ItemKey } from '../../model/ids.ts';
import { withDistinctMilestones } from '../../metrics/milestones/distinct-milestones.ts';
import { hygieneIds } from './hygiene-rule.ts';
import type { HygieneId, HygieneOwner } from './hygiene-rule.ts';
import { hygieneRules } from './hygiene-rules.ts';

/** What became of one rule. `count` is null wherever nothing was counted: that is not a zero. */
export interface HygieneLine {
  readonly rule: HygieneId;
  readonly state: 'checked' | 'notCollected' | 'notApplicable' | 'off';
  readonly severity: Severity;
  readonly owner: HygieneOwner;
  readonly count: number | null;
  /** Why there is no count; null where there is one, and for a rule that is off. */
  readonly reason: string | null;
  readonly facts: Readonly<Record<string, FactValue>>;
  readonly evidence: readonly ItemKey[];
  /** What the breaches are called, where they are no items: versions. */
  readonly names: readonly string[];
}

export interface Hygiene {
  /**
   * Share of the open items that are in order, 0 to 1: an item with a high finding counts as not at all, with a medium
   * one as a third, with a low one as two thirds; the heaviest counts. Null without open items.
   */
  readonly score: number | null;
  readonly openItems: number;
  /** Open items without any finding. */
  readonly cleanItems: number;
  /** Open items with a finding, and what its heaviest takes from the score: 3 high, 2 medium, 1 low; heaviest first. */
  readonly marked: readonly { readonly key: ItemKey; readonly weight: number }[];
  /** Every rule, in the order of metrics.md 7.5. */
  readonly lines: readonly HygieneLine[];
  /** The rules that cost most, the heaviest first: by count times weight. */
  readonly top: readonly HygieneLine[];
}

const severities: readonly Severity[] = ['info', 'low', 'medium', 'high'];
const heaviest = 3;

/** The hygiene of a project (metrics.md 7.5). It tells of items and roles, never of persons. */
export function checkHygiene(given: RuleInput): Hygiene {
  const input = { ...given, metrics: withDistinctMilestones(given.metrics) };
  const { view, thresholds } = input;
  const weightByItem = new Map<ItemKey, number>();
  const lines = hygieneIds.map((id): HygieneLine => {
    const { owner, isInfo = false, check } = hygieneRules[id];
    const set = Math.min(heaviest, thresholds.hygiene[id]);
    const weight = isInfo ? 0 : set;
    const about = { rule: id, owner, severity: severities[Math.round(weight)]! };
    const empty = { count: null, reason: null, facts: {}, evidence: [], names: [] };
    if (set === 0) return { ...about, ...empty, state: 'off' };
    const result = check(input);
    if (result.state !== 'checked') return { ...about, ...empty, state: result.state, reason: result.reason };
    for (const { items } of result.hits)
      for (const key of items) weightByItem.set(key, Math.max(weight, weightByItem.get(key) ?? 0));
    const evidence = [...new Set(result.hits.flatMap((hit) => hit.evidence))];
    const names = result.hits.flatMap(({ name }) => name ?? []);
    return {
      ...about,
      state: 'checked',
      count: result.hits.length,
      reason: null,
      facts: result.facts,
      evidence,
      names,
    };
  });
  const open = openWork(view);
  const marked = open
    .map(({ key }) => ({ key, weight: weightByItem.get(key) ?? 0 }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  const lost = open.reduce((sum, { key }) => sum + (weightByItem.get(key) ?? 0) / heaviest, 0);
  return {
    score: open.length === 0 ? null : 1 - lost / open.length,
    openItems: open.length,
    cleanItems: open.length - marked.length,
    marked,
    lines,
    top: topOf(lines, thresholds.hygiene.top),
  };
}

function topOf(lines: readonly HygieneLine[], longest: number): readonly HygieneLine[] {
  const costOf = ({ count, severity }: HygieneLine) => (count ?? 0) * severities.indexOf(severity);
  return lines
    .filter((line) => costOf(line) > 0)
    .sort((a, b) => costOf(b) - costOf(a) || (a.rule < b.rule ? -1 : 1))
    .slice(0, longest);
}
