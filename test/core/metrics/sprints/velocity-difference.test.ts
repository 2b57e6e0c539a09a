import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { median } from '../../../../src/core/metrics/statistics.ts';
import {
  lookBackSprints,
  pastPointOf,
  pointOf,
  velocityDifference,
} from '../../../../src/core/metrics/sprints/velocity-difference.ts';
import type { SprintItem, SprintSpan } from '../../../../src/core/metrics/sprints/sprint.ts';
import { hasRealData, realFile } from '../real-projects.ts';
import { anItem, at, endedAt, startedAt } from './sprint-items.ts';

const span: SprintSpan = { startedAt, endedAt, plannedEndAt: endedAt };

describe('a point of a sprint', () => {
  const items = [
    anItem('A-1', { done: [['05-08', true]] }),
    anItem('A-2', { done: [['05-16', true]] }),
    anItem('A-3', { done: [['05-02', true]] }),
    anItem('A-4', { isIn: [false, ['05-14', true]] }),
  ];
  it('counts what is in it and what is done, without what was done before it began', () => {
    expect(pointOf(items, span, at('05-11T08:00'))).toEqual({ total: 2, done: 1 });
    expect(pastPointOf(items, span, 0.5)).toEqual({ total: 2, done: 1, doneAtEnd: 2 });
  });
  it('is not known of a sprint that was not planned to end', () => {
    expect(pastPointOf(items, { startedAt, endedAt }, 0.5)).toBeNull();
  });
});

describe('velocity difference', () => {
  const past = (...kept: number[]) => kept.map((open) => ({ total: 10, done: 4, doneAtEnd: 4 + open }));
  it('carries on the share of the open items that the last sprints finished', () => {
    // Median 3 of 6: half of the four open items will be done, so two will not.
    expect(velocityDifference(past(0, 3, 3, 6, 6), { total: 8, done: 4 })).toBe(-2);
  });
  it('may be above 0: some teams finish more than was in it', () => {
    expect(velocityDifference(past(9, 9, 9, 9, 9), { total: 8, done: 4 })).toBe(2);
  });
  it('needs five sprints', () => {
    expect(velocityDifference(past(3, 3, 3, 3), { total: 8, done: 4 })).toBeNull();
  });
});

interface TitaniumSprint {
  readonly state: string;
  readonly originBoardId?: number;
  readonly startDate?: string;
  readonly activatedDate?: string;
  readonly endDate?: string;
  readonly completeDate?: string;
  readonly issueKeys: readonly string[];
}

interface Course {
  readonly board: number | undefined;
  readonly items: readonly SprintItem[];
  readonly span: SprintSpan & { readonly plannedEndAt: number };
}

/**
 * The sprints of a public tracker. It gives neither histories nor points: an item is taken to have been in its sprint
 * from its creation, and done from its resolution.
 */
function titaniumSprints(): readonly Course[] {
  const issues = new Map<string, SprintItem>();
  for (const line of gunzipSync(readFileSync(realFile('titanium-jira/issues.jsonl.gz')))
    .toString()
    .split('\n')) {
    if (line === '') continue;
    const { key, fields } = JSON.parse(line) as {
      key: string;
      fields: { created: string; resolutiondate?: string | null };
    };
    const createdAt = Date.parse(fields.created);
    const doneAt = fields.resolutiondate ? Date.parse(fields.resolutiondate) : null;
    issues.set(key, {
      key,
      createdAt,
      membership: [{ at: createdAt, value: true }],
      doneness: [{ at: createdAt, value: false }, ...(doneAt === null ? [] : [{ at: doneAt, value: true }])],
      estimate: [{ at: createdAt, value: null }],
    });
  }
  const sprints = JSON.parse(readFileSync(realFile('titanium-jira/sprints.json'), 'utf8')) as readonly TitaniumSprint[];
  return sprints
    .flatMap(({ state, originBoardId, startDate, activatedDate, endDate, completeDate, issueKeys }): Course[] => {
      const began = activatedDate ?? startDate;
      if (state !== 'closed' || !began || !endDate || !completeDate) return [];
      const items = issueKeys.flatMap((key) => issues.get(key) ?? []);
      const [startedAt, plannedEndAt, endedAt] = [began, endDate, completeDate].map((text) => Date.parse(text)) as [
        number,
        number,
        number,
      ];
      const own = { startedAt, endedAt, plannedEndAt };
      return plannedEndAt > startedAt && pointOf(items, own, endedAt).total >= 3
        ? [{ board: originBoardId, items, span: own }]
        : [];
    })
    .sort((a, b) => a.span.endedAt - b.span.endedAt);
}

describe.skipIf(!hasRealData)('on the sprints of a public tracker (beside the checkout)', () => {
  const sprints = hasRealData ? titaniumSprints() : [];

  it.each([0, 0.3, 0.5, 0.8])('errs at least 15 % less than the median of the past, in time order: %d', (part) => {
    let [ours, rival, n] = [0, 0, 0];
    for (const [index, { board, items, span: own }] of sprints.entries()) {
      const past = sprints
        .slice(0, index)
        .filter((other) => other.board === board && other.span.endedAt <= own.startedAt)
        .flatMap((other) => pastPointOf(other.items, other.span, part) ?? []);
      const now = pastPointOf(items, own, part)!;
      const predicted = velocityDifference(past.slice(-lookBackSprints), now);
      if (predicted === null) continue;
      const truth = now.doneAtEnd - now.total;
      ours += Math.abs(predicted - truth);
      rival += Math.abs(median(past.map((one) => one.doneAtEnd - one.total))! - truth);
      n += 1;
    }
    expect(n).toBeGreaterThan(200);
    expect(ours / rival).toBeLessThanOrEqual(0.85);
  });
});
