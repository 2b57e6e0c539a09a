import { wilson } from '../metrics/statistics.ts';
import { chooseScorecard, fit, judge, splitInTime } from '../risk/choose-scorecard.ts';
import { judgementsOf } from '../risk/judgements.ts';
import type { PastJudgement } from '../risk/judgements.ts';
import type { Scorecard } from '../risk/scorecard.ts';
import { aucInterval, aucOf, brierOf, lateShare, liftOf } from '../risk/scores.ts';
import type { Given } from '../risk/scores.ts';
import { usualScorecard } from '../risk/usual-scorecard.ts';
import { viewAsOf } from '../view/as-of.ts';
import type { BacktestInput, Interval, RiskMoment, RiskTest } from './backtest.ts';

/** Judgements to be tested, and late ones among them, below which a score is chance. */
const leastTested = 30;
const leastLate = 5;
const even = 0.5;
const lateAgeDays = 28;
const dayMs = 86_400_000;

const nothing: Omit<RiskTest, 'reason'> = {
  auc: null,
  aucInterval: null,
  precision: null,
  precisionInterval: null,
  recall: null,
  recallInterval: null,
  brier: null,
  n: 0,
  late: 0,
};

/**
 * The risk signal on the past (metrics.md 4.2, 4.3): every Monday of every open promise, judged from what was known then,
 * by the weights that would have been in force when the last fifth of the promises was made: the usual ones, or those of
 * the project if they had won by then. Late is late against the first commitment; a move to a later release counts as
 * late. `precision` and `recall` are at the chance from which an item is told of. Weeks of one item are much alike, so the
 * intervals count items, not weeks. Reasons: `noHistory` (no promise is over), `tooFew`.
 */
export function backtestRisk({ history, calendar, asOf, thresholds }: BacktestInput): RiskTest {
  const judgements = judgementsOf(viewAsOf(history, asOf, calendar));
  if (judgements.length === 0) return { ...nothing, reason: 'noHistory' };
  const { before, after } = splitInTime(judgements);
  const late = after.filter(({ isLate }) => isLate).length;
  const counts = { n: after.length, late };
  if (after.length < leastTested || late < leastLate || after.length - late < leastLate)
    return { ...nothing, ...counts, reason: 'tooFew' };
  const usual = usualScorecard(thresholds.risk);
  const { scorecard, isOwn } = chooseScorecard(before, usual);
  const score = (tested: readonly PastJudgement[], by: Scorecard = scorecard) =>
    momentOf(tested, judge(tested, by), thresholds.risk.likely);
  const all = score(after);
  const base = lateShare(judge(after, scorecard))!;
  return {
    ...counts,
    auc: all.auc,
    aucInterval: all.aucInterval,
    precision: all.precision,
    precisionInterval: all.precisionInterval,
    recall: all.recall,
    recallInterval: all.recallInterval,
    brier: all.brier,
    reason: null,
    detail: {
      baseRate: base,
      brierOfBaseRate: base * (1 - base),
      lift: liftOf(judge(after, scorecard)),
      isOwn,
      atEvenOdds: momentOf(after, judge(after, scorecard), even),
      usual: score(after, usual),
      own: score(after, fit(before, usual)),
      firstMonday: score(firstOfEach(after)),
      afterFourWeeks: score(after.filter(({ at, committedAt }) => at - committedAt >= lateAgeDays * dayMs)),
    },
  };
}

function firstOfEach(judgements: readonly PastJudgement[]): readonly PastJudgement[] {
  const seen = new Set<string>();
  return judgements.filter(({ key }) => !seen.has(key) && seen.add(key));
}

function momentOf(judgements: readonly PastJudgement[], given: readonly Given[], from: number): RiskMoment {
  const called = judgements.filter((_, index) => given[index]!.probability >= from);
  const late = judgements.filter(({ isLate }) => isLate);
  const right = called.filter(({ isLate }) => isLate);
  const auc = aucOf(given);
  const itemsOf = (some: readonly PastJudgement[]) => new Set(some.map(({ key }) => key)).size;
  return {
    n: judgements.length,
    late: late.length,
    auc,
    aucInterval: aucInterval(auc, itemsOf(late), itemsOf(judgements) - itemsOf(late)),
    brier: brierOf(given),
    precision: called.length === 0 ? null : right.length / called.length,
    precisionInterval: intervalOf(right, called),
    recall: late.length === 0 ? null : right.length / late.length,
    recallInterval: intervalOf(right, late),
  };
}

/** As many trials as there are items: each has its own share. */
function intervalOf(hits: readonly PastJudgement[], of: readonly PastJudgement[]): Interval {
  const items = new Set(of.map(({ key }) => key)).size;
  return of.length === 0 ? null : wilson((hits.length / of.length) * items, items);
}
