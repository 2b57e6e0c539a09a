import { dayMs } from '../../time/instant.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import type { Excluded, Proof } from '../figure.ts';
import { exclusionsOf, intervalOf } from '../figure.ts';
import { gradeOf, share } from '../grade.ts';
import { keysOf } from '../../view/item-key.ts';
import { recent, recentDays, windowOf } from './flow-base.ts';
import type { FlowBase } from './flow-base.ts';

const reopenDays = 30;
/** Bugs are counted against what was finished in the same four weeks. */
const densityDays = 28;
/** A bug that comes up later than this after a release is not blamed on it (metrics.md 2.2). */
const escapeDays = 90;

/** Share of the delivered items that nobody ever saw in progress (metrics.md 2.1). */
export function completedNotStarted({ view, delivered }: FlowBase): Proof {
  const population = recent(view, delivered);
  const known = population.filter(({ isComplete, startedAt }) => isComplete || startedAt !== null);
  const cut = population.filter(({ isComplete, startedAt }) => !isComplete && startedAt === null);
  const skipped = known.filter(({ startedAt }) => startedAt === null);
  return shareOf(skipped, known, {
    window: windowOf(view, population),
    excluded: [{ reason: 'truncatedHistory', items: cut }],
  });
}

/**
 * Of the items first done in the 90 days that ended 30 days ago, the share that left done within 30 days. Younger ones
 * have not had their 30 days: to count them would make every recent month look better (metrics.md 2.2).
 */
export function reopenRate({ view }: FlowBase): Proof {
  const to = view.asOf - reopenDays * dayMs;
  return reopened(view.counted, { from: to - recentDays * dayMs, to });
}

/** The same of the last 30 days, which are not over: it can only grow. */
export function reopenRateSoFar({ view }: FlowBase): Proof {
  const proof = reopened(view.counted, { from: view.asOf - reopenDays * dayMs, to: view.asOf });
  return { ...proof, figure: { ...proof.figure, flags: [...proof.figure.flags, 'soFar'] } };
}

function reopened(items: readonly ItemView[], window: { readonly from: number; readonly to: number }): Proof {
  const cohort = items.filter(({ doneSpans, isDoneTimeKnown }) => {
    const firstAt = doneSpans[0]?.from;
    return firstAt !== undefined && isDoneTimeKnown && firstAt > window.from && firstAt <= window.to;
  });
  const known = cohort.filter(({ isComplete }) => isComplete);
  const back = known.filter(({ doneSpans: [first] }) => {
    return first!.until !== null && first!.until - first!.from <= reopenDays * dayMs;
  });
  const cut = cohort.filter(({ isComplete }) => !isComplete);
  return shareOf(back, known, { window, excluded: [{ reason: 'truncatedHistory', items: cut }] });
}

interface ShareParts {
  readonly window: { readonly from: number; readonly to: number };
  readonly excluded: readonly Excluded[];
}

/** How many of `whole` are in `part`; the evidence is the part, and every one of the whole is told as 0 or 1. */
function shareOf(part: readonly ItemView[], whole: readonly ItemView[], { window, excluded }: ShareParts): Proof {
  const left = excluded.reduce((sum, { items }) => sum + items.length, 0);
  const counted = new Set(part);
  return {
    figure: {
      value: whole.length > 0 ? part.length / whole.length : null,
      ...intervalOf(part.length, whole.length),
      unit: 'ratio',
      n: whole.length,
      window,
      grade: gradeOf(whole.length, share(left, whole.length + left)),
      flags: whole.length > 0 ? [] : [left > 0 ? 'noHistory' : 'noItems'],
      evidence: keysOf(part),
      ...exclusionsOf(excluded),
    },
    parts: () => whole.map((item) => ({ key: item.key, value: Number(counted.has(item)), from: null, to: null })),
    excluded,
  };
}

/** Bugs created for each 100 items finished, in the last four weeks (metrics.md 2.2). */
export function defectsPer100Done({ view, delivered }: FlowBase): Proof {
  const isBug = bugTest(view);
  const from = view.asOf - densityDays * dayMs;
  const bugs = view.counted.filter((item) => isBug(item) && item.createdAt > from);
  const done = delivered.filter(({ doneAt }) => doneAt! > from).length;
  const hasBugs = view.counted.some(isBug);
  return {
    figure: {
      value: done > 0 && hasBugs ? (100 * bugs.length) / done : null,
      unit: 'bug/100 items',
      n: done,
      window: { from, to: view.asOf },
      grade: gradeOf(done),
      flags: [...(done === 0 ? ['noItems'] : []), ...(hasBugs ? [] : ['noBugType'])],
      evidence: keysOf(bugs),
    },
    parts: () => bugs.map(({ key, createdAt }) => ({ key, value: null, from: createdAt, to: createdAt })),
    excluded: [],
  };
}

/**
 * Of the bugs that affect versions released in the 90 days that ended 90 days ago, the share that came up after the
 * release, in its first 90 days (metrics.md 2.2). Null where bugs do not name the version that they affect.
 */
export function defectEscapeRate({ view }: FlowBase): Proof {
  const isBug = bugTest(view);
  const to = view.asOf - escapeDays * dayMs;
  const from = to - escapeDays * dayMs;
  const releasedAt = new Map<string, number>();
  for (const { version, releasedOn, isReleaseDayKnown } of view.versions) {
    if (releasedOn === null || !isReleaseDayKnown) continue;
    const at = view.calendar.zone.endOf(releasedOn);
    if (at > from && at <= to) releasedAt.set(version.id, at);
  }
  const bugs = view.counted.filter(isBug).flatMap((item) => {
    const releases = item.affectsVersionIds.flatMap((id) => releasedAt.get(id) ?? []);
    if (releases.length === 0) return [];
    const first = Math.min(...releases);
    return item.createdAt > first + escapeDays * dayMs ? [] : [{ item, isEscaped: item.createdAt >= first }];
  });
  const escaped = bugs.filter(({ isEscaped }) => isEscaped).map(({ item }) => item);
  const proof = shareOf(
    escaped,
    bugs.map(({ item }) => item),
    { window: { from, to }, excluded: [] },
  );
  if (bugs.length > 0) return proof;
  return { ...proof, figure: { ...proof.figure, flags: [releasedAt.size === 0 ? 'noRelease' : 'noAffectedVersion'] } };
}

const usualDefectTypes = ['Bug', 'Defect'];

function bugTest({ settings }: ProjectView): (item: ItemView) => boolean {
  const names = new Set((settings.defectTypes ?? usualDefectTypes).map((name) => name.trim().toLowerCase()));
  return ({ type }) => names.has(type.name.trim().toLowerCase());
}
