import { describe, expect, it } from 'vitest';
import { answerAlert } from '../../../src/core/alerts/answer-alert.ts';
import { at } from '../../builders.ts';
import { aSignal, feed, morning, policyWith, told } from './alert-rig.ts';

const gap = (probability: number, parts = {}) => [aSignal({ probability, ...parts })];
const slipped = (facts: readonly string[], parts = {}) => [
  aSignal({ rule: 'MILESTONE_SLIPPED', probability: 1, severity: 'high', facts, ...parts }),
];
const daysOf = (...args: Parameters<typeof feed>) => told(feed(...args).days);

describe('opening and closing', () => {
  it.each([
    ['twice at the limit', [0.6, 0.6], ['', 'opened']],
    ['once is chance', [0.7, 0.5, 0.7, 0.5], ['', '', '', '']],
    ['never below', [0.59, 0.59, 0.59], ['', '', '']],
    ['closes below "off" twice', [0.7, 0.7, 0.4, 0.4], ['', 'opened', '', 'resolved recovered']],
    ['stays open between "off" and "on"', [0.7, 0.7, 0.5, 0.45, 0.5], ['', 'opened', '', '', '']],
    ['a single good day closes nothing', [0.7, 0.7, 0.4, 0.5, 0.4], ['', 'opened', '', '', '']],
  ])('%s', (_, chances, expected) => {
    expect(daysOf(chances.map((chance) => gap(chance)))).toEqual(expected);
  });

  it('closes when there is no sign of it any more', () => {
    expect(daysOf([gap(0.7), gap(0.7), [], []])).toEqual(['', 'opened', '', 'resolved recovered']);
  });

  it('takes a condition without a chance for as much as its rule asks, and not for more', () => {
    const stalled = [aSignal({ rule: 'WORK_STALLED', subject: 'APO-1', probability: null })];
    expect(daysOf([stalled, stalled])).toEqual(['', 'opened']);
    const { state } = feed([stalled, stalled], policyWith(), {
      ...feed([]).state,
      raised: { WORK_STALLED: 1 },
    });
    expect(state.incidents['WORK_STALLED:APO-1']).toBeUndefined();
  });

  it('tells a hard fact at once, and each new one within the same incident', () => {
    const days = daysOf([slipped(['overdue']), slipped(['overdue']), slipped(['moved']), slipped(['moved'])]);
    expect(days).toEqual(['opened', '', 'escalated new-fact', '']);
  });

  it('calls the end of a fact no recovery', () => {
    expect(daysOf([slipped(['moved']), [], []])).toEqual(['opened', 'resolved settled', '']);
  });

  it('calls it re-dated when only the date went away', () => {
    const later = { subjectState: () => ({ state: 'open', dueOn: '2027-01-29' }) as const, signals: [] };
    expect(daysOf([gap(0.7), gap(0.7), later, later])).toEqual(['', 'opened', '', 'resolved re-dated']);
  });

  it.each(['finished', 'gone'] as const)('closes at once when the subject is %s', (state) => {
    const over = { subjectState: () => ({ state, dueOn: null }) as const, signals: [] };
    expect(daysOf([gap(0.7), gap(0.7), over])).toEqual(['', 'opened', `resolved ${state}`]);
  });

  it('neither opens nor closes on what it cannot know', () => {
    const blind = { isUnknown: () => true, signals: [] };
    expect(daysOf([gap(0.7), gap(0.7), blind, blind, blind, gap(0.7)])).toEqual(['', 'opened', '', '', '', '']);
    const stale = { isFresh: false, signals: [] };
    expect(daysOf([gap(0.7), stale, stale, gap(0.7)])).toEqual(['', 'suppressed stale-data', '', 'opened']);
    expect(daysOf([gap(0.7), gap(0.7), stale, stale, stale])).toEqual(['', 'opened', 'suppressed stale-data', '', '']);
  });
});

describe('not twice within five working days', () => {
  const flap = [0.7, 0.7, 0.1, 0.1, 0.7, 0.7, 0.7, 0.7];

  it('holds back what returns at once, and takes it up again in its thread', () => {
    const { days, state } = feed(flap.map((chance) => gap(chance)));
    expect(told(days)).toEqual(['', 'opened', '', 'resolved recovered', '', 'suppressed flapping', 'reopened', '']);
    expect(state.incidents['PROMISE_GAP:900']).toMatchObject({ episode: '2026-06-02', transition: 3 });
  });

  it('begins a new episode when the last one was over for as long', () => {
    const quiet = Array.from({ length: 6 }, () => gap(0.1));
    const { days, state } = feed([gap(0.7), gap(0.7), ...quiet, gap(0.7), gap(0.7)]);
    expect(told(days).at(-1)).toBe('opened');
    expect(state.incidents['PROMISE_GAP:900']).toMatchObject({ episode: '2026-06-12', transition: 1 });
  });
});

