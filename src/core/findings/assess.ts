import type { Metrics } from '../metrics/metrics.ts';
import type { ProjectView } from '../metrics/view.ts';
import type { Finding, Severity } from './finding.ts';
import { rules } from './rules.ts';
import type { RuleName } from './rules.ts';
import type { RuleInput } from './rule.ts';

const weightOf: Readonly<Record<Severity, number>> = { high: 3, medium: 2, low: 1, info: 0 };
const ruleOrder = Object.keys(rules) as readonly RuleName[];
/** A date this close makes what touches it weigh more (metrics.md 4.3, impact). */
const closeWorkingDays = 10;
const leftoverWorkingDays = 60;

/**
 * All that the rules find, what matters most first: by severity, then by what it holds up (a milestone close to its
 * date, one with a date, none), then by the order of the registry and of the rule. Several findings about one item are
 * one trouble: the heaviest stands, and names the others under `reasons`.
 */
export function assess(input: RuleInput): readonly Finding[] {
  const found = ruleOrder.flatMap((name) => rules[name](input));
  const impactOf = createImpact(input.metrics, input.view);
  const heaviestFirst = found
    .map((finding, index) => ({ finding, index, impact: impactOf(finding) }))
    .sort(
      (a, b) => weightOf[b.finding.severity] - weightOf[a.finding.severity] || b.impact - a.impact || a.index - b.index,
    )
    .map(({ finding }) => finding);
  return foldByItem(heaviestFirst, new Set(input.view.itemsByKey.keys()));
}

function createImpact({ milestones }: Metrics, { calendar, today }: ProjectView): (finding: Finding) => number {
  const impacts = new Map<string, number>();
  for (const { id, kind, state, currentOn, openKeys } of milestones) {
    if (state !== 'open' || kind === 'item' || currentOn === null) continue;
    const left = calendar.distance(today, currentOn);
    if (left < -leftoverWorkingDays) continue;
    const impact = left <= closeWorkingDays ? 2 : 1;
    for (const subject of [id, ...openKeys]) impacts.set(subject, Math.max(impact, impacts.get(subject) ?? 0));
  }
  return ({ subject }) => impacts.get(subject) ?? 0;
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
