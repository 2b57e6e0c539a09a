import { addDays } from '../../time/day.ts';
import { stagesOf } from '../../metrics/flow/stages.ts';
import type { ProjectView } from '../../view/view.ts';
import type { CumulativeFlowChart } from './chart.ts';
import { aboutChart } from './chart-input.ts';
import type { ChartInput } from './chart-input.ts';

const mostWeeks = 26;
/** More bands than colours that can be told apart, and than lines of a name a phone has room for. */
const mostBands = 6;

type Band = CumulativeFlowChart['bands'][number];

/**
 * Cumulative flow of the last half year (metrics.md 2.2), as what stands between the lines. Columns in which no work has
 * begun are one band with what is on no column yet; neighbouring columns with little in them are put together while
 * there are too many. Null before the second whole week.
 */
export function buildCumulativeFlow(input: ChartInput): CumulativeFlowChart | null {
  const { value } = input.metrics.figures.cumulativeFlow;
  if (value === null || value.weeks.length < 2) return null;
  const weeks = value.weeks.slice(-mostWeeks).map((monday) => addDays(monday, 6));
  const begins = firstBegun(input.view, value.stages.length);
  const stages = ['created', ...value.stages.slice(begins)];
  const lines = [value.counts[0]!, ...value.counts.slice(begins)].map((line) => line.slice(-mostWeeks));
  const [created, begun, done] = [lines[0]!, lines[1]!, lines.at(-1)!];
  const doneBefore = done[0]!;
  const bands = stages
    .map((stage, index): Band => {
      const next = lines[index + 1];
      const counts = lines[index]!.map((count, week) => count - (next?.[week] ?? doneBefore));
      return { stages: [stage], counts };
    })
    .reverse();
  return {
    kind: 'chart-cumulative-flow',
    ...aboutChart(input),
    bands: withoutTooMany(bands),
    weeks,
    arrived: created.at(-1)! - created[0]!,
    finished: done.at(-1)! - doneBefore,
    inProgress: { before: begun[0]! - doneBefore, now: begun.at(-1)! - done.at(-1)! },
    waiting: created.at(-1)! - begun.at(-1)!,
  };
}

/** The first stage after `created` in which work has begun, by what the statuses of its column mean; the last one at most. */
function firstBegun({ boards, counted }: ProjectView, stages: number): number {
  const { names, stageOf } = stagesOf(boards);
  const begun = new Set<number>();
  for (const { past } of counted) {
    for (const { value } of past.status) if (value.phase === 'started') begun.add(stageOf(value));
  }
  const first = names.findIndex((_, index) => index > 0 && begun.has(index));
  return first === -1 ? stages - 1 : first;
}

/** The finished band and the waiting one say what the others do not: they stay by themselves. */
function withoutTooMany(bands: readonly Band[]): readonly Band[] {
  if (bands.length <= mostBands) return bands;
  let thinnest = 1;
  for (let index = 1; index + 2 < bands.length; index += 1) {
    if (sizeOf(bands, index) < sizeOf(bands, thinnest)) thinnest = index;
  }
  const [right, left] = [bands[thinnest]!, bands[thinnest + 1]!];
  const counts = right.counts.map((count, week) => count + left.counts[week]!);
  const together: Band = { stages: [...left.stages, ...right.stages], counts };
  return withoutTooMany([...bands.slice(0, thinnest), together, ...bands.slice(thinnest + 2)]);
}

/** What stands in two neighbours together, over all weeks. */
function sizeOf(bands: readonly Band[], index: number): number {
  return [...bands[index]!.counts, ...bands[index + 1]!.counts].reduce((sum, count) => sum + count, 0);
}
