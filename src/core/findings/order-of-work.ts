import { joinPlans } from '../dependencies/graph.ts';
import type { DependencyGraph } from '../dependencies/graph.ts';
import { projectPlan } from '../dependencies/project-plan.ts';
import type { RuleInput } from './rule.ts';

const graphs = new WeakMap<RuleInput, DependencyGraph>();

/** The links of a project, and of what it waits for, as a graph: made once for all the rules that are asked together. */
export function orderOfWork(input: RuleInput): DependencyGraph {
  const known = graphs.get(input);
  if (known) return known;
  const { view, metrics, previous } = input;
  const since = previous?.asOf ?? view.asOf;
  const graph = joinPlans([projectPlan({ view, metrics, since, deciding: null, withForecasts: false })]);
  graphs.set(input, graph);
  return graph;
}