describe('the cap of a channel', () => {
  const seven = ['1', '2', '3', '4', '5', '6', '7'].map((key, index) =>
    aSignal({ rule: 'WORK_STALLED', subject: `APO-${key}`, probability: 0.8 + index / 100 }),
  );

  it('lets the heaviest through and leaves the rest to the digest', () => {
    const { days, state } = feed([seven, seven]);
    const subjects = (kind: string) =>
      days[1]!.flatMap((event) => (event.kind === kind && 'signal' in event ? (event.signal?.subject ?? '') : []));
    expect(subjects('opened')).toEqual(['APO-7', 'APO-6', 'APO-5', 'APO-4', 'APO-3']);
    expect(subjects('suppressed')).toEqual(['APO-2', 'APO-1']);
    expect(state.incidents['WORK_STALLED:APO-1']).toMatchObject({ state: 'open', told: 'digest' });
  });

  it('puts what holds up a milestone first', () => {
    const light = seven.map((signal) => ({ ...signal, impact: signal.subject === 'APO-1' ? 2 : 0 }));
    expect(feed([light, light], policyWith({ perDay: 1 })).days[1]![0]).toMatchObject({
      kind: 'opened',
      signal: { subject: 'APO-1' },
    });
  });

  it('counts what other projects said in the channel', () => {
    expect(daysOf([seven, { signals: seven, spentToday: 4 }])[1]).toMatch(/^opened, suppressed over-cap/);
  });

  it('tells a flood by one message, and then only what gets worse', () => {
    const policy = policyWith({ rollUpFrom: 6 });
    const { days, state } = feed([seven, seven, seven], policy);
    expect(days[1]!.map((event) => ('reason' in event ? event.reason : event.kind))).toEqual(
      Array.from({ length: 7 }, () => 'rolled-up'),
    );
    expect(days[2]).toEqual([]);
    expect(state.incidents['WORK_STALLED:APO-7']).toMatchObject({ state: 'open', told: 'digest' });
    const worse = seven.map((signal, index) => (index === 0 ? { ...signal, severity: 'high' as const } : signal));
    expect(told(feed([worse], policy, state).days)).toEqual(['opened']);
  });

  it('leaves a flood to the digest where the cap is used up', () => {
    const { days } = feed([seven, { signals: seven, spentToday: 5 }], policyWith({ rollUpFrom: 6 }));
    expect(told([days[1]!])[0]).toMatch(/^(suppressed over-cap(, )?){7}$/);
  });

  it('says nothing more of what only the digest told, unless it gets worse', () => {
    const one = seven.slice(0, 1);
    const full = { signals: one, spentToday: 5 };
    const worse = [{ ...one[0]!, severity: 'high' as const }];
    expect(daysOf([one, full, ...Array.from({ length: 7 }, () => one), worse])).toEqual([
      '',
      'suppressed over-cap',
      ...Array.from({ length: 7 }, () => ''),
      'opened',
    ]);
    expect(daysOf([one, full, [], []])).toEqual(['', 'suppressed over-cap', '', '']);
  });
});

describe('parents', () => {
  const item = aSignal({ rule: 'ITEM_AT_RISK', subject: 'APO-1', parents: ['900'] });

  it('tells the milestone, not the items that are late with it', () => {
    expect(
      daysOf([
        [item, aSignal()],
        [item, aSignal()],
      ]),
    ).toEqual(['', 'opened, suppressed inhibited']);
  });

  it('takes up the item when the milestone is back on track', () => {
    const alone = Array.from({ length: 3 }, () => [item]);
    expect(daysOf([[item, aSignal()], [item, aSignal()], ...alone])).toEqual([
      '',
      'opened, suppressed inhibited',
      '',
      'resolved recovered, opened',
      '',
    ]);
  });

  it.each(['MILESTONE_SLIPPED', 'RIPPLE', 'PROMISE_GAP', 'SCOPE_GROWTH'] as const)(
    'leaves %s of an epic to the version that holds the same work for the same date, told or not',
    (rule) => {
      const version = aSignal({ rule, probability: 1 });
      const epic = aSignal({ rule, probability: 1, subject: 'APO-500', parents: ['900'] });
      const { state } = feed([[epic], [epic], [epic, version], [epic, version]]);
      const open = Object.values(state.incidents).filter((incident) => incident.state === 'open');
      expect(open.map(({ subject }) => subject)).toEqual(['900']);
    },
  );

  it('does not take another milestone for the parent', () => {
    const elsewhere = { ...item, parents: ['901'] };
    expect(
      daysOf([
        [elsewhere, aSignal()],
        [elsewhere, aSignal()],
      ]),
    ).toEqual(['', 'opened, opened']);
  });
});

