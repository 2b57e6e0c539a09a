import * as fc from '../../property.ts';
import { expect, it } from 'vitest';
import { alertRules, noAlerts } from '../../../src/core/alerts/alert.ts';
import type { AlertEvent, AlertSignal, AlertState } from '../../../src/core/alerts/alert.ts';
import { evaluateAlerts } from '../../../src/core/alerts/evaluate-alerts.ts';
import type { Evaluation } from '../../../src/core/alerts/evaluation.ts';
import { aSignal, anEvaluation, calendar, morning, policyWith } from './alert-rig.ts';

const chance = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 0, max: 20 }).map((n) => n / 20),
);

const signal: fc.Arbitrary<AlertSignal> = fc
  .record({
    rule: fc.constantFrom(...alertRules),
    subject: fc.constantFrom('900', '901', 'APO-1', 'APO-2'),
    probability: chance,
    severity: fc.constantFrom('medium' as const, 'high' as const),
    impact: fc.integer({ min: 0, max: 2 }),
    parents: fc.constantFrom([], ['900'], ['901']),
    dueOn: fc.constantFrom('2026-12-18' as const, '2027-01-29' as const, null),
    fact: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ fact, ...parts }) =>
    aSignal({ ...parts, facts: parts.rule === 'MILESTONE_SLIPPED' ? [`moved:${fact}`] : [] }),
  );

const day = fc.record({
  signals: fc.uniqueArray(signal, { maxLength: 8, selector: ({ key }) => key }),
  isFresh: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  hour: fc.constantFrom(8, 8, 8, 12, 22),
  finished: fc.constantFrom('', '', '900', 'APO-1'),
  unknown: fc.constantFrom('', '', '901', 'APO-2'),
});

const days = fc.array(day, { minLength: 1, maxLength: 40 });
const policies = fc
  .record({
    perDay: fc.integer({ min: 0, max: 3 }),
    evaluations: fc.integer({ min: 1, max: 3 }),
    precisionLast: fc.integer({ min: 1, max: 3 }),
  })
  .map(policyWith);

type DayOf = typeof days extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

function evaluationOf({ signals, isFresh, hour, finished, unknown }: DayOf, index: number): Evaluation {
  return anEvaluation({
    at: morning(index) + (hour - 8) * 3_600_000,
    signals,
    isFresh,
    isUnknown: (_, subject) => subject === unknown,
    subjectState: (_, subject) => ({ state: subject === finished ? 'finished' : 'open', dueOn: '2026-12-18' }),
  });
}

function play(input: readonly DayOf[], policy: ReturnType<typeof policyWith>, reload = (state: AlertState) => state) {
  let state: AlertState = noAlerts;
  const told: (readonly AlertEvent[])[] = [];
  for (const [index, one] of input.entries()) {
    const result = evaluateAlerts(reload(state), evaluationOf(one, index), policy);
    ({ state } = result);
    told.push(result.events);
  }
  return { state, told };
}

const opens = (event: AlertEvent) => event.kind === 'opened' || event.kind === 'reopened';
const dayAt = (index: number) => calendar.zone.dayAt(morning(index));

it('opens one incident a key at a time, and closes only what is open', () => {
  fc.assert(
    fc.property(days, policies, (input, policy) => {
      const open = new Set<string>();
      const wrong = play(input, policy)
        .told.flat()
        .filter((event) => {
          if (event.kind === 'suppressed' || event.kind === 'threshold-raised') return false;
          const wasOpen = open.has(event.key);
          if (opens(event)) open.add(event.key);
          if (event.kind === 'resolved') open.delete(event.key);
          return wasOpen === opens(event);
        });
      expect(wrong).toEqual([]);
    }),
  );
});

it('opens no key twice within five working days', () => {
  fc.assert(
    fc.property(days, policies, (input, policy) => {
      const openings = play(input, policy).told.flatMap((events, index) =>
        events.flatMap((event) => (opens(event) && 'key' in event ? [{ key: event.key, on: dayAt(index) }] : [])),
      );
      const tooSoon = openings.filter(({ key, on }, index) => {
        const next = openings.slice(index + 1).find((other) => other.key === key);
        return next !== undefined && calendar.distance(on, next.on) < 5;
      });
      expect(tooSoon).toEqual([]);
    }),
  );
});

it('opens no more a day than the channel bears, and none at night', () => {
  fc.assert(
    fc.property(days, policies, (input, policy) => {
      const { told } = play(input, policy);
      const most = input.map(({ hour }) => (hour === 22 ? 0 : policy.perDay));
      const opened = told.map((events) => events.filter(({ kind }) => kind === 'opened').length);
      expect(opened.filter((count, index) => count > most[index]!)).toEqual([]);
      const nights = told.filter((_, index) => input[index]!.hour === 22);
      expect(nights.flat().filter(({ kind }) => kind !== 'suppressed')).toEqual([]);
    }),
  );
});

it('numbers what happens to an episode without a gap and without a repetition', () => {
  fc.assert(
    fc.property(days, policies, (input, policy) => {
      const counts = new Map<string, number>();
      for (const event of play(input, policy).told.flat()) {
        if (!('transition' in event)) continue;
        const name = `${event.key} ${event.episode}`;
        expect(event.transition).toBe((counts.get(name) ?? 0) + 1);
        counts.set(name, event.transition);
      }
    }),
  );
});

it('comes to the same from a state that was kept as JSON, and twice from the same', () => {
  fc.assert(
    fc.property(days, policies, (input, policy) => {
      const once = JSON.stringify(play(input, policy));
      expect(JSON.stringify(play(input, policy, (state) => JSON.parse(JSON.stringify(state)) as AlertState))).toBe(
        once,
      );
      expect(JSON.stringify(play(input, policy))).toBe(once);
    }),
  );
});

it('does not care in which order the signals come', () => {
  fc.assert(
    fc.property(days, policies, (input, policy) => {
      const turned = input.map((one) => ({ ...one, signals: one.signals.toReversed() }));
      expect(play(turned, policy)).toEqual(play(input, policy));
    }),
  );
});

it('does not keep what is over: the state holds no more than what lives or was closed a few days ago', () => {
  fc.assert(
    fc.property(days, policies, (input, policy) => {
      const silence = Array.from({ length: 14 }, (): DayOf => ({
        signals: [],
        isFresh: true,
        hour: 8,
        finished: '',
        unknown: '',
      }));
      expect(play([...input, ...silence], policy).state.incidents).toEqual({});
    }),
  );
});
