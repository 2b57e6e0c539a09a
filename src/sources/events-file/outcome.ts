import type { About } from './fields.ts';
import { describe, textOf } from './fields.ts';
import { UnusableEvent } from './event.ts';

const good = ['success', 'succeeded', 'successful', 'passed', 'ok', 'completed', 'finished'];
const bad = ['failure', 'failed', 'fail', 'error', 'cancelled', 'canceled', 'aborted', 'timed_out', 'timeout'];

/**
 * Did the deployment reach the users? One that says nothing of its result says by being finished that it did; a word
 * that we do not know is no success, and no failure either.
 */
export function isSuccess(result: unknown, about: About): boolean {
  const word = textOf(result)?.toLowerCase() ?? 'success';
  if (good.includes(word)) return true;
  if (bad.includes(word)) return false;
  throw new UnusableEvent(about, `result: expected success or failure, found ${describe(result)}`);
}
