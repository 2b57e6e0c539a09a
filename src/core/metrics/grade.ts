import type { Grade } from './figure.ts';

const grades: readonly Grade[] = ['A', 'B', 'C', 'D'];

/** Grade by sample size and by the share of the population that misses a needed field (metrics.md 0.2): the worse counts. */
export function gradeOf(n: number, missingShare = 0): Grade {
  const bySample = n >= 30 ? 0 : n >= 12 ? 1 : n >= 5 ? 2 : 3;
  const byGaps = missingShare <= 0 ? 0 : missingShare <= 0.1 ? 1 : missingShare <= 0.3 ? 2 : 3;
  return grades[Math.max(bySample, byGaps)]!;
}

/** Grade of a forecast by complete weeks of history (metrics.md 3.3, "Few samples"). */
export function gradeOfWeeks(weeks: number): Grade {
  return weeks >= 26 ? 'A' : weeks >= 12 ? 'B' : weeks >= 4 ? 'C' : 'D';
}

/** For figures that count what is there, and are no sample: only gaps lower the grade. */
export function gradeOfGaps(missingShare: number): Grade {
  return gradeOf(30, missingShare);
}

/** Never below D. */
export function lower(grade: Grade, steps = 1): Grade {
  return grades[Math.min(grades.length - 1, grades.indexOf(grade) + steps)]!;
}

/** The worse of two: a figure is as good as the weakest thing that it is made from. */
export function worse(one: Grade, other: Grade): Grade {
  return one > other ? one : other;
}

/** 0 of nothing: what is not there misses nothing. */
export function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
