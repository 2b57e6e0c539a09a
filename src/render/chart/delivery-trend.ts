import type { DeliveryTrendChart } from '../../core/reports/charts/chart.ts';
import type { AxisWords } from './axis-words.ts';
import type { Drawing, Label, Stroke, Surface } from './draw.ts';
import { headHeight } from './draw.ts';
import { countAxis, frameOf } from './frame.ts';
import type { Frame } from './frame.ts';
import { colours, margin } from './theme.ts';
import type { ChartWords } from './words.ts';

const row = 18;
/** Width of a column, as a part of the room that it has. */
const columnShare = 0.56;
const hatchStep = 6;

/** A column of deployments for every four weeks, those that failed hatched at its foot; above it how long changes took. */
export function drawDeliveryTrend(chart: DeliveryTrendChart, words: ChartWords, axes: AxisWords): Drawing {
  const { stretches } = chart;
  const largest = Math.max(1, ...stretches.map(({ deployments }) => deployments));
  const frame = frameOf({
    top: headHeight(words) + 2 * row,
    labelsRight: margin,
    xAxis: {
      min: -0.5,
      max: stretches.length - 0.5,
      ticks: stretches.map(({ to }, index) => ({ at: index, text: axes.day(to, false) })),
      name: words.label('axis'),
    },
    yAxis: countAxis(largest, axes.number),
  });
  const columns = stretches.map(({ deployments, failed }, index) => ({ index, deployments, failed: failed ?? 0 }));
  return {
    frame,
    series: [],
    surfaces: columns.flatMap(({ index, deployments, failed }): Surface[] => [
      { points: box(frame, index, [failed, deployments]), colour: colours.blue, opacity: 0.85 },
      { points: box(frame, index, [0, failed]), colour: colours.vermilion, opacity: 0.35 },
    ]),
    strokes: columns.flatMap(({ index, failed }) => (failed > 0 ? hatch(frame, index, failed) : [])),
    labels: labelsOf(chart, words, frame),
  };
}

function box(
  frame: Frame,
  index: number,
  [from, to]: readonly [number, number],
): readonly (readonly [number, number])[] {
  const [left, right] = [frame.x(index - columnShare / 2), frame.x(index + columnShare / 2)];
  const [bottom, top] = [frame.y(from), frame.y(to)];
  return [
    [left, bottom],
    [left, top],
    [right, top],
    [right, bottom],
  ];
}

/** Failures are hatched, not only coloured: some readers see no colour, and some print. */
function hatch(frame: Frame, index: number, failed: number): readonly Stroke[] {
  const [left, right] = [frame.x(index - columnShare / 2), frame.x(index + columnShare / 2)];
  const [bottom, top] = [frame.y(0), frame.y(failed)];
  const height = bottom - top;
  const strokes: Stroke[] = [];
  for (let x = left - height; x < right; x += hatchStep) {
    const [from, to] = [Math.max(left, x), Math.min(right, x + height)];
    if (from >= to) continue;
    strokes.push({ from: [from, bottom - (from - x)], to: [to, bottom - (to - x)], colour: colours.vermilion });
  }
  return strokes;
}

function labelsOf({ stretches }: DeliveryTrendChart, words: ChartWords, frame: Frame): Label[] {
  const isFailing = stretches.some(({ failed }) => failed !== null && failed > 0);
  return [
    { x: margin, y: frame.top - 1.7 * row, text: words.label('unit'), colour: colours.blue, isBold: true },
    ...(isFailing
      ? [{ x: margin, y: frame.top - 0.8 * row, text: words.label('failed'), colour: colours.vermilion, isBold: true }]
      : []),
    ...stretches.map(({ deployments }, index) => ({
      x: frame.x(index),
      y: frame.y(deployments) - 11,
      text: words.label('took', index),
      align: 'center' as const,
      colour: colours.ink,
    })),
  ];
}
