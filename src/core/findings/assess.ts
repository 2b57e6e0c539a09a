import type { Finding, Severity } from './finding.ts';
import { withDistinctMilestones } from '../metrics/milestones/distinct-milestones.ts';
import { createImpact } from './impact.ts';
import { isLeftover } from './leftover.ts';
import { rules } from './rules.ts';
import type { RuleName } from './rules.ts';
import type { RuleInput } from './rule.ts';

const weightOf: Readonly<Record<Severity, number>> = { high: 3, medium: 2, low: 1, info: 0 };
const ruleOrder = Object.keys(rules) as readonly RuleName[];

/**
 * All that the rules find, what matters most first: by severity, then by what it holds up (a milestone close to its
 * date, one with a date, none), then by the order of the registry and of the rule. An item that holds nothing up and
 * that nobody touched for a quarter is a leftover: what is found of it is low. Several findings about one item are one
 * trouble: the heaviest stands, and names the others under `reasons`. Of an epic and a version that say the same, the
 * version speaks.
 */
export function assess(given: RuleInput): readonly Finding[] {
  const input = { ...given, metrics: withDistinctMilestones(given.metrics) };
  const { view, metrics } = input;
  const impactOf = createImpact(metrics, view);
  const heaviestFirst = ruleOrder
    .flatMap((name) => rules[name](input))
    .map((finding, index) => {
      const impact = impactOf(finding.subject);
      const item = view.itemsByKey.get(finding.subject);
      const isOld = item !== undefined && impact === 0 && isLeftover(item, view);
      return { finding: isOld ? lowered(finding) : finding, index, impact };
    })
    .sort(
      (a, b) => weightOf[b.finding.severity] - weightOf[a.finding.severity] || b.impact - a.impact || a.index - b.index,
    )
    .map(({ finding }) => finding);
  return foldByItem(heaviestFirst, new Set(view.itemsByKey.keys()));
}

function lowered(finding: Finding): Finding {
  return weightOf[finding.severity] > weightOf.low ? { ...finding, severity: 'low' } : finding;
}

/** The trouble of others, whatever else ails the item: folded away, the one team that can mend it would not know. */
const standsAlone: ReadonlySet<string> = new Set<RuleName>(['HOLDS_UP_OTHERS']);

function foldByItem(findings: readonly Finding[], keys: ReadonlySet<string>): readonly Finding[] {
  const others = new Map<string, string[]>();
  const standing: Finding[] = [];
  const folds = ({ rule, subject }: Finding) => keys.has(subject) && !standsAlone.has(rule);
  for (const finding of findings) {
    const known = folds(finding) ? others.get(finding.subject) : undefined;
    if (known) known.push(finding.rule);
    else {
      if (folds(finding)) others.set(finding.subject, []);
      standing.push(finding);
    }
  }
  return standing.map((finding) => {
    const folded = folds(finding) ? (others.get(finding.subject) ?? []) : [];
    return folded.length === 0 ? finding : { ...finding, reasons: [...finding.reasons, ...folded] };
  });
}
