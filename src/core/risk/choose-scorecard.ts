import { itemRisk, logistic } from './item-risk.ts';
import { fitScorecard } from './fit-scorecard.ts';
import type { PastJudgement } from './judgements.ts';
import { reasonsOfRow } from './scorecard.ts';
import type { Scorecard } from './scorecard.ts';
import { aucOf, brierOf } from './scores.ts';
import type { Given } from './scores.ts';

/** A project's own weights need so many settled promises, and so many of them broken (metrics.md 4.3). */
const leastSettled = 200;
const leastLate = 30;
/** The first part of the past teaches, the rest tests. */
const taught = 0.8;

export interface ChosenScorecard {
  readonly scorecard: Scorecard;
  /** Own weights won in order of time; else those that the program comes with. */
  readonly isOwn: boolean;
}

/**
 * The project's own weights, if there is enough past and they did better than the usual ones on its later part, which
 * they had not seen: in both the order (AUC) and the size (Brier) of the chances. Else the usual ones.
 */
export function chooseScorecard(judgements: readonly PastJudgement[], usual: Scorecard): ChosenScorecard {
  const settled = new Map<string, boolean>();
  for (const { key, isLate } of judgements) settled.set(key, isLate);
  const late = [...settled.values()].filter(Boolean).length;
  if (settled.size < leastSettled || late < leastLate) return { scorecard: usual, isOwn: false };
  const { before, after } = splitInTime(judgements);
  const own = fit(before, usual);
  const wins =
    better(aucOf(judge(after, own)), aucOf(judge(after, usual)), 1) &&
    better(brierOf(judge(after, own)), brierOf(judge(after, usual)), -1);
  return wins ? { scorecard: fit(judgements, usual), isOwn: true } : { scorecard: usual, isOwn: false };
}

function better(one: number | null, other: number | null, sign: 1 | -1): boolean {
  return one !== null && other !== null && sign * (one - other) > 0;
}

/** Those promised in the first part and settled before the rest was promised; and the rest. */
export function splitInTime(judgements: readonly PastJudgement[]): {
  readonly before: readonly PastJudgement[];
  readonly after: readonly PastJudgement[];
} {
  const promisedAt = new Map<string, number>();
  for (const { key, committedAt } of judgements) promisedAt.set(key, committedAt);
  const promises = [...promisedAt.values()].sort((a, b) => a - b);
  const cutAt = promises[Math.floor(taught * promises.length)] ?? Infinity;
  return {
    before: judgements.filter(({ committedAt, dueAt }) => committedAt < cutAt && dueAt <= cutAt),
    after: judgements.filter(({ committedAt }) => committedAt >= cutAt),
  };
}

/** Weights by the past, held to the given ones where it says little. */
export function fit(judgements: readonly PastJudgement[], prior: Scorecard): Scorecard {
  return fitScorecard(
    judgements.map(({ row, isLate, weight }) => ({ row, isLate, weight, offset: null })),
    prior,
  );
}

/** What a scorecard would have said of each judgement. */
export function judge(judgements: readonly PastJudgement[], scorecard: Scorecard): readonly Given[] {
  const chances = new Map<PastJudgement['row'], number>();
  return judgements.map(({ row, isLate }) => {
    let probability = chances.get(row);
    if (probability === undefined) chances.set(row, (probability = chanceOf(row, scorecard)));
    return { probability, isLate };
  });
}

/** Chance of being late; where the date is not known beforehand, the base of the scorecard stands for time. */
function chanceOf(row: PastJudgement['row'], scorecard: Scorecard): number {
  return itemRisk(logistic(scorecard.base), reasonsOfRow(row, scorecard)).probability;
}
