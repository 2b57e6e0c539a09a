import type { Finding, Severity } from './finding.ts';
import { rules } from './rules.ts';
import type { RuleName } from './rules.ts';
import type { RuleInput } from './rule.ts';

const weightOf: Readonly<Record<Severity, number>> = { high: 3, medium: 2, low: 1, info: 0 };
const ruleOrder = Object.keys(rules) as readonly RuleName[];

/**
 * All that the rules find, what matters most first: by severity, then by the order of the registry. Several findings
 * about one item are one trouble: the heaviest stands, and names the others under `reasons`.
 */
export function assess(input: RuleInput): readonly Finding[] {
  const found = ruleOrder.flatMap((name) => rules[name](input));
  const heaviestFirst = found
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => weightOf[b.finding.severity] - weightOf[a.finding.severity] || a.index - b.index)
    .map(({ finding }) => finding);
  return foldByItem(heaviestFirst, new Set(input.view.itemsByKey.keys()));
}

function foldByItem(findings: readonly Finding[], keys: ReadonlySet<string>): readonly Finding[] {
  const others = new Map<string, string[]>();
  const standing: Finding[] = [];
  for (const finding of findings) {
    const known = keys.has(finding.subject) ? others.get(finding.subject) : undefined;
    if (known) known.push(finding.rule);
    else {
      if (keys.has(finding.subject)) others.set(finding.subject, []);
      standing.push(finding);
    }
  }
  return standing.map((finding) => {
    const folded = others.get(finding.subject) ?? [];
    return folded.length === 0 ? finding : { ...finding, reasons: [...finding.reasons, ...folded] };
  });
}
