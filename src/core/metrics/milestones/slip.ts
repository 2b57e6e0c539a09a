import type { PersonId } from '../../model/ids.ts';
import type { Calendar } from '../../time/calendar.ts';
import { laterOf } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import { hourMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import type { MilestoneMove } from '../milestone-figures.ts';

/** A date that came into force, or was removed (`on` null). */
export interface DateSet {
  readonly at: Instant;
  readonly on: Day | null;
  readonly by?: PersonId | null;
}

export interface SlipInput {
  /** Every value that the date had, in any order; facts later than `asOf` are not looked at. */
  readonly history: readonly DateSet[];
  /** Planned or real start of the work. */
  readonly startOn: Day | null;
  /** Real finish; one that comes after the day of `asOf` is not known yet. */
  readonly finishedOn: Day | null;
  readonly asOf: Instant;
  /** Moments at which people committed to the date in force: a command, or the entry into a committed sprint or version. */
  readonly commitments?: readonly Instant[];
  /** Changes this soon after the date was first set are corrections; 24 hours unless said otherwise. */
  readonly settlingMs?: number;
}

/** What became of one promise (metrics.md 1.1). Distances are signed working days, + = late; null is "not known". */
export interface Slip {
  /** First promise; null without a date, and while the settling window runs. */
  readonly committedOn: Day | null;
  /** The moment of that promise. */
  readonly committedAt: Instant | null;
  readonly currentOn: Day | null;
  /** Against the first promise: the headline. */
  readonly slipCommitted: number | null;
  /** Against the date in force. */
  readonly slipLast: number | null;
  /** Lateness that moving the date has hidden. */
  readonly replanGloss: number | null;
  /** Moves after the promise, those within 24 hours of one another merged, those without net effect left out. */
  readonly moves: readonly MilestoneMove[];
  readonly churn: number;
  /** churn / |replanGloss|: 2 and more is a zig-zag. */
  readonly volatility: number | null;
  /** Moves of at least one working day, and removals. */
  readonly replans: number;
  readonly replansLater: number;
  readonly replansEarlier: number;
  /** Working days from the last move to the date that it gave up; below 0 = moved after it was missed. */
  readonly lastNotice: number | null;
  /** slipCommitted as a part of the promised time; null when the start is unknown or not before the promise. */
  readonly relativeSlip: number | null;
  /** `settling`, `undated`, `bornLate`, `lateCommit`, `overdue`. */
  readonly flags: readonly string[];
}

const mergeMs = 24 * hourMs;

/**
 * The slip ledger of one date (metrics.md 1.1, vector T7), up to the day of its finish. A removed date leaves the slip unknown until the work is
 * finished; one that comes back is measured against the date that was removed.
 */
export function measureSlip(input: SlipInput, calendar: Calendar): Slip {
  const { startOn, asOf } = input;
  const today = calendar.zone.dayAt(asOf);
  const finishedOn = input.finishedOn !== null && input.finishedOn <= today ? input.finishedOn : null;
  const known = valuesInForce(input.history, asOf);
  const commitment = findCommitment(known, input);
  const values = finishedOn === null ? known : untilFinish(known, { finishedOn, commitment, calendar });
  const currentOn = values.at(-1)?.on ?? null;
  const committedOn = commitment?.on ?? null;
  const moves = commitment ? findMoves(values, commitment, calendar) : [];
  const reachedOn = finishedOn ?? (currentOn === null ? null : laterOf(currentOn, today));
  const between = (from: Day | null, to: Day | null) =>
    from === null || to === null ? null : calendar.distance(from, to);
  const slipCommitted = between(committedOn, reachedOn);
  const replanGloss = between(committedOn, currentOn);
  const promised = between(startOn, committedOn);
  const distances = moves.flatMap(({ workingDays }) => workingDays ?? []);
  const churn = distances.reduce((sum, distance) => sum + Math.abs(distance), 0);
  const replansLater = distances.filter((distance) => distance >= 1).length;
  const replansEarlier = distances.filter((distance) => distance <= -1).length;
  return {
    committedOn,
    committedAt: commitment?.at ?? null,
    currentOn,
    slipCommitted,
    slipLast: committedOn === null ? null : between(currentOn, reachedOn),
    replanGloss,
    moves,
    churn,
    volatility: replanGloss === null ? null : churn / Math.max(1, Math.abs(replanGloss)),
    replans: replansLater + replansEarlier + moves.filter(({ to }) => to === null).length,
    replansLater,
    replansEarlier,
    lastNotice: moves.at(-1)?.noticeWorkingDays ?? null,
    relativeSlip: slipCommitted === null || promised === null || promised <= 0 ? null : slipCommitted / promised,
    flags: flagsOf(values, { ...input, finishedOn }, { commitment, today, calendar }),
  };
}

/** In order of time and as far as known by then, each value once for as long as it lasted. */
function valuesInForce(history: readonly DateSet[], asOf: Instant): readonly DateSet[] {
  return history
    .filter(({ at }) => at <= asOf)
    .sort((a, b) => a.at - b.at)
    .filter(({ on }, index, sorted) => on !== (sorted[index - 1]?.on ?? null));
}

/** What the date was until the work was done, and as promised: who tidies it up afterwards plans nothing. */
function untilFinish(
  values: readonly DateSet[],
  {
    finishedOn,
    commitment,
    calendar,
  }: { readonly finishedOn: Day; readonly commitment: Commitment | null; readonly calendar: Calendar },
): readonly DateSet[] {
  const until = Math.max(calendar.zone.endOf(finishedOn), commitment?.at ?? -Infinity);
  return commitment === null ? values : values.filter(({ at }) => at <= until);
}

function valueInForce(values: readonly DateSet[], at: Instant): Day | null {
  return values.findLast((value) => value.at <= at)?.on ?? null;
}

interface Commitment {
  readonly at: Instant;
  readonly on: Day;
}

/** The earliest moment of commitment with a date in force; the settling window runs anew when a date was taken back in it. */
function findCommitment(
  values: readonly DateSet[],
  { asOf, commitments = [], settlingMs = 24 * hourMs }: SlipInput,
): Commitment | null {
  const settled = values
    .filter(({ on }, index) => on !== null && (values[index - 1]?.on ?? null) === null)
    .map(({ at }) => at + settlingMs);
  for (const at of [...commitments, ...settled].sort((a, b) => a - b)) {
    if (at > asOf) return null;
    const on = valueInForce(values, at);
    if (on !== null) return { at, on };
  }
  return null;
}

/** Changes after the commitment; a change joins the one before it when they are at most 24 hours apart. */
function findMoves(values: readonly DateSet[], commitment: Commitment, calendar: Calendar): MilestoneMove[] {
  const groups: { first: DateSet; lastAt: Instant; to: Day | null }[] = [];
  for (const value of values) {
    if (value.at <= commitment.at) continue;
    const group = groups.at(-1);
    if (group && value.at - group.lastAt <= mergeMs) {
      group.lastAt = value.at;
      group.to = value.on;
    } else groups.push({ first: value, lastAt: value.at, to: value.on });
  }
  const moves: MilestoneMove[] = [];
  let from: Day | null = commitment.on;
  let lastKnown: Day = commitment.on;
  for (const { first, to } of groups) {
    const workingDays = to === null ? null : calendar.distance(lastKnown, to);
    const isMove = to === null ? from !== null : workingDays !== 0;
    if (isMove) {
      const noticeWorkingDays = from === null ? null : calendar.distance(calendar.zone.dayAt(first.at), from);
      moves.push({ at: first.at, by: first.by ?? null, from, to, workingDays, noticeWorkingDays });
    }
    from = to;
    lastKnown = to ?? lastKnown;
  }
  return moves;
}

function flagsOf(
  values: readonly DateSet[],
  { startOn, finishedOn }: SlipInput,
  { commitment, today, calendar }: { commitment: Commitment | null; today: Day; calendar: Calendar },
): string[] {
  const flags: string[] = [];
  const currentOn = values.at(-1)?.on ?? null;
  const setOn = values[0] ? calendar.zone.dayAt(values[0].at) : null;
  if (commitment === null && currentOn !== null) flags.push('settling');
  if (currentOn === null) flags.push('undated');
  // The promise counts, not a slip of the hand that was mended within the settling window.
  const promisedOn = commitment?.on ?? currentOn;
  if (setOn !== null && promisedOn !== null && promisedOn < setOn) flags.push('bornLate');
  if (setOn !== null && startOn !== null && startOn < setOn) flags.push('lateCommit');
  if (finishedOn === null && currentOn !== null && currentOn < today) flags.push('overdue');
  return flags;
}
