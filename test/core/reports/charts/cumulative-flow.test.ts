import { describe, expect, it } from 'vitest';
import type { Board, Seen } from '../../../../src/core/model/plan.ts';
import { buildCumulativeFlow } from '../../../../src/core/reports/charts/cumulative-flow.ts';
import { at, statuses } from '../../../builders.ts';
import { aTeam, anOpenItem } from '../../findings/rule-rig.ts';
import { chartInput } from './chart-rig.ts';

const aBoard = (...columns: readonly (readonly [name: string, statusIds: readonly string[]])[]): Seen<Board>[] => [
  {
    at: at('2026-01-02'),
    value: { id: '1', name: 'Board', columns: columns.map(([name, statusIds]) => ({ name, statusIds })) },
  },
];
const items = [
  ...aTeam(),
  anOpenItem('APO-1', []),
  anOpenItem('APO-2', [['2026-05-05T09:00:00Z', statuses.doing]]),
  anOpenItem('APO-3', [
    ['2026-05-05T09:00:00Z', statuses.doing],
    ['2026-05-12T09:00:00Z', statuses.review],
  ]),
];
const columns = [
  ['To Do', [statuses.toDo.id]],
  ['Doing', [statuses.doing.id]],
  ['Review', [statuses.review.id]],
  ['Done', [statuses.done.id]],
] as const;

describe('cumulative flow', () => {
  it('shows what stands in each column at the end of each week, what waits in one band', () => {
    const chart = buildCumulativeFlow(chartInput({ items, boards: [aBoard(...columns)] }))!;
    expect(chart.bands.map(({ stages }) => stages)).toEqual([['Done'], ['Review'], ['Doing'], ['created']]);
    expect(chart.bands.map(({ counts }) => counts.at(-1))).toEqual([57, 1, 1, 1]);
    expect(chart.weeks.at(-1)).toBe('2026-05-24');
    expect(chart).toMatchObject({ inProgress: { before: 0, now: 2 }, waiting: 1, finished: 57, arrived: 57 });
  });

  it('bands add up to all that came in, whichever columns the board has', () => {
    const { bands, arrived } = buildCumulativeFlow(chartInput({ items }))!;
    const sumAt = (week: number) => bands.reduce((sum, { counts }) => sum + counts.at(week)!, 0);
    expect(bands.map(({ stages }) => stages)).toEqual([['done'], ['started'], ['created']]);
    expect(sumAt(-1) - sumAt(0)).toBe(arrived);
  });

  it('puts the emptiest neighbours together when there are more columns than a reader can tell apart', () => {
    const many = Array.from({ length: 8 }, (_, index) => [`Step ${index}`, [`7${index}`]] as const);
    const wide = aBoard(columns[0], columns[1], ...many, columns[2], columns[3]);
    const { bands } = buildCumulativeFlow(chartInput({ items, boards: [wide] }))!;
    expect(bands).toHaveLength(6);
    expect(bands[0]!.stages).toEqual(['Done']);
    expect(bands.at(-1)!.stages).toEqual(['created']);
    const names = bands.toReversed().flatMap(({ stages }) => stages);
    expect(names).toEqual(['created', 'Doing', ...many.map(([name]) => name), 'Review', 'Done']);
  });

  it('is none before the second whole week', () => {
    expect(buildCumulativeFlow(chartInput({}))).toBeNull();
    const young = [anOpenItem('APO-1', [], { createdAt: at('2026-05-19T08:00:00Z') })];
    expect(buildCumulativeFlow(chartInput({ items: young }))).toBeNull();
  });
});
