import type { Finding } from '../findings/finding.ts';
import type { ItemRef, RefOf } from './item-ref.ts';

/** A finding, or several of one rule: then `facts` are those of the worst, and `evidence` is that of all. */
export interface FindingLine extends Finding {
  readonly count: number;
  readonly items: readonly ItemRef[];
  /** The first milestones that they are about; empty for findings about items. */
  readonly milestones: readonly string[];
  /** What holds the worst of them up. */
  readonly blockers: readonly ItemRef[];
  /** What the one blocker waits for in turn, nearest first. */
  readonly chain: readonly ItemRef[];
}

/** Names that one line can bear. */
const named = 3;

/** One finding by itself. */
export function findingLine(finding: Finding, refOf: RefOf): FindingLine {
  return lineOf([finding], refOf);
}

/**
 * One line a rule (and a status, where the rule is about one): "7 items in progress without owner" tells more, in less
 * room, than the first three of them. Each line stands where its heaviest finding stood, and tells that one's facts.
 */
export function foldByRule(findings: readonly Finding[], refOf: RefOf): readonly FindingLine[] {
  const alike = new Map<string, Finding[]>();
  for (const finding of findings) {
    const kind = `${finding.rule} ${String(finding.facts['status'] ?? '')}`;
    alike.set(kind, [...(alike.get(kind) ?? []), finding]);
  }
  return [...alike.values()].map((group) => lineOf(group, refOf));
}

function lineOf(alike: readonly Finding[], refOf: RefOf): FindingLine {
  const worst = alike[0]!;
  const evidence = [...new Set(alike.flatMap(({ evidence }) => evidence))];
  const keysIn = (fact: string): readonly string[] => {
    const value = worst.facts[fact];
    return Array.isArray(value) ? (value as readonly string[]) : [];
  };
  return {
    ...worst,
    evidence,
    count: alike.length,
    items: evidence.slice(0, named).map(refOf),
    milestones: alike
      .slice(0, named)
      .flatMap(({ facts }) => (typeof facts['milestone'] === 'string' ? [facts['milestone']] : [])),
    blockers: keysIn('by').slice(0, named).map(refOf),
    chain: keysIn('chain').map(refOf),
  };
}
