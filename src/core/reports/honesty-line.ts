import { honestyOf } from '../backtest/honesty.ts';
import type { Honesty } from '../backtest/honesty.ts';
import type { DigestInput } from './digest-input.ts';

/**
 * How the dates of earlier reports have turned out (metrics.md 3.7): told with the first report of a month, and when
 * another of them is over. Null when nothing is over, or nothing is new.
 */
export function honestyLine({ view, previous, published = [] }: DigestInput): Honesty | null {
  const now = honestyOf(view, published);
  if (now === null || previous === null) return now;
  const before = honestyOf(previous.view, published);
  const isNewMonth = view.today.slice(0, 7) !== previous.view.today.slice(0, 7);
  const isSame = before !== null && before.p85.n === now.p85.n && before.p85.held === now.p85.held;
  return isSame && !isNewMonth ? null : now;
}
