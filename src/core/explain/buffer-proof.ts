import type { MilestoneFigures } from '../metrics/metrics.ts';
import type { Milestone } from '../metrics/milestones/milestones.ts';
import { evaluationAt } from '../metrics/milestones/health.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { ProjectView } from '../view/view.ts';

/** Buffer that a promise had over the even-odds forecast of the day it was made, and what is used of it (metrics.md 1.7). */
export interface BufferProof {
  readonly committedAt: Instant;
  readonly promisedOn: Day;
  /** Dates of even odds: as forecast when it was promised, and now. */
  readonly forecastThenOn: Day;
  readonly forecastNowOn: Day;
  /** Working days from the forecast of then to the promise; not above 0: no buffer was planned (`noBufferPlanned`). */
  readonly bufferDays: number;
  /** Working days by which the forecast is later now, below 0 earlier. */
  readonly usedDays: number;
  /** usedDays / bufferDays, never below 0; above 1 is more than all of it. Null where none was planned. */
  readonly penetration: number | null;
  readonly flags: readonly string[];
}

/**
 * Null without a promise, and without a forecast then or now that may be judged by (grade D). It asks the past once more
 * for a forecast, so it is made for the one milestone that somebody asks about.
 */
export function proveBuffer(
  view: ProjectView,
  subject: Milestone,
  { all, figures, committedAt }: BufferQuestion,
): BufferProof | null {
  const forecastNowOn = figures.forecast?.p50 ?? null;
  const { committedOn: promisedOn, forecastGrade } = figures;
  if (promisedOn === null || committedAt === null || forecastNowOn === null || forecastGrade === 'D') return null;
  const { outlook, standings, plans } = evaluationAt(view, all, committedAt);
  const standing = standings.find(({ milestone }) => milestone === subject);
  if (!standing || standing.open.length === 0 || outlook.noForecast !== null || outlook.grade === 'D') return null;
  const forecastThenOn = outlook.when(plans.askedFor(standing, standing.need.current), [0.5])[0] ?? null;
  if (forecastThenOn === null) return null;
  const bufferDays = view.calendar.distance(forecastThenOn, promisedOn);
  const usedDays = view.calendar.distance(forecastThenOn, forecastNowOn);
  return {
    committedAt,
    promisedOn,
    forecastThenOn,
    forecastNowOn,
    bufferDays,
    usedDays,
    penetration: bufferDays > 0 ? Math.max(0, usedDays / bufferDays) : null,
    flags: bufferDays > 0 ? [] : ['noBufferPlanned'],
  };
}

export interface BufferQuestion {
  readonly all: readonly Milestone[];
  readonly figures: MilestoneFigures;
  readonly committedAt: Instant | null;
}
