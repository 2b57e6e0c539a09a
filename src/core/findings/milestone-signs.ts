import { planConflicts } from '../dependencies/order-conflicts.ts';
import { buffersOf, milestonesWithBuffers } from '../metrics/milestones/planned-buffer.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import { orderOfWork } from './order-of-work.ts';
import type { RuleInput } from './rule.ts';

/** Reason codes of a milestone (metrics.md 4.4). */
export const milestoneSigns = [
  'SPI_T_LOW',
  'STEADY_SLIP',
  'BUFFER_RED',
  'ORDER_CONFLICT',
  'DEPENDS_ON_LATE',
  'OPAQUE_DEPENDENCY',
] as const;
export type MilestoneSign = (typeof milestoneSigns)[number];

const lowSpiT = 0.9;
const steadySlope = 0.3;

/**
 * What speaks for a milestone being missed beside its odds (metrics.md 4.4): the project's SPI(t) below 0.9, a date that
 * runs away by 0.3 days a day and more, a buffer that is used up faster than the work goes (1.7; asked of the first
 * promises only), an order of work that contradicts itself, an item that waits for another late milestone, or for
 * something of which nothing is known (7.1). SPI(t) of grade D says nothing. The conflicts of the plan are worked out once
 * for all that are asked about.
 */
export function createMilestoneSigns(input: RuleInput): (milestone: MilestoneFigures) => MilestoneSign[] {
  const { view, metrics } = input;
  const { spiT } = metrics.figures;
  const isSlow = spiT.value !== null && spiT.grade !== 'D' && spiT.value < lowSpiT;
  const late = metrics.milestones.filter(({ state, health }) => state === 'open' && health.current.colour === 'red');
  const lateKeys = new Map(late.flatMap(({ id, openKeys }) => openKeys.map((key) => [key, id])));
  let conflicting: ReadonlySet<string> | null = null;
  const conflicts = () =>
    (conflicting ??= new Set(
      planConflicts(orderOfWork(input), view.calendar, view.today).map(({ blocked }) => blocked.id),
    ));
  let waitingBlindly: ReadonlySet<string> | null = null;
  const opaque = () => (waitingBlindly ??= new Set(orderOfWork(input).opaque.map(({ blocked }) => blocked)));
  const bufferOf = buffersOf(view);
  const withBuffers = new Set(milestonesWithBuffers(metrics).map(({ id }) => id));
  return (milestone) => {
    const { openKeys, trend, id } = milestone;
    const waitsFor = openKeys.flatMap((key) => view.itemsByKey.get(key)?.blocks.flatMap(({ by }) => by ?? []) ?? []);
    const holds: Readonly<Record<MilestoneSign, boolean>> = {
      SPI_T_LOW: isSlow,
      STEADY_SLIP: trend !== null && trend.slope !== null && trend.slope >= steadySlope,
      BUFFER_RED: withBuffers.has(id) && bufferOf(milestone)?.zone === 'red',
      ORDER_CONFLICT: openKeys.some((key) => conflicts().has(key)),
      DEPENDS_ON_LATE: waitsFor.some((key) => lateKeys.has(key) && lateKeys.get(key) !== id),
      OPAQUE_DEPENDENCY: openKeys.some((key) => opaque().has(key)),
    };
    return milestoneSigns.filter((sign) => holds[sign]);
  };
}
