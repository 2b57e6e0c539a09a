import type { Thresholds } from '../model/thresholds.ts';
import type { Day } from '../time/day.ts';
import { addDays } from '../time/day.ts';
import { compareKeys } from '../view/item-key.ts';
import type { ItemView, ProjectView } from '../view/view.ts';
import { chooseScorecard, judge, splitInTime } from './choose-scorecard.ts';
import type { ChosenScorecard } from './choose-scorecard.ts';
import { commitmentsOf } from './commitment.ts';
import type { Commitment } from './commitment.ts';
import { itemRisk, logistic } from './item-risk.ts';
import { judgementsOf } from './judgements.ts';
import type { PastJudgement } from './judgements.ts';
import { createRiskSignals } from './risk-signals.ts';
import { reasonsOf } from './scorecard.ts';
import type { RiskCode, RiskSignals, Scorecard } from './scorecard.ts';
import { aucOf, brierOf, lateShare } from './scores.ts';
import { createTimeRisk } from './time-risk.ts';
import { usualScorecard } from './usual-scorecard.ts';

/** What one code adds to the chance, as a part of 1. */
export interface RiskContribution {
  readonly code: RiskCode;
  readonly adds: number;
}

export interface OpenItemRisk {
  readonly item: ItemView;
  /** The day that it was first promised for. */
  readonly dueOn: Day;
  /** Of being late by time alone; null when the past cannot say. */
  readonly timeProbability: number | null;
  /** For ranking: whether its size can be believed is for `isRankTrusted` and a backtest to say. */
  readonly probability: number;
  /** The largest first. */
  readonly contributions: readonly RiskContribution[];
}

export interface ItemRisks {
  /** By chance, the highest first; empty unless the ranking is trusted. */
  readonly items: readonly OpenItemRisk[];
  readonly isOwnScorecard: boolean;
  /** On the project's own past the weights put late items before kept ones: else nobody should be sent after their list. */
  readonly isRankTrusted: boolean;
}

/** Only the last year and a half: teams change (metrics.md 4.3). */
const rememberedDays = 548;
/** Order of chances (AUC) that a list needs to be worth a look, and judgements that it takes to know. */
const leastAuc = 0.7;
const leastTested = 30;
const nearWorkingDays = 5;

/** Codes that stand for a date that is not known: where it is, time itself speaks. */
const standIns: readonly RiskCode[] = [
  'LONG_PROMISED',
  'LITTLE_DONE',
  'OLD_RELEASE',
  'RELEASE_NOT_NEXT',
  'NOT_STARTED',
];

/**
 * The risk of every open item with a promise that is still to be kept (metrics.md 4.3): its chance from time alone, and
 * what is known about it now on top. One pass over the items for each of the parts.
 */
export function itemRisksOf(view: ProjectView, thresholds: Pick<Thresholds, 'risk'>): ItemRisks {
  const commitments = commitmentsOf(view);
  const isPending = createPending(view);
  const pending = commitments.filter(isPending);
  const nobody = { items: [], isOwnScorecard: false, isRankTrusted: false };
  if (pending.length === 0) return nobody;
  const signalsAt = createRiskSignals(view);
  const since = view.calendar.zone.startOf(addDays(view.today, -rememberedDays));
  const remembered = commitments.filter(({ committedAt }) => committedAt >= since);
  const chosen = trustedScorecard(judgementsOf(view, { commitments: remembered, signalsAt }), thresholds);
  if (chosen === null) return nobody;
  const { scorecard, isOwn } = chosen;
  const timeRisk = createTimeRisk(view);
  const places = placesOf(pending);
  const items = pending.map((commitment) => {
    const { item, dueAt } = commitment;
    const dueOn = view.calendar.zone.dayAt(dueAt - 1);
    const timeProbability = timeRisk(item, dueOn, places.get(item) ?? 0);
    const signals = withDate(signalsAt(commitment, view.asOf), view.calendar.distance(view.today, dueOn));
    return { item, dueOn, timeProbability, ...riskOf(signals, timeProbability, scorecard) };
  });
  items.sort((a, b) => b.probability - a.probability || compareKeys(a.item.key, b.item.key));
  return { items, isOwnScorecard: isOwn, isRankTrusted: true };
}

function riskOf(
  signals: RiskSignals,
  timeProbability: number | null,
  scorecard: Scorecard,
): Pick<OpenItemRisk, 'probability' | 'contributions'> {
  const told =
    timeProbability === null ? signals : { ...signals, ...Object.fromEntries(standIns.map((code) => [code, null])) };
  const { probability, contributions } = itemRisk(
    timeProbability ?? logistic(scorecard.base),
    reasonsOf(told, scorecard),
  );
  const list = Object.entries(contributions).map(([code, adds]) => ({ code: code as RiskCode, adds }));
  return { probability, contributions: list.sort((a, b) => b.adds - a.adds || (a.code < b.code ? -1 : 1)) };
}

function withDate(signals: RiskSignals, workingDaysLeft: number): RiskSignals {
  const isNear = workingDaysLeft <= nearWorkingDays;
  return { ...signals, UNASSIGNED_NEAR_DUE: Number(isNear && signals.UNASSIGNED === 1) };
}

/** The weights in force, if they did well on the last fifth of the project's promises, unseen; else null. */
function trustedScorecard(
  judgements: readonly PastJudgement[],
  { risk }: Pick<Thresholds, 'risk'>,
): ChosenScorecard | null {
  const usual = usualScorecard(risk);
  const { before, after } = splitInTime(judgements);
  if (after.length < leastTested) return null;
  const given = judge(after, chooseScorecard(before, usual).scorecard);
  const auc = aucOf(given);
  const base = lateShare(given);
  const isTrusted = auc !== null && auc >= leastAuc && base !== null && brierOf(given)! < base * (1 - base);
  return isTrusted ? chooseScorecard(judgements, usual) : null;
}

/** Is the promise still to be kept: its item open, still planned for it, and its day not over? */
function createPending(view: ProjectView): (commitment: Commitment) => boolean {
  const open = new Set(
    view.versions.flatMap(({ version, releasedOn, isArchived }) =>
      releasedOn === null && !isArchived ? [version.id] : [],
    ),
  );
  return ({ item, versionId, dueAt }) =>
    !item.isDone &&
    item.goneAt === null &&
    dueAt > view.asOf &&
    (versionId === null || (open.has(versionId) && item.fixVersionIds.includes(versionId)));
}

/** How many items of the same release go before one that was not started: those in progress, then by time of promise. */
function placesOf(pending: readonly Commitment[]): ReadonlyMap<ItemView, number> {
  const places = new Map<ItemView, number>();
  const groups = Map.groupBy(pending, ({ versionId }) => versionId);
  for (const [versionId, group] of groups) {
    if (versionId === null) continue;
    const isStarted = ({ item }: Commitment) => item.status.phase === 'started';
    [...group.filter(isStarted), ...group.filter((one) => !isStarted(one))].forEach(({ item }, index) =>
      places.set(item, index),
    );
  }
  return places;
}
