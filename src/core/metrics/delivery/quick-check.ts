import { dayMs, hourMs } from '../../time/instant.ts';

/** Five answers of DORA's Quick Check (metrics.md 5.4): categories 1 to 6, shares 0 to 1; null where nothing is known. */
export interface QuickCheckInput {
  readonly leadTime: number | null;
  readonly deploymentFrequency: number | null;
  readonly recovery: number | null;
  readonly changeFailRate: number | null;
  readonly reworkRate: number | null;
}

/** 0 to 10, more is better. Surveys are behind the industry's numbers: a score is no measurement. */
export interface QuickCheck {
  readonly scores: { readonly [Name in keyof QuickCheckInput]: number | null };
  readonly overall: number | null;
  readonly throughput: number | null;
  readonly stability: number | null;
}

/** Vector T21. */
export function quickCheck({
  leadTime,
  deploymentFrequency,
  recovery,
  changeFailRate,
  reworkRate,
}: QuickCheckInput): QuickCheck {
  const category = (answer: number | null) => (answer === null ? null : (answer - 1) * 2);
  const share = (part: number | null) => (part === null ? null : (100 - 100 * part) / 10);
  const scores = {
    leadTime: category(leadTime),
    deploymentFrequency: category(deploymentFrequency),
    recovery: category(recovery),
    changeFailRate: share(changeFailRate),
    reworkRate: share(reworkRate),
  };
  return {
    scores,
    overall: meanOf(Object.values(scores)),
    throughput: meanOf([scores.leadTime, scores.deploymentFrequency, scores.recovery]),
    stability: meanOf([scores.changeFailRate, scores.reworkRate]),
  };
}

/** Of what is known; null when nothing is. */
function meanOf(scores: readonly (number | null)[]): number | null {
  const known = scores.flatMap((score) => score ?? []);
  return known.length === 0 ? null : known.reduce((sum, score) => sum + score, 0) / known.length;
}

const durationLimits = [hourMs, dayMs, 7 * dayMs, 30 * dayMs, 182 * dayMs];
/** Deployments a day at least: two a day is "on demand". */
const frequencyLimits = [2, 1, 1 / 7, 1 / 30, 1 / 182];

/** Category of a lead or recovery time, 6 (under an hour) to 1 (six months and more). */
export function durationCategory(milliseconds: number): number {
  const index = durationLimits.findIndex((limit) => milliseconds < limit);
  return index === -1 ? 1 : 6 - index;
}

/** Category of a deployment frequency in deployments a day, 6 (on demand) to 1 (less than every six months). */
export function frequencyCategory(perDay: number): number {
  const index = frequencyLimits.findIndex((limit) => perDay >= limit);
  return index === -1 ? 1 : 6 - index;
}