describe('reminders', () => {
  const for9 = Array.from({ length: 9 }, () => gap(0.7));

  it('escalates once when nobody answers for five working days', () => {
    expect(daysOf(for9)).toEqual(['', 'opened', '', '', '', '', 'escalated unanswered', '', '']);
  });

  it('asks nobody once more so close to the date that nothing can be done', () => {
    const near = for9.map(() => gap(0.7, { dueOn: '2026-06-10' }));
    expect(daysOf(near)).toEqual(['', 'opened', '', '', '', '', '', '', '']);
    const worse = [...near.slice(0, 6), gap(0.8, { dueOn: '2026-06-10', severity: 'high' })];
    expect(daysOf(worse).at(-1)).toBe('escalated severity');
  });

  it('says that the date in danger was moved, also to who has answered, and keeps in mind what it was', () => {
    const moved = { signals: gap(0.7, { dueOn: '2027-01-29' }) };
    const opened = feed([gap(0.7), gap(0.7)]).state;
    const answered = answerAlert(opened, 'PROMISE_GAP:900', { kind: 'acknowledge', at: morning(1) });
    const mornings = [2, 3, 4, 5].map((day) => ({ at: morning(day), ...moved }));
    const { state, days } = feed(mornings, policyWith(), answered);
    expect(told(days)).toEqual(['re-dated', '', '', '']);
    expect(state.incidents['PROMISE_GAP:900']!.acknowledgedAt).not.toBeNull();
    const later = { subjectState: () => ({ state: 'open', dueOn: '2027-01-29' }) as const, signals: [] };
    const ends = [6, 7].map((day) => ({ at: morning(day), ...later }));
    expect(told(feed(ends, policyWith(), state).days)).toEqual(['', 'resolved re-dated']);
    expect(told(feed([{ at: morning(6), signals: gap(0.7) }], policyWith(), state).days)).toEqual(['re-dated']);
  });

  it('escalates when the severity rises one class, and takes back the answer', () => {
    const opened = feed([gap(0.7), gap(0.7)]).state;
    const answered = answerAlert(opened, 'PROMISE_GAP:900', { kind: 'acknowledge', at: morning(1) });
    const worse = { at: morning(2), signals: gap(0.8, { severity: 'high' }) };
    const { state, days } = feed([worse], policyWith(), answered);
    expect(told(days)).toEqual(['escalated severity']);
    expect(state.incidents['PROMISE_GAP:900']).toMatchObject({ acknowledgedAt: null, severity: 'high' });
  });

  it('repeats after five working days in a week in which something happened, and leaves a quiet week to the digest', () => {
    const long = Array.from({ length: 14 }, () => gap(0.7));
    expect(daysOf(long)[11]).toBe('suppressed quiet-week');
    const busy = long.map((signals, index) => [
      ...signals,
      ...(index >= 9 ? [aSignal({ subject: '901', probability: 0.9 })] : []),
    ]);
    expect(daysOf(busy)[11]).toBe('repeated');
  });

  it('waits twice as long before each further reminder', () => {
    const busy = Array.from({ length: 60 }, (_, index) => [
      ...gap(0.7),
      aSignal({ rule: 'MILESTONE_SLIPPED', subject: '901', probability: 1, facts: [`moved:${Math.floor(index / 3)}`] }),
    ]);
    const repeats = told(feed(busy).days).flatMap((text, index) => (text.includes('repeated') ? [index] : []));
    expect(repeats).toEqual([11, 21, 41]);
  });

  it.each([
    ['acknowledge', { kind: 'acknowledge', at: morning(1) }],
    ['known', { kind: 'known' }],
    ['wrong', { kind: 'wrong' }],
    ['snooze', { kind: 'snooze', until: at('2027-01-01') }],
  ] as const)('says nothing again after "%s"', (_, answer) => {
    const opened = feed([gap(0.7), gap(0.7)]).state;
    const answered = answerAlert(opened, 'PROMISE_GAP:900', answer);
    expect(answerAlert(answered, 'PROMISE_GAP:900', answer)).toEqual(answered);
    const mornings = Array.from({ length: 12 }, (__, index) => ({ at: morning(index + 2), signals: gap(0.7) }));
    expect(told(feed(mornings, policyWith(), answered).days).join('')).toBe('');
  });

  it('speaks again when a snooze is over and it still holds', () => {
    const opened = feed([gap(0.7), gap(0.7)]).state;
    const answered = answerAlert(opened, 'PROMISE_GAP:900', { kind: 'snooze', until: morning(3) });
    const mornings = [2, 3, 4].map((index) => ({ at: morning(index), signals: gap(0.7) }));
    expect(told(feed(mornings, policyWith(), answered).days)).toEqual(['', 'repeated', '']);
  });

  it('ignores an answer to what is closed', () => {
    const { state } = feed([gap(0.7), gap(0.7), [], []]);
    expect(answerAlert(state, 'PROMISE_GAP:900', { kind: 'known' })).toBe(state);
    expect(answerAlert(state, 'PROMISE_GAP:901', { kind: 'known' })).toBe(state);
  });
});

