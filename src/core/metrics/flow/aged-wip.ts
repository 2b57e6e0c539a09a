import { keysOf } from '../../view/item-key.ts';
import type { ItemView } from '../../view/view.ts';
import type { Excluded, Figure, Proof } from '../figure.ts';
import { exclusionsOf } from '../figure.ts';
import { gradeOfGaps, share, worse } from '../grade.ts';
import type { AgeAtExit } from '../figures.ts';
import { inclusiveDays } from './flow-base.ts';
import type { FlowBase } from './flow-base.ts';
import { placeReader } from './stages.ts';
import { isStartUnknown } from './work-in-progress.ts';

/** Fewer than these give no P85 that an age may be held against (metrics.md 2.2). */
const leastSample = 12;

/** What an age is held against: P85 of the cycle times, and of the ages on leaving each column. */
export interface AgeLimits {
  readonly sle: Figure;
  readonly atExit: Figure<AgeAtExit>;
}

/**
 * The ageing alarm (metrics.md 2.2): how many items in progress are as old as P85 of the cycle times, or older than P85
 * of the ages on leaving the column where they stand. Null while the past gives nothing to hold their ages against.
 */
export function agedWip({ view }: FlowBase, { sle, atExit }: AgeLimits): Proof {
  const placeOf = placeReader(view.boards);
  const sleLimit = sle.value !== null && sle.n >= leastSample ? sle.value : null;
  const exitLimit = ({ status }: ItemView): number | null => {
    const exit = atExit.value?.[placeOf(status) ?? ''];
    return exit && exit.n >= leastSample ? exit.p85 : null;
  };
  const held = view.counted
    .filter(({ startedAt, isDone }) => startedAt !== null && !isDone)
    .map((item) => ({ item, age: inclusiveDays(view, item.startedAt!, view.asOf), exit: exitLimit(item) }));
  const judged = sleLimit === null ? held.filter(({ exit }) => exit !== null) : held;
  const aged = judged.filter(
    // One day is not old, however fast the others were.
    ({ age, exit }) => age >= 2 && ((sleLimit !== null && age >= sleLimit) || (exit !== null && age > exit)),
  );
  const excluded: Excluded[] = [
    { reason: 'startUnknown', items: view.counted.filter(isStartUnknown) },
    {
      reason: 'littleHistory',
      items: sleLimit === null ? held.filter(({ exit }) => exit === null).map(({ item }) => item) : [],
    },
  ];
  const left = excluded.reduce((sum, { items }) => sum + items.length, 0);
  const isBlind = left > 0 && judged.length === 0;
  const byGaps = gradeOfGaps(share(left, judged.length + left));
  return {
    figure: {
      value: isBlind ? null : aged.length,
      unit: 'item',
      n: judged.length,
      window: null,
      grade: judged.length === 0 ? byGaps : worse(byGaps, sleLimit === null ? atExit.grade : sle.grade),
      flags: isBlind ? [held.length > 0 ? 'littleHistory' : 'noHistory'] : [],
      evidence: keysOf(aged.map(({ item }) => item)),
      ...exclusionsOf(excluded),
    },
    parts: () => aged.map(({ item, age }) => ({ key: item.key, value: age, from: item.startedAt, to: view.asOf })),
    excluded,
  };
}
