import { describe, expect, it } from 'vitest';
import { digestCharts, reviewCharts } from '../../../../src/core/reports/charts/digest-charts.ts';
import { aPast, at } from '../../../builders.ts';
import { aDatedVersion, aTeam } from '../../findings/rule-rig.ts';
import { digest } from '../digest-rig.ts';
import { aReview, reviewedProject } from '../sprint-review-rig.ts';
import { chartInput } from './chart-rig.ts';

const work = aPast({ key: 'APO-1', createdAt: at('2026-04-01T08:00:00Z'), fixVersionIds: ['900'] });
const project = (...moves: Parameters<typeof aDatedVersion>[1][]) => ({
  items: [...aTeam(), work],
  versions: [aDatedVersion('2026-05-29', ...moves)],
});
const kindsOf = (parts: ReturnType<typeof project>) =>
  digestCharts(chartInput(parts), digest(parts)).map(({ kind }) => kind);

describe('the pictures of a digest', () => {
  it('are the burn-up of the milestone that decides, and the trend once a date has moved', () => {
    expect(kindsOf(project())).toEqual(['chart-burn-up']);
    expect(kindsOf(project(['2026-05-20', '2026-06-12']))).toEqual(['chart-burn-up', 'chart-milestone-trend']);
  });

  it('are left out in a quiet week', () => {
    const parts = project(['2026-05-20', '2026-06-12']);
    expect(digestCharts(chartInput(parts), { ...digest(parts), isQuiet: true })).toEqual([]);
  });

  it('are none where nothing is planned', () => {
    expect(kindsOf({ items: aTeam(), versions: [] })).toEqual([]);
  });
});

describe('the picture of a sprint review', () => {
  const input = chartInput(reviewedProject(), '2026-11-23T08:00:00Z');

  it('is the burndown of its sprint, in the unit of the review', () => {
    const review = aReview();
    const [chart] = reviewCharts(input, review);
    expect(chart).toMatchObject({ kind: 'chart-burndown', sprint: 'Sprint 33', unit: review.burndown!.unit });
    expect(chart).toMatchObject({ left: review.burndown!.atEnd });
  });

  it('is none without a sprint', () => {
    expect(reviewCharts(input, { ...aReview(), sprint: null, burndown: null })).toEqual([]);
  });
});
