import { leastWeeks } from '../metrics/forecast/silence.ts';
import type { PaceRange } from '../metrics/team-figures.ts';
import type { MilestoneFigures, TeamPart } from '../metrics/milestone-figures.ts';

/** What a reader should know of a team when a milestone is told; its words stand under `team-notes`. */
export type TeamNote = 'decides' | 'silent' | 'unknown' | 'outgrown' | 'new';

export interface TeamLine {
  readonly code: TeamNote;
  /** Null: what no team takes. */
  readonly team: string | null;
  /** All teams together, since nobody has finished such items lately. */
  readonly isByAll: boolean;
  /** Its own in the milestone. */
  readonly openItems: number;
  readonly historyWeeks: number;
  /** Items a week as they are told; null without a pace. */
  readonly pace: PaceRange | null;
}

/**
 * The team that decides the date of a milestone, or because of which there is none, or no colour; null where no team
 * stands out, since the milestone's own line says all then.
 */
export function teamLineOf({ teams, noForecast }: MilestoneFigures): TeamLine | null {
  if (!teams) return null;
  const { parts, decides } = teams;
  if (noForecast !== null) {
    const culprits = parts.filter((part) => part.noForecast === noForecast);
    // Where all are so, it is said of the project.
    return parts.length > 1 && culprits.length === parts.length ? null : lineOf(silences[noForecast], culprits[0]);
  }
  const unproved = parts.find(({ historyWeeks }) => historyWeeks < leastWeeks);
  if (unproved) return lineOf('new', unproved);
  return decides === null ? null : lineOf('decides', parts[decides]);
}

const silences: Readonly<Record<string, TeamNote>> = {
  nothingFinished: 'silent',
  tooLittleHistory: 'unknown',
  scopeOutgrowsPace: 'outgrown',
};

function lineOf(code: TeamNote | undefined, part: TeamPart | undefined): TeamLine | null {
  if (code === undefined || part === undefined) return null;
  const { team, isByAll, openKeys, historyWeeks, pace } = part;
  return { code, team, isByAll, openItems: openKeys.length, historyWeeks, pace: pace && toldPace(pace) };
}

/** From here on tenths of an item a week say nothing. */
const coarse = 2.5;

/** Nearer to one another than this, two paces are one. */
const alike = 1.15;

/** A pace in numbers that can be said: whole items, tenths for a slow team; both are one where they are close. */
export function toldPace({ low, high }: PaceRange): PaceRange {
  const round = (pace: number) => (high >= coarse ? Math.round(pace) : Math.max(0.1, Math.round(10 * pace) / 10));
  const middle = round((low + high) / 2);
  return high < alike * low ? { low: middle, high: middle } : { low: round(low), high: round(high) };
}
