import type { Finding } from '../findings/finding.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { ItemKey } from '../model/ids.ts';
import { findingLine } from '../reports/finding-line.ts';
import { createRefs } from '../reports/item-ref.ts';
import type { FindingLine } from '../reports/finding-line.ts';
import type { ProjectView } from '../view/view.ts';
import { staysByStatus } from '../findings/rules/long-in-status.ts';
import type { StatusStay } from '../findings/rules/long-in-status.ts';
import { nearestRank } from '../metrics/statistics.ts';
import { headOf } from './explanation-head.ts';
import type { ExplanationHead } from './explanation-head.ts';

/** Everything that one rule found, finding by finding, where a digest folds them into one line. */
export interface RuleExplanation extends ExplanationHead {
  readonly kind: 'rule-explanation';
  readonly rule: string;
  readonly findings: readonly (FindingLine & { readonly keys: readonly ItemKey[] })[];
  /** For `LONG_IN_STATUS`: the stays behind the 85 % of each status that it names, the longest first; else empty. */
  readonly stays: readonly {
    readonly status: string;
    readonly n: number;
    /** Place of the value from the shortest, and the value in days. */
    readonly rank: number;
    readonly p85Days: number;
    readonly items: readonly StatusStay[];
  }[];
}

/** What a rule found, with every item behind it; empty for a rule that found nothing. */
export function explainRule(
  view: ProjectView,
  metrics: Metrics,
  { rule, findings }: { readonly rule: string; readonly findings: readonly Finding[] },
): RuleExplanation {
  const refOf = createRefs(view, () => null);
  return {
    kind: 'rule-explanation',
    ...headOf(view, metrics),
    rule,
    findings: findings
      .filter((finding) => finding.rule === rule)
      .map((finding) => ({ ...findingLine(finding, refOf), keys: finding.evidence })),
    stays: rule === 'LONG_IN_STATUS' ? staysBehind(view, findings) : [],
  };
}

function staysBehind(view: ProjectView, findings: readonly Finding[]): RuleExplanation['stays'] {
  const named = new Map<string | null, string>();
  for (const { rule, subject } of findings) {
    const status = rule === 'LONG_IN_STATUS' ? view.itemsByKey.get(subject)?.status : undefined;
    if (status) named.set(status.id, status.name ?? '');
  }
  return [...staysByStatus(view)].flatMap(([id, stays]) => {
    const status = named.get(id);
    if (status === undefined) return [];
    const p85Days = nearestRank(
      stays.map(({ days }) => days),
      level,
    )!;
    const items = stays.toSorted((a, b) => b.days - a.days);
    return [{ status, n: stays.length, rank: Math.max(1, Math.ceil(level * stays.length - 1e-9)), p85Days, items }];
  });
}

const level = 0.85;
