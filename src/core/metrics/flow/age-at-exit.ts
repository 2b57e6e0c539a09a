import { dayMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import { keysOf } from '../../view/item-key.ts';
import type { ItemView } from '../../view/view.ts';
import type { AgeAtExit } from '../figures.ts';
import type { Proof } from '../figure.ts';
import { gradeOf } from '../grade.ts';
import { nearestRank } from '../statistics.ts';
import { inclusiveDays } from './flow-base.ts';
import type { FlowBase } from './flow-base.ts';
import { placeReader } from './stages.ts';

/** Stays that ended longer ago are of another way of working. */
const recentDays = 180;

/** One item's last leaving of one place. */
interface Exit {
  readonly item: ItemView;
  readonly place: string;
  readonly at: Instant;
  readonly age: number;
}

/**
 * Age on leaving each column of the board, or each started status where no one board is known (metrics.md 2.2, "also by
 * column"), in inclusive days since the first start, for items that left it in the last 180 days. An item that comes
 * back is counted when it left for the last time. One that is older while still there is late for its place.
 */
export function ageAtExitDays(base: FlowBase): Proof<AgeAtExit> {
  const { view } = base;
  const since = view.asOf - recentDays * dayMs;
  const exits = exitsSince(base, since);
  const ages = new Map<string, number[]>();
  for (const { place, age } of exits) {
    const known = ages.get(place);
    if (known) known.push(age);
    else ages.set(place, [age]);
  }
  const byPlace = [...ages].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    figure: {
      value:
        exits.length === 0
          ? null
          : Object.fromEntries(
              byPlace.map(([place, some]) => [place, { p85: nearestRank(some, 0.85)!, n: some.length }]),
            ),
      unit: 'day',
      n: exits.length,
      window: { from: since, to: view.asOf },
      grade: gradeOf(exits.length),
      flags: exits.length === 0 ? ['noItems'] : [],
      evidence: keysOf(new Set(exits.map(({ item }) => item))),
    },
    parts: () =>
      exits.map(({ item, place, at, age }) => ({ key: item.key, value: age, from: item.startedAt, to: at, place })),
    excluded: [],
  };
}

function exitsSince({ view }: FlowBase, since: Instant): readonly Exit[] {
  const placeOf = placeReader(view.boards);
  const exits: Exit[] = [];
  const leftAt = new Map<string, Instant>();
  for (const item of view.counted) {
    const { past, startedAt, isComplete } = item;
    if (!isComplete || startedAt === null || past.status.length < 2 || past.status.at(-1)!.at <= since) continue;
    leftAt.clear();
    let place = placeOf(past.status[0].value);
    for (const { at, value } of past.status) {
      const next = placeOf(value);
      if (place !== null && next !== place) leftAt.set(place, at);
      place = next;
    }
    for (const [left, at] of leftAt)
      if (at > since) exits.push({ item, place: left, at, age: inclusiveDays(view, startedAt, at) });
  }
  return exits;
}
