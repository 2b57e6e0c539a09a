import type { Thresholds } from '../model/thresholds.ts';
import { logit } from './item-risk.ts';
import { riskCodes } from './scorecard.ts';
import type { RiskCode, Scorecard } from './scorecard.ts';

type Name = Exclude<keyof Thresholds['risk'], 'likely' | 'listed' | 'chanceWithoutReason'>;

/** The thresholds that weigh the levels of each code. */
const namesOf: Readonly<Record<RiskCode, readonly Name[]>> = {
  NO_ACTIVITY: ['noActivity3Days', 'noActivity7Days', 'noActivity14Days', 'noActivity112Days'],
  LONG_PROMISED: ['promised7Days', 'promised21Days'],
  OLD_WHEN_PROMISED: ['oldWhenPromised'],
  LITTLE_DONE: ['littleDone'],
  OLD_RELEASE: ['oldRelease'],
  RELEASE_NOT_NEXT: ['releaseNotNext'],
  NOT_STARTED: ['notStarted'],
  UNASSIGNED: ['unassigned'],
  UNASSIGNED_NEAR_DUE: ['unassignedNearDue'],
  LOW_PRIORITY: ['mediumPriority', 'lowPriority'],
  BLOCKED: ['blocked'],
  BLOCKS_OTHERS: ['blocksOthers'],
  REOPENED: ['reopened'],
  REPLANNED: ['replannedOnce', 'replannedTwice', 'replannedOften'],
  SERIAL_CARRYOVER: ['serialCarryover'],
  SCOPE_GREW: ['scopeGrew'],
  MANY_DEPENDENCIES: ['manyDependencies'],
  OWNER_OVERLOADED: ['ownerOverloaded'],
  OWNER_LATE_HISTORY: ['ownerLateHistory'],
};

/** The weights that the program comes with, or those that people wrote. */
export function usualScorecard(risk: Thresholds['risk']): Scorecard {
  const weights = Object.fromEntries(riskCodes.map((code) => [code, namesOf[code].map((name) => risk[name])]));
  return {
    base: logit(Math.min(0.98, Math.max(0.001, risk.chanceWithoutReason))),
    weights: weights as unknown as Scorecard['weights'],
  };
}
