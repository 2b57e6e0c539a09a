import type { Instant } from '../../time/instant.ts';
import { isOverdue } from './health.ts';
import type { Evaluation } from './health.ts';
import type { ClockHealth, ForecastDates } from '../milestone-figures.ts';
import type { Milestone } from './milestones.ts';
import type { RagThresholds } from './rag.ts';
import type { Prospect } from './prospect.ts';
import type { Slip } from './slip.ts';
import { clocks } from './standing.ts';
import type { Clock, Standing } from './standing.ts';
import type { ProjectView } from '../../view/view.ts';

/** Scope that grew by this share, and by so many items, since the promise was made (metrics.md 4.3). */
const grownShare = 0.25;
const grownItems = 3;

/** The health of a milestone by each of its clocks. */
export type Health = Readonly<Record<Clock, ClockHealth>>;

/** What the figures of an open milestone are made from. */
export interface OpenParts {
  readonly milestone: Milestone;
  readonly slip: Slip;
  readonly standing: Standing;
  readonly now: Evaluation;
  readonly health: Health;
  readonly thresholds: RagThresholds;
}

/** Why the colours are what they are, the strongest first. Codes only: their words stand in the templates. */
export function reasonsOf(
  view: ProjectView,
  parts: OpenParts & { readonly prospect: Prospect },
  forecast: ForecastDates | null,
): readonly string[] {
  const { milestone, slip, standing, now, prospect, health } = parts;
  const { today, outlook } = now;
  const outlooks = prospect.portions.map((portion) => portion.outlook);
  const isGap = (clock: Clock) => {
    const on = standing.dueOn[clock];
    return forecast !== null && on !== null && on >= today && (forecast.p85 === null || forecast.p85 > on);
  };
  const mayJudge = prospect.grade !== 'D';
  const holds: Readonly<Record<string, boolean>> = {
    OVERDUE: isOverdue(standing, 'current', today),
    PROMISE_MISSED: isOverdue(standing, 'baseline', today),
    RED_DEPENDENCY: clocks.some((clock) => health[clock].heldBy !== undefined),
    PROMISE_GAP: mayJudge && (isGap('baseline') || isGap('current')),
    SCOPE_GREW: hasGrown(milestone, slip.committedAt, view.asOf),
    PACE_FELL: outlooks.some(({ hasPaceFallen }) => hasPaceFallen) && standing.open.length > 0,
    BLOCKED: standing.open.some(({ blocks }) => blocks.length > 0),
    REPLANNED: slip.replans > 0,
    DATE_REMOVED: slip.currentOn === null && slip.committedOn !== null,
    NO_DATE: slip.currentOn === null && slip.committedOn === null,
    BASELINE_UNKNOWN: !milestone.isBaselineKnown,
    UNTRUSTED_PACE: outlooks.some(({ isPaceUntrusted }) => isPaceUntrusted) && standing.open.length > 0,
    // Of a single team its own line says so.
    LITTLE_HISTORY: outlook.noForecast === 'tooLittleHistory',
    NOTHING_FINISHED: outlook.noForecast === 'nothingFinished',
    NO_SCOPE: standing.size === 0,
  };
  return Object.keys(holds).filter((code) => holds[code]);
}

function hasGrown({ scopeAt }: Milestone, promisedAt: Instant | null, asOf: Instant): boolean {
  if (promisedAt === null) return false;
  const then = scopeAt(promisedAt).length;
  const grown = scopeAt(asOf).length - then;
  return then > 0 && grown >= grownItems && grown / then >= grownShare;
}
