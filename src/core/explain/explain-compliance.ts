import { checkHygiene } from '../findings/hygiene/check-hygiene.ts';
import type { Hygiene, HygieneLine } from '../findings/hygiene/check-hygiene.ts';
import type { RuleInput } from '../findings/rule.ts';
import { headOf } from './explanation-head.ts';
import type { ExplanationHead } from './explanation-head.ts';

/** The score of process compliance, down to the items (metrics.md 7.5). */
export interface ComplianceExplanation
  extends ExplanationHead, Pick<Hygiene, 'score' | 'openItems' | 'cleanItems' | 'marked'> {
  readonly kind: 'compliance-explanation';
  /** The one rule that was asked about; null for all. */
  readonly rule: string | null;
  /** Every rule that found something, or the one that was asked about, with all of its evidence. */
  readonly lines: readonly HygieneLine[];
  /** What the items marked with each weight take away: weight / 3 for each. */
  readonly lost: readonly { readonly weight: number; readonly items: number; readonly lost: number }[];
}

/** Where the compliance score comes from (metrics.md 7.5), or what one rule found; all rules with a breach for null. */
export function explainCompliance(input: RuleInput, rule: string | null): ComplianceExplanation {
  const { score, openItems, cleanItems, marked, lines } = checkHygiene(input);
  return {
    kind: 'compliance-explanation',
    ...headOf(input.view, input.metrics),
    rule,
    score,
    openItems,
    cleanItems,
    marked,
    lines: lines.filter((line) => (rule === null ? (line.count ?? 0) > 0 : line.rule === rule)),
    lost: [...Map.groupBy(marked, ({ weight }) => weight)].map(([weight, { length: items }]) => ({
      weight,
      items,
      lost: (items * weight) / 3,
    })),
  };
}
