import { alertRules } from './alert.ts';
import type { AlertEvent, AlertRule, AlertState } from './alert.ts';
import type { AlertPolicy } from './policy.ts';

/** The chance from which a rule opens now: its own, raised for every time that it was too often wrong (metrics.md 4.5). */
export function raisedOn(rule: AlertRule, { raised }: Pick<AlertState, 'raised'>, policy: AlertPolicy): number {
  const { on } = policy.rules[rule];
  const { step, most } = policy.feedback;
  // To the millionth: 0.6 + 0.05 is a hair more than 0.65, and a chance of just that would not open.
  return Math.max(on, Math.min(most, Math.round((on + (raised[rule] ?? 0) * step) * 1e6) / 1e6));
}

/**
 * Takes in what was learned of some alerts. When fewer than `least` of the last `last` alerts of a rule were right, the
 * rule opens later from now on, and its new setting starts with a clean slate: the old verdicts were about the old one.
 */
export function learn(
  { verdicts, raised }: Pick<AlertState, 'verdicts' | 'raised'>,
  learned: readonly (readonly [rule: AlertRule, isRight: boolean])[],
  policy: AlertPolicy,
): Pick<AlertState, 'verdicts' | 'raised'> & { readonly events: readonly AlertEvent[] } {
  const { last, least } = policy.feedback;
  const events: AlertEvent[] = [];
  const nextVerdicts = { ...verdicts };
  const nextRaised = { ...raised };
  for (const rule of alertRules) {
    const news = learned.filter(([of]) => of === rule).map(([, isRight]) => isRight);
    if (news.length === 0) continue;
    const window = [...(verdicts[rule] ?? []), ...news].slice(-last);
    nextVerdicts[rule] = window;
    const right = window.filter(Boolean).length;
    if (window.length < last || right >= window.length * least) continue;
    const before = raisedOn(rule, { raised }, policy);
    const on = raisedOn(rule, { raised: { ...raised, [rule]: (raised[rule] ?? 0) + 1 } }, policy);
    if (on <= before) continue;
    nextRaised[rule] = (raised[rule] ?? 0) + 1;
    nextVerdicts[rule] = [];
    events.push({ kind: 'threshold-raised', rule, on });
  }
  return { verdicts: nextVerdicts, raised: nextRaised, events };
}
