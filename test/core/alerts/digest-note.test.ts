import { describe, expect, it } from 'vitest';
import { digestNotes } from '../../../src/core/alerts/digest-note.ts';
import type { DigestNote } from '../../../src/core/alerts/digest-note.ts';
import { createFinding } from '../../../src/core/findings/create-finding.ts';
import { leftAlerts, leftFirst } from '../../../src/core/reports/left-alerts.ts';
import { aSignal, feed, morning, policyWith } from './alert-rig.ts';

const signals = ['1', '2', '3'].map((subject, index) => aSignal({ subject, probability: 0.7 + index / 10 }));

describe('what an evaluation leaves to the digest', () => {
  it('is what a day had no room for, with its weight', () => {
    const { days } = feed([signals, signals], policyWith({ perDay: 2 }));
    expect(digestNotes(days[0]!, morning(0))).toEqual([]);
    expect(digestNotes(days[1]!, morning(1))).toEqual([
      {
        kind: 'alert',
        at: morning(1),
        key: 'PROMISE_GAP:1',
        rule: 'PROMISE_GAP',
        subject: '1',
        reason: 'over-cap',
        exposure: 1.4,
      },
    ]);
  });

  it('is a warning that came too late, and once', () => {
    const near = [aSignal({ dueOn: '2026-06-04' })];
    const { days } = feed([near, near, near]);
    const notes = days.map((events, index) => digestNotes(events, morning(index)));
    expect(notes.flat()).toMatchObject([{ reason: 'too-late', subject: '900', at: morning(1) }]);
  });

  it('is that a rule opens later from now on', () => {
    expect(digestNotes([{ kind: 'threshold-raised', rule: 'PROMISE_GAP', on: 0.65 }], 5)).toEqual([
      { kind: 'threshold-raised', at: 5, key: 'PROMISE_GAP', rule: 'PROMISE_GAP', on: 0.65 },
    ]);
  });

  it('is nothing that waits for the morning', () => {
    const { days } = feed([signals, { signals, at: morning(1) - 5 * 3_600_000 }]);
    expect(days[1]).toMatchObject([{ reason: 'quiet-hours' }, { reason: 'quiet-hours' }, { reason: 'quiet-hours' }]);
    expect(digestNotes(days[1]!, morning(1))).toEqual([]);
  });
});

describe('a digest', () => {
  const finding = (subject: string) =>
    createFinding({ rule: 'BLOCKED', severity: 'high', subject, facts: {}, evidence: [] });
  const note = (subject: string, exposure: number, reason: 'over-cap' | 'too-late' = 'over-cap'): DigestNote => ({
    kind: 'alert',
    at: 1,
    key: `WORK_STALLED:${subject}`,
    rule: 'WORK_STALLED',
    subject,
    reason,
    exposure,
  });
  const findings = ['a', 'b', 'c', 'd'].map(finding);

  it('tells first what an alert was left for, the heaviest of them before the others', () => {
    const ordered = leftFirst(findings, [note('b', 1), note('d', 2), note('gone', 9)]);
    expect(ordered.map(({ subject }) => subject)).toEqual(['d', 'b', 'a', 'c']);
    expect(leftFirst(findings, [])).toEqual(findings);
  });

  it('counts each alert once, by the last reason, and names the newest setting of a rule', () => {
    const raised = (on: number): DigestNote => ({ kind: 'threshold-raised', at: 2, key: 'r', rule: 'PROMISE_GAP', on });
    const notes = [note('a', 1, 'too-late'), note('a', 1), note('b', 1), note('c', 1, 'too-late')];
    expect(leftAlerts([...notes, raised(0.65), raised(0.7)])).toEqual({
      overCap: 2,
      tooLate: 1,
      raised: [{ rule: 'PROMISE_GAP', on: 0.7 }],
    });
  });
});
