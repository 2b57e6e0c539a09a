/** What a person can do in a window, in hours (metrics.md 6.1). */
export interface CapacityInput {
  /** Working days of the person's calendar, and how many of them are taken off. */
  readonly workingDays: number;
  readonly daysOff: number;
  readonly hoursPerDay: number;
  /** Part of the day that goes into planned work, such as 0.8. */
  readonly focus: number;
}

export type AllocationState = 'free' | 'full' | 'over' | 'absent';

/** Up to this load nobody has to act: plans are rough (metrics.md 6.1). */
const alertAllocation = 1.2;

/** Hours for planned work. Vector T22. */
export function capacityHours({ workingDays, daysOff, hoursPerDay, focus }: CapacityInput): number {
  return Math.max(0, workingDays - daysOff) * hoursPerDay * focus;
}

/** Load over capacity; null when there is no capacity, which with any load is "absent with work", not infinity. */
export function allocationOf(loadHours: number, capacity: number): number | null {
  return capacity > 0 ? loadHours / capacity : null;
}

/** `over` above 1.0; `absent` when there is work and nobody there. */
export function allocationState(loadHours: number, capacity: number): AllocationState {
  const allocation = allocationOf(loadHours, capacity);
  if (allocation === null) return loadHours > 0 ? 'absent' : 'free';
  return allocation > 1 ? 'over' : allocation === 1 ? 'full' : 'free';
}

/** Over-allocated enough to tell somebody: above 1.2 in each of two weeks running. */
export function isOverloaded(weeks: readonly (number | null)[]): boolean {
  return weeks.some((allocation, index) => {
    const before = weeks[index - 1];
    return index > 0 && (allocation ?? 0) > alertAllocation && (before ?? 0) > alertAllocation;
  });
}
