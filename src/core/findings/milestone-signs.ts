import { planConflicts } from '../dependencies/order-conflicts.ts';
import type { MilestoneFigures } from '../metrics/metrics.ts';
import { orderOfWork } from './order-of-work.ts';
import type { RuleInput } from './rule.ts';

/** Reason codes of a milestone (metrics.md 4.4). */
export const milestoneSigns = ['SPI_T_LOW', 'STEADY_SLIP', 'ORDER_CONFLICT', 'DEPENDS_ON_LATE'] as const;
export type MilestoneSign = (typeof milestoneSigns)[number];

const lowSpiT = 0.9;
const steadySlope = 0.3;

/**
 * What speaks for a milestone being missed beside its odds (metrics.md 4.4): the project's SPI(t) below 0.9, a date that
 * runs away by 0.3 days a day and more, an order of work that contradicts itself, an item that waits for another late
 * milestone. SPI(t) of grade D says nothing. The conflicts of the plan are worked out once for all that are asked about.
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
  return (milestone) => {
    const { openKeys, trend, id } = milestone;
    const waitsFor = openKeys.flatMap((key) => view.itemsByKey.get(key)?.blocks.flatMap(({ by }) => by ?? []) ?? []);
    const holds: Readonly<Record<MilestoneSign, boolean>> = {
      SPI_T_LOW: isSlow,
      STEADY_SLIP: trend !== null && trend.slope !== null && trend.slope >= steadySlope,
      ORDER_CONFLICT: openKeys.some((key) => conflicts().has(key)),
      DEPENDS_ON_LATE: waitsFor.some((key) => lateKeys.has(key) && lateKeys.get(key) !== id),
    };
    return milestoneSigns.filter((sign) => holds[sign]);
  };
}
