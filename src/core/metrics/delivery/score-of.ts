import { hourMs } from '../../time/instant.ts';
import type { DeliveryFigures } from '../figures.ts';
import { durationCategory, frequencyCategory, quickCheck } from './quick-check.ts';
import type { QuickCheck } from './quick-check.ts';

/** A mean of fewer answers is no score. */
const leastKnown = 3;

/** DORA's Quick Check score of what was measured (metrics.md 5.4); null where fewer than three of its five are known. */
export function scoreOf(figures: DeliveryFigures): QuickCheck | null {
  const hours = (value: number | null) => (value === null ? null : durationCategory(value * hourMs));
  const perWeek = figures.deploymentsPerWeek.value;
  const score = quickCheck({
    leadTime: hours(figures.changeLeadTimeHours.value),
    deploymentFrequency: perWeek === null ? null : frequencyCategory(perWeek / 7),
    recovery: hours(figures.recoveryHours.value),
    changeFailRate: figures.changeFailRate.value,
    reworkRate: figures.reworkRate.value,
  });
  const known = Object.values(score.scores).filter((one) => one !== null);
  return known.length < leastKnown ? null : score;
}