describe('quiet hours', () => {
  it.each([
    ['at night', '2026-06-02T20:00:00Z'],
    ['early', '2026-06-02T06:59:00Z'],
    ['on a Saturday', '2026-06-06T10:00:00Z'],
  ])('waits %s and tells in the morning', (_, night) => {
    const days = daysOf([
      gap(0.7),
      { at: at(night), signals: gap(0.7) },
      { at: at('2026-06-08T08:30:00Z'), signals: gap(0.7) },
    ]);
    expect(days).toEqual(['', 'suppressed quiet-hours', 'opened']);
  });

  it('closes nothing at night', () => {
    const { state } = feed([gap(0.7), gap(0.7), []]);
    const days = [at('2026-06-03T22:00:00Z'), at('2026-06-04T08:30:00Z')].map((when) => ({ at: when, signals: [] }));
    expect(told(feed(days, policyWith(), state).days)).toEqual(['', 'resolved recovered']);
  });

  it('can be switched off', () => {
    const night = { at: at('2026-06-02T23:00:00Z'), signals: gap(0.7) };
    expect(daysOf([gap(0.7), night], policyWith({ quietFromHour: 0, quietToHour: 0 }))[1]).toBe('opened');
  });
});

describe('measured precision', () => {
  /** One alert that is over after a day by itself, then a week of silence. */
  const brief = [gap(0.9), gap(0.9), [], [], ...Array.from({ length: 6 }, () => [])];

  it('raises the limit of a rule of whose last alerts fewer than half were right, says so, and starts anew', () => {
    const policy = policyWith({ precisionLast: 3 });
    const { days, state } = feed([...brief, ...brief, ...brief], policy);
    expect(told(days).filter((text) => text.includes('threshold-raised'))).toEqual([
      'resolved recovered, threshold-raised',
    ]);
    expect(days.flat().at(-1)).toEqual({ kind: 'threshold-raised', rule: 'PROMISE_GAP', on: 0.65 });
    expect(state).toMatchObject({ raised: { PROMISE_GAP: 1 }, verdicts: { PROMISE_GAP: [] } });
    expect(daysOf([gap(0.64), gap(0.64)], policy)).toEqual(['', 'opened']);
    expect(told(feed([gap(0.64), gap(0.64)], policy, state).days)).toEqual(['', '']);
  });

  it('never raises it above the limit of limits', () => {
    const policy = policyWith({ precisionLast: 1, onMost: 0.7 });
    const { state, days } = feed([...brief, ...brief, ...brief, ...brief], policy);
    expect(state.raised).toEqual({ PROMISE_GAP: 2 });
    expect(days.flat().filter(({ kind }) => kind === 'threshold-raised')).toHaveLength(2);
  });

  it('counts "wrong" against the rule, and an answered or lasting alert for it', () => {
    const policy = policyWith({ precisionLast: 1 });
    const opened = feed([gap(0.7), gap(0.7)]).state;
    const end = [2, 3].map((index) => ({ at: morning(index), signals: [] }));
    const late = [7, 8].map((index) => ({ at: morning(index), signals: [] }));
    const verdict = (state: typeof opened, rest: typeof end) =>
      feed(rest, policy, state).state.raised.PROMISE_GAP === 1 ? 'wrong' : 'right';
    const answer = (kind: 'wrong' | 'known') => answerAlert(opened, 'PROMISE_GAP:900', { kind });
    const acknowledged = answerAlert(opened, 'PROMISE_GAP:900', { kind: 'acknowledge', at: morning(1) });
    expect(verdict(opened, end)).toBe('wrong');
    expect(verdict(opened, late)).toBe('right');
    expect(verdict(acknowledged, end)).toBe('right');
    expect(verdict(answer('wrong'), late)).toBe('wrong');
    expect(verdict(answer('known'), late)).toBe('right');
  });
});
