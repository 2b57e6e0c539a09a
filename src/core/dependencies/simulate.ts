import { normalQuantile } from '../metrics/normal.ts';
import { normalChances, reach, stepsPerUnit } from './chances.ts';
import { inOrder } from './network.ts';
import type { NodeId } from './network.ts';
import type { Remaining } from './plan.ts';

/** Numbers in [0, 1) from a seed: core makes no randomness of its own. */
export type CreateRandom = (seed: number) => () => number;

export interface UncertainNode {
  readonly id: NodeId;
  /** Null for a milestone by itself: it takes no time. */
  readonly remaining: Remaining | null;
  /** Nodes of one team are fast or slow together. */
  readonly team: string;
  readonly predecessors: readonly NodeId[];
}

export interface Simulation {
  /** Earliest finish in working days from as-of, a number a run, in order of run. */
  readonly finishes: ReadonlyMap<NodeId, Float64Array>;
  /** Share of the runs in which the node was on the critical path (criticality index). */
  readonly criticality: ReadonlyMap<NodeId, number>;
  /** Working days by which the end is expected to slip when the node takes one week more. */
  readonly delayContribution: ReadonlyMap<NodeId, number>;
}

const runs = 2000;
const workingWeek = 5;
/** How strongly items of one team share their fate (metrics.md 3.4). */
const correlation = 0.3;
/** Beyond the horizon of a forecast: later than any date that anyone holds on to. */
export const never = 10_000;

const normals = Float64Array.from({ length: 4096 }, (_, index) => normalQuantile((index + 0.5) / 4096));

/**
 * Critical paths under uncertainty (metrics.md 7.2): 2,000 runs. Each node draws from a stream of its own, named by the
 * seed and its id, so that the same node meets the same fate whatever else is in the network (common random numbers);
 * one more number a team is shared by all its nodes. `sinks` are what has to be reached; the end is the latest of them.
 */
export function simulate(
  nodes: readonly UncertainNode[],
  sinks: readonly NodeId[],
  { seed, createRandom }: { readonly seed: string; readonly createRandom: CreateRandom },
): Simulation {
  const network = compile(nodes, sinks);
  const draw = createDraws(network.nodes, { seed, createRandom });
  const finishes = new Map(sinks.map((id) => [id, new Float64Array(runs)]));
  const critical = new Float64Array(network.nodes.length);
  const delay = new Float64Array(network.nodes.length);
  const durations = new Float64Array(network.nodes.length);
  const early = new Float64Array(network.nodes.length);
  const late = new Float64Array(network.nodes.length);
  for (let run = 0; run < runs; run += 1) {
    draw(durations);
    forward(network, early, durations);
    let end = 0;
    for (const [id, times] of finishes) {
      const at = early[network.indexOf.get(id)!]!;
      times[run] = at;
      end = Math.max(end, at);
    }
    backward(network, late, { end, durations });
    for (let index = 0; index < early.length; index += 1) {
      const slack = late[index]! - early[index]!;
      if (slack <= 1e-9 * Math.max(1, end)) critical[index]! += 1;
      // One more week on a node moves the end by what its slack does not take up.
      delay[index]! += Math.max(0, workingWeek - Math.max(0, slack));
    }
  }
  const shareOf = (sums: Float64Array) => new Map(network.nodes.map(({ id }, index) => [id, sums[index]! / runs]));
  return { finishes, criticality: shareOf(critical), delayContribution: shareOf(delay) };
}

/** The value that this share of the runs does not exceed. */
export function percentileOf(times: Float64Array, share: number): number {
  const sorted = Float64Array.from(times).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
}

interface Compiled {
  /** Each after all that it waits for. */
  readonly nodes: readonly UncertainNode[];
  readonly indexOf: ReadonlyMap<NodeId, number>;
  readonly before: readonly (readonly number[])[];
  readonly isSink: readonly boolean[];
}

function compile(nodes: readonly UncertainNode[], sinks: readonly NodeId[]): Compiled {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const order = inOrder({
    durations: new Map(nodes.map(({ id }) => [id, 0])),
    predecessors: new Map(nodes.map(({ id, predecessors }) => [id, predecessors])),
  });
  const indexOf = new Map(order.map((id, index) => [id, index]));
  const ends = new Set(sinks);
  return {
    nodes: order.map((id) => byId.get(id)!),
    indexOf,
    before: order.map((id) => byId.get(id)!.predecessors.map((one) => indexOf.get(one)!)),
    isSink: order.map((id) => ends.has(id)),
  };
}

function forward({ before }: Compiled, early: Float64Array, durations: Float64Array): void {
  for (let index = 0; index < early.length; index += 1) {
    let start = 0;
    for (const one of before[index]!) start = Math.max(start, early[one]!);
    early[index] = start + durations[index]!;
  }
}

/** Latest finishes that do not move the end; what leads to no sink may take for ever. */
function backward(
  { before, isSink }: Compiled,
  late: Float64Array,
  { end, durations }: { readonly end: number; readonly durations: Float64Array },
): void {
  for (let index = 0; index < late.length; index += 1) late[index] = isSink[index] ? end : Infinity;
  for (let index = late.length - 1; index >= 0; index -= 1) {
    const start = late[index]! - durations[index]!;
    for (const one of before[index]!) late[one] = Math.min(late[one]!, start);
  }
}

/** Durations along an even grid of the normal scale: a draw is a look-up. */
function tableOf(remaining: Remaining): Float64Array {
  return Float64Array.from(normalChances, (chance) => Math.min(never, remaining.quantile(chance)));
}

/** Fills in the durations of the next run. Nothing is kept of a run but the place of each stream. */
function createDraws(
  nodes: readonly UncertainNode[],
  { seed, createRandom }: { readonly seed: string; readonly createRandom: CreateRandom },
): (durations: Float64Array) => void {
  const teams = [...new Set(nodes.map(({ team }) => team))];
  const numberOf = new Map(teams.map((team, index) => [team, index]));
  const teamRandoms = teams.map((team) => createRandom(hash(`${seed} team ${team}`)));
  const shared = new Float64Array(teams.length);
  const tables = new Map<Remaining, Float64Array>();
  const drawn = nodes.flatMap(({ id, team, remaining }, index) => {
    if (remaining === null) return [];
    const table = tables.get(remaining) ?? tableOf(remaining);
    tables.set(remaining, table);
    return [{ index, team: numberOf.get(team)!, table, random: createRandom(hash(`${seed} node ${id}`)) }];
  });
  return (durations) => {
    teamRandoms.forEach((random, index) => (shared[index] = normalFrom(random)));
    for (const { index, team, table, random } of drawn)
      durations[index] = lookUp(table, sharedPart * shared[team]! + ownPart * normalFrom(random));
  };
}

const sharedPart = Math.sqrt(correlation);
const ownPart = Math.sqrt(1 - correlation);

function normalFrom(random: () => number): number {
  return normals[Math.floor(random() * normals.length)]!;
}

function lookUp(table: Float64Array, z: number): number {
  const place = Math.min(table.length - 1, Math.max(0, (z + reach) * stepsPerUnit));
  const low = Math.floor(place);
  const high = Math.min(table.length - 1, low + 1);
  return table[low]! + (place - low) * (table[high]! - table[low]!);
}

/** FNV-1a: the same text, the same seed, on every machine. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193);
  }
  return value >>> 0;
}
