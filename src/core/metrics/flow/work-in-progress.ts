import type { ItemView } from '../../view/view.ts';
import type { Excluded, Part, Proof } from '../figure.ts';
import { exclusionsOf } from '../figure.ts';
import { gradeOf, gradeOfGaps, share } from '../grade.ts';
import { keysOf } from '../../view/item-key.ts';
import type { Percentiles } from '../figures.ts';
import { inclusiveDays, percentiles } from './flow-base.ts';
import type { FlowBase } from './flow-base.ts';

/** With more gaps than this (grade D) a count says nothing: it is unknown, not small. */
export const blindShare = 0.3;

const justItself = ({ key }: ItemView): Part => ({ key, value: null, from: null, to: null });

/** Started and not done (metrics.md 2.2). Without a history the status of then tells, where it is known. */
export function wip({ view }: FlowBase): Proof {
  const open = view.counted.filter(({ isDone }) => !isDone);
  const started = open.filter(({ startedAt, status }) => startedAt !== null || status.phase === 'started');
  const excluded: Excluded[] = [
    { reason: 'statusUnknown', items: open.filter(({ isComplete, status }) => !isComplete && status.name === null) },
  ];
  const missing = share(excluded[0]!.items.length, open.length);
  const isBlind = missing > blindShare;
  return {
    figure: {
      value: isBlind ? null : started.length,
      unit: 'item',
      n: started.length,
      window: null,
      grade: gradeOfGaps(missing),
      flags: isBlind ? ['noHistory'] : [],
      evidence: keysOf(started),
      ...exclusionsOf(excluded),
    },
    parts: () =>
      started.map((item) =>
        item.startedAt === null
          ? justItself(item)
          : { key: item.key, value: null, from: item.startedAt, to: view.asOf },
      ),
    excluded,
  };
}

/** Age of the work in progress (metrics.md 2.2): inclusive days since the first start. */
export function ageDays({ view }: FlowBase): Proof<Percentiles> {
  const items = view.counted.filter(({ startedAt, isDone }) => startedAt !== null && !isDone);
  const excluded: Excluded[] = [{ reason: 'startUnknown', items: view.counted.filter(isStartUnknown) }];
  const unknown = excluded[0]!.items.length;
  const values = items.map(({ startedAt }) => inclusiveDays(view, startedAt!, view.asOf));
  return {
    figure: {
      value: percentiles(values),
      unit: 'day',
      n: items.length,
      window: null,
      grade: gradeOf(items.length, share(unknown, items.length + unknown)),
      flags: items.length > 0 ? [] : [unknown > 0 ? 'noHistory' : 'noItems'],
      evidence: keysOf(items),
      ...exclusionsOf(excluded),
    },
    parts: () =>
      items.map(({ key, startedAt }, index) => ({ key, value: values[index]!, from: startedAt, to: view.asOf })),
    excluded,
  };
}

/** Open, and nobody can say whether or since when it is being worked on. */
export function isStartUnknown({ isDone, isComplete, startedAt, status }: ItemView): boolean {
  return !isDone && !isComplete && startedAt === null && (status.name === null || status.phase === 'started');
}

/**
 * Open items that cannot go on: flagged, in a blocked status, or waiting for one that is not done (metrics.md 2.2). Unknown
 * where more than three in ten wait for items of which nothing is known.
 */
export function blocked({ view }: FlowBase): Proof {
  const open = view.counted.filter(({ isDone }) => !isDone);
  const held = open.filter(({ blocks }) => blocks.length > 0);
  const excluded: Excluded[] = [
    {
      reason: 'unknownBlockers',
      items: open.filter(({ blocks, unknownBlockers }) => blocks.length === 0 && unknownBlockers.length > 0),
    },
  ];
  const unknown = share(excluded[0]!.items.length, open.length);
  return {
    figure: {
      value: unknown > blindShare ? null : held.length,
      unit: 'item',
      n: held.length,
      window: null,
      grade: gradeOfGaps(unknown),
      flags: excluded[0]!.items.length > 0 ? ['unknownBlockers'] : [],
      evidence: keysOf(held),
      ...exclusionsOf(excluded),
    },
    parts: () => held.map(({ key, blocks }) => ({ key, value: null, from: blocks[0]!.since, to: view.asOf })),
    excluded,
  };
}
