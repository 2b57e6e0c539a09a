import { dayMs } from '../../time/instant.ts';
import type { AgeAtExit } from '../metrics.ts';
import type { Figure } from '../figure.ts';
import { gradeOf } from '../grade.ts';
import { nearestRank } from '../statistics.ts';
import { inclusiveDays } from './flow-base.ts';
import type { FlowBase } from './flow-base.ts';

/** Stays that ended longer ago are of another way of working. */
const recentDays = 180;

/**
 * Age on leaving each started status (metrics.md 2.2, "also by column"), in inclusive days since the first start, over
 * the stays that ended in the last 180 days. An item that is older while still there is late for its place on the board.
 */
export function ageAtExitDays({ view }: FlowBase): Figure<AgeAtExit> {
  const since = view.asOf - recentDays * dayMs;
  const ages = new Map<string, number[]>();
  let n = 0;
  for (const { past, startedAt, isComplete } of view.counted) {
    if (!isComplete || startedAt === null || past.status.length < 2) continue;
    past.status.forEach(({ value }, index) => {
      const next = past.status[index + 1];
      if (!next || value.phase !== 'started' || value.name === null || next.value.id === value.id || next.at <= since)
        return;
      const known = ages.get(value.name);
      const age = inclusiveDays(view, startedAt, next.at);
      n += 1;
      if (known) known.push(age);
      else ages.set(value.name, [age]);
    });
  }
  const names = [...ages.keys()].sort();
  return {
    value:
      n === 0
        ? null
        : Object.fromEntries(
            names.map((name) => [name, { p85: nearestRank(ages.get(name)!, 0.85)!, n: ages.get(name)!.length }]),
          ),
    unit: 'day',
    n,
    window: { from: since, to: view.asOf },
    grade: gradeOf(n),
    flags: n === 0 ? ['noItems'] : [],
    evidence: [],
  };
}
