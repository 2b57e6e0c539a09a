import type { CycleTimeChart } from '../../core/reports/charts/chart.ts';
import { dayNumber } from '../../core/time/day.ts';
import type { AxisWords } from './axis-words.ts';
import type { Drawing } from './draw.ts';
import { headHeight } from './draw.ts';
import { countAxis, dayAxis, frameOf } from './frame.ts';
import { spread } from './spread.ts';
import { roomFor } from './text-width.ts';
import { colours, oddsDash } from './theme.ts';
import type { ChartWords } from './words.ts';

const row = 18;
/** Above so many times P95 an item is drawn at the edge: one of a year would press all others to the floor. */
const highest = 1.5;
const largest = 17;
/** Of so many discs many lie upon another. */
const manyPoints = 300;

/** Each finished item by its day and how long it took, and the lines under which half, 85 and 95 % of them lie. */
export function drawCycleTime(chart: CycleTimeChart, words: ChartWords, axes: AxisWords): Drawing {
  const { points, percentiles, from, today, longest } = chart;
  const yAxis = countAxis(Math.min(longest, highest * percentiles.p95), axes.number);
  const frame = frameOf({
    top: headHeight(words) + row,
    labelsRight: roomFor(
      ['p50', 'p85', 'p95'].map((code) => words.label(code)),
      { isBold: true },
    ),
    xAxis: dayAxis(from, today, axes.day, 3),
    yAxis,
  });
  const levels = [
    { code: 'p50', at: percentiles.p50, dash: oddsDash.p50, colour: colours.green },
    { code: 'p85', at: percentiles.p85, dash: 'solid' as const, colour: colours.vermilion },
    { code: 'p95', at: percentiles.p95, dash: oddsDash.p85, colour: colours.faint },
  ];
  const places = spread(
    levels.map(({ at }) => frame.y(at)),
    { least: row, from: frame.top - row, to: frame.bottom + row },
  );
  const most = Math.max(...points.map(({ count }) => count));
  const inside = points.filter(({ days }) => days <= yAxis.max);
  const beyond = points.filter(({ days }) => days > yAxis.max);
  return {
    frame,
    strokes: levels.map(({ at, colour, dash }) => ({
      from: [frame.left, frame.y(at)],
      to: [frame.right, frame.y(at)],
      colour,
      width: 2,
      dash,
    })),
    series: [
      {
        type: 'scatter',
        data: inside.map(({ on, days, count }) => ({ value: [dayNumber(on), days], symbolSize: sizeOf(count, most) })),
        symbol: 'circle',
        itemStyle: { color: colours.blue, opacity: points.length > manyPoints ? 0.3 : 0.55 },
      },
      {
        type: 'scatter',
        data: beyond.map(({ on }) => [dayNumber(on), yAxis.max]),
        symbol: 'triangle',
        symbolSize: 11,
        itemStyle: { color: colours.paper, borderColor: colours.blue, borderWidth: 2 },
      },
    ],
    labels: [
      { x: 12, y: frame.top - 0.9 * row, text: words.label('days'), colour: colours.faint },
      ...levels.map(({ code, colour }, index) => ({
        x: frame.right + 6,
        y: places[index]!,
        text: words.label(code),
        colour,
        isBold: true,
      })),
      ...(beyond.length > 0
        ? [
            {
              x: frame.right,
              y: frame.top - 0.9 * row,
              align: 'right' as const,
              text: `△ ${words.label('beyond')}`,
              colour: colours.blue,
            },
          ]
        : []),
    ],
  };
}

/** The surface of a disc grows with the items in it; the largest leaves the others to be seen. */
function sizeOf(count: number, most: number): number {
  return Math.max(4, Math.min(7, largest / Math.sqrt(most)) * Math.sqrt(count));
}
