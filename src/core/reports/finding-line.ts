import type { Finding } from '../findings/finding.ts';
import type { RefOf } from './item-ref.ts';
import type { FindingLine } from './report.ts';

/** Names of items that one line can bear. */
const named = 3;

export function findingLine(finding: Finding, refOf: RefOf): FindingLine {
  const { by } = finding.facts;
  const blockers = Array.isArray(by) ? (by as readonly string[]) : [];
  return {
    ...finding,
    count: 1,
    items: finding.evidence.slice(0, named).map(refOf),
    blockers: blockers.slice(0, named).map(refOf),
  };
}

/**
 * One line a rule where the findings are about items: "7 items in progress without owner" tells more, in less room, than
 * the first three of them. Each line stands where its heaviest finding stood, and tells that one's facts.
 */
export function foldByRule(
  findings: readonly Finding[],
  isItem: (subject: string) => boolean,
  refOf: RefOf,
): FindingLine[] {
  const lines = new Map<string, Finding[]>();
  for (const finding of findings) {
    const line = isItem(finding.subject) ? finding.rule : finding.fingerprint;
    lines.set(line, [...(lines.get(line) ?? []), finding]);
  }
  return [...lines.values()].map((alike) => {
    const evidence = [...new Set(alike.flatMap(({ evidence }) => evidence))];
    return { ...findingLine({ ...alike[0]!, evidence }, refOf), count: alike.length };
  });
}
