import type { Finding } from '../findings/finding.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { ItemKey } from '../model/ids.ts';
import { findingLine } from '../reports/finding-line.ts';
import { createRefs } from '../reports/item-ref.ts';
import type { FindingLine } from '../reports/report.ts';
import type { ProjectView } from '../view/view.ts';
import { headOf } from './explanation-head.ts';
import type { ExplanationHead } from './explanation-head.ts';

/** Everything that one rule found, finding by finding, where a digest folds them into one line. */
export interface RuleExplanation extends ExplanationHead {
  readonly kind: 'rule-explanation';
  readonly rule: string;
  readonly findings: readonly (FindingLine & { readonly keys: readonly ItemKey[] })[];
}

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
  };
}
