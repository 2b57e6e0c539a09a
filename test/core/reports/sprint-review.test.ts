import { describe, expect, it } from 'vitest';
import { at } from '../../builders.ts';
import { aRelease, asOf } from '../metrics/value/a-release.ts';
import { aReview, reviewedProject, reviewOf } from './sprint-review-rig.ts';

describe('a sprint review', () => {
  const review = aReview();

  it('is of the sprint that was closed last, or of the one that is asked for', () => {
    expect(review.sprint).toMatchObject({ id: '33', completedOn: '2026-11-20', overrunWorkingDays: 1 });
    expect(aReview({ sprint: '31' }).sprint).toMatchObject({ id: '31' });
    expect(aReview({ sprint: '34' }).sprint).toBeNull();
  });

  it('tells what was said and what was done', () => {
    expect(review.sprint).toMatchObject({
      goal: 'Pay by card',
      sayDo: { count: 0.5, points: 6 / 14 },
      committed: { count: 4, points: 14 },
      kept: 2,
      completed: { count: 3, points: 7 },
      carried: { count: 2, points: 8 },
      added: { count: 1, points: 1 },
      removed: { count: 0, points: 0 },
      lateAdditions: 1,
      grade: 'A',
    });
  });

  it('holds the velocity against the sprints before it', () => {
    expect(review.velocity).toMatchObject({
      unit: 'points',
      now: 7,
      sprints: 2,
      range: { min: 0, max: 3 },
      standing: 'above',
    });
  });

  it('says how far the release is by sprints, only at the end of the sprint that the summary is of', () => {
    expect(review.release).toBeNull();
    expect(reviewOf(aRelease(), null, at(asOf)).release).toEqual({
      name: 'Launch',
      unit: 'point',
      scope: 45,
      added: 5,
      done: 15,
      plannedSprints: 6,
      doneSprints: 3,
      expectedComplete: 0.5,
      actualComplete: 15 / 45,
      isPast: false,
    });
    expect(reviewOf(aRelease(), '4', at(asOf)).release).toBeNull();
  });

  it('follows what was left, day by day, to what was carried on', () => {
    expect(review.burndown).toMatchObject({ unit: 'points', atStart: 14, atEnd: 8, done: 3 });
    expect(review.burndown!.days.at(-1)).toMatchObject({ on: '2026-11-20', points: 8 });
  });

  it('names what was carried on again and again, and at most three things to talk about', () => {
    expect(review.carriedOften.map(({ key, sprints }) => [key, sprints])).toEqual([['APO-1', 3]]);
    expect(review.talk.map(({ code }) => code)).toEqual(['LOW_SAY_DO', 'SERIAL_CARRYOVER', 'SCOPE_CHURN']);
    expect(review.talk.length + review.lookAt.length).toBeLessThanOrEqual(3);
  });

  it('looks at the sprint that follows', () => {
    expect(review.next).toMatchObject({ name: 'Sprint 34', isRunning: true, items: 2, carriedIn: 2 });
  });

  it('says neither ratio nor velocity when the histories are not known', () => {
    const blind = aReview({ project: reviewedProject({ isComplete: false }) });
    expect(blind.sprint).toMatchObject({ grade: 'D', sayDo: { count: null, points: null }, scopeChange: null });
    expect(blind).toMatchObject({ velocity: null, talk: [] });
  });

  it('of a project without sprints has none', () => {
    expect(reviewOf({ items: [], sprints: [] })).toMatchObject({ sprint: null, next: null, talk: [] });
  });
});
