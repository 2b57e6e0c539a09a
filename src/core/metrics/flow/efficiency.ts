import { dayMs } from '../../time/instant.ts';
import type { ItemView } from '../../view/view.ts';
import type { Excluded, Proof } from '../figure.ts';
import type { BlockedDays } from '../figures.ts';
import { exclusionsOf } from '../figure.ts';
import { gradeOf, share, worse } from '../grade.ts';
import { keysOf } from '../../view/item-key.ts';
import { bestGrade, recent, windowOf } from './flow-base.ts';
import type { FlowBase } from './flow-base.ts';
import { idleReasons, idleSpans, lengthOf } from './idle-spans.ts';
import type { IdleReason } from './idle-spans.ts';

/** One delivered item: how long it took, and how much of that nobody worked on it; in milliseconds. */
interface Effort {
  readonly item: ItemView;
  readonly elapsed: number;
  readonly idle: Readonly<Record<IdleReason, number>>;
  readonly blocked: number;
  readonly anyIdle: number;
}

/** What both figures here are made from: delivered items with a start, a finish and a whole history. */
export interface Efforts {
  readonly base: FlowBase;
  readonly population: readonly ItemView[];
  readonly efforts: readonly Effort[];
  readonly excluded: readonly Excluded[];
}

/**
 * The delivered items of the last 90 days, or the last 100, with the time each was worked on and waited (metrics.md 2.2).
 * Those whose start is not known are set aside and named.
 */
export function effortsOf(base: FlowBase): Efforts {
  const { view } = base;
  const population = recent(view, base.delivered);
  const measured = population.filter(({ startedAt, isComplete }) => startedAt !== null && isComplete);
  return {
    base,
    population,
    efforts: measured.map((item) => effortOf(base, item)),
    excluded: [
      { reason: 'truncatedHistory', items: population.filter(({ isComplete }) => !isComplete) },
      {
        reason: 'neverStarted',
        items: population.filter(({ isComplete, startedAt }) => isComplete && startedAt === null),
      },
    ],
  };
}

function effortOf({ view }: FlowBase, item: ItemView): Effort {
  const spans = idleSpans(view, item, { from: item.startedAt!, to: item.doneAt! });
  const blockedSpans = [...spans.flagged, ...spans.status, ...spans.link];
  return {
    item,
    elapsed: item.doneAt! - item.startedAt!,
    idle: Object.fromEntries(idleReasons.map((reason) => [reason, lengthOf(spans[reason])])) as Effort['idle'],
    blocked: lengthOf(blockedSpans),
    anyIdle: lengthOf([...blockedSpans, ...spans.stalled]),
  };
}

/**
 * Flow efficiency (metrics.md 2.2, vector T14): the part of the time from start to finish in which work was neither
 * blocked nor left alone for five days. Over all items together, so that a long one weighs more than a short one.
 */
export function flowEfficiency(efforts: Efforts): Proof {
  const elapsed = sum(efforts, ({ elapsed: own }) => own);
  const value = elapsed > 0 ? 1 - sum(efforts, ({ anyIdle }) => anyIdle) / elapsed : null;
  return {
    ...proofOf(efforts, value, 'ratio'),
    parts: () =>
      efforts.efforts.map(({ item, elapsed: own, anyIdle }) => ({
        key: item.key,
        value: own > 0 ? 1 - anyIdle / own : null,
        from: item.startedAt,
        to: item.doneAt,
      })),
  };
}

/** Days between start and finish in which delivered items could not go on (metrics.md 2.2), in all and by reason. */
export function blockedDays(efforts: Efforts): Proof<BlockedDays> {
  const days = (of: (effort: Effort) => number) => sum(efforts, of) / dayMs;
  const value =
    efforts.efforts.length === 0
      ? null
      : {
          all: days(({ blocked }) => blocked),
          flagged: days(({ idle }) => idle.flagged),
          status: days(({ idle }) => idle.status),
          link: days(({ idle }) => idle.link),
        };
  return {
    ...proofOf(efforts, value, 'day'),
    parts: () =>
      efforts.efforts
        .filter(({ blocked }) => blocked > 0)
        .map(({ item, blocked }) => ({
          key: item.key,
          value: blocked / dayMs,
          from: item.startedAt,
          to: item.doneAt,
        })),
  };
}

function sum({ efforts }: Efforts, of: (effort: Effort) => number): number {
  return efforts.reduce((total, effort) => total + of(effort), 0);
}

function proofOf<T>(
  { base, population, efforts, excluded }: Efforts,
  value: T | null,
  unit: string,
): Omit<Proof<T>, 'parts'> {
  const cut = excluded[0]!.items.length;
  return {
    figure: {
      value,
      unit,
      n: efforts.length,
      window: windowOf(base.view, population),
      grade: worse(gradeOf(efforts.length, share(cut, population.length)), bestGrade(excluded, population.length)),
      flags: value === null ? [cut > 0 ? 'noHistory' : 'noItems'] : [],
      evidence: keysOf(efforts.map(({ item }) => item)),
      ...exclusionsOf(excluded),
    },
    excluded,
  };
}
