import * as fc from '../../../property.ts';
import type { SprintItem } from '../../../../src/core/metrics/sprints/sprint.ts';
import { parseInstant } from '../../../../src/core/time/instant.ts';
import type { Step, Timeline } from '../../../../src/core/view/timeline.ts';

/** An instant of 2026, noon unless said otherwise. */
export const at = (text: string) => parseInstant(`2026-${text}${text.length === 5 ? 'T12:00' : ''}Z`)!;
export const startedAt = at('05-04T08:00');
export const endedAt = at('05-18T08:00');

export interface Told {
  readonly created?: string;
  /** Value at creation, then changes. */
  readonly isIn?: [boolean, ...[string, boolean][]];
  readonly done?: [string, boolean][];
  readonly points?: [number | null, ...[string, number | null][]];
}

export function anItem(
  key: string,
  { created = '05-01T09:00', isIn = [true], done = [], points = [1] }: Told,
): SprintItem {
  const createdAt = at(created);
  const line = <T>(first: T, steps: readonly [string, T][]): Timeline<T> => [
    { at: createdAt, value: first },
    ...steps.map(([when, value]): Step<T> => ({ at: at(when), value })),
  ];
  const [inAtFirst, ...moves] = isIn;
  const [firstPoints, ...estimates] = points;
  return {
    key,
    createdAt,
    membership: line(inAtFirst, moves),
    doneness: line(false, done),
    estimate: line(firstPoints, estimates),
  };
}

const minute = fc.integer({ min: -4000, max: 24_000 });
const flips = <T>(value: fc.Arbitrary<T>) => fc.array(fc.tuple(minute, value), { maxLength: 6 });
/** An item that comes, goes, is done, reopened and re-estimated at any moment. */
export const anyItem = fc
  .record({
    created: minute,
    wasIn: fc.boolean(),
    moves: flips(fc.boolean()),
    dones: flips(fc.boolean()),
    points: fc.option(fc.integer({ min: 0, max: 13 })),
    estimates: flips(fc.option(fc.integer({ min: 0, max: 13 }))),
  })
  .map(({ created, wasIn, moves, dones, points, estimates }): Omit<SprintItem, 'key'> => {
    const createdAt = startedAt + created * 60_000;
    const line = <T>(first: T, steps: readonly [number, T][]): Timeline<T> => [
      { at: createdAt, value: first },
      ...steps
        .map(([when, value]) => ({ at: Math.max(createdAt, startedAt + when * 60_000), value }))
        .sort((a, b) => a.at - b.at),
    ];
    return {
      createdAt,
      membership: line(wasIn, moves),
      doneness: line(false, dones),
      estimate: line(points, estimates),
    };
  });
