import { askedChances } from './chances.ts';
import type { PlanItem, PlanMilestone, ProjectPlan, Remaining } from './plan.ts';

/** Working days at each of `askedChances`; null for beyond any horizon. */
type OddsTable = readonly (number | null)[];
/** With the number of its odds among the tables; null without odds. */
type Written<Node> = Omit<Node, 'remaining'> & { readonly remaining: number | null };

/** A plan as plain data, to be kept: odds that several items share stand there once. */
export interface WrittenPlan extends Omit<ProjectPlan, 'items' | 'milestones'> {
  readonly items: readonly Written<PlanItem>[];
  readonly milestones: readonly Written<PlanMilestone>[];
  readonly odds: readonly OddsTable[];
}

/** A plan as plain data, to be kept or sent to another thread; odds that several share are written once. */
export function writePlan(plan: ProjectPlan): WrittenPlan {
  const numbers = new Map<Remaining, number>();
  const numberOf = (remaining: Remaining | null) => {
    if (remaining === null) return null;
    const number = numbers.get(remaining) ?? numbers.size;
    numbers.set(remaining, number);
    return number;
  };
  const write = <Node extends PlanItem | PlanMilestone>(node: Node) => ({
    ...node,
    remaining: numberOf(node.remaining),
  });
  const written = { ...plan, items: plan.items.map(write), milestones: plan.milestones.map(write) };
  return { ...written, odds: [...numbers.keys()].map(tableOf) };
}

/** The plan that was written: its odds are known at `askedChances` and nowhere else. */
export function readPlan({ odds, ...plan }: WrittenPlan): ProjectPlan {
  const known = odds.map(oddsOf);
  const remainingOf = ({ remaining }: { readonly remaining: number | null }) =>
    remaining === null ? null : known[remaining]!;
  return {
    ...plan,
    items: plan.items.map((item) => ({ ...item, remaining: remainingOf(item) })),
    milestones: plan.milestones.map((milestone) => ({ ...milestone, remaining: remainingOf(milestone) })),
  };
}

function tableOf(remaining: Remaining): OddsTable {
  return askedChances.map((chance) => {
    const days = remaining.quantile(chance);
    return days === Infinity ? null : days;
  });
}

function oddsOf(table: OddsTable): Remaining {
  const days = new Map(askedChances.map((chance, index) => [chance, table[index] ?? Infinity]));
  return {
    quantile(chance) {
      const found = days.get(chance);
      if (found === undefined) throw new Error(`the odds of a kept plan are not known at ${chance}`);
      return found;
    },
  };
}
