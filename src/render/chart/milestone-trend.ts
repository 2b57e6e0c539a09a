import type { LineSeriesOption, ScatterSeriesOption } from 'echarts';
import type { MilestoneTrendChart, PromiseLine } from '../../core/reports/charts/chart.ts';
import { addDays, dayNumber } from '../../core/time/day.ts';
import type { Day } from '../../core/time/day.ts';
import { cleanText } from '../clean-text.ts';
import type { AxisWords } from './axis-words.ts';
import type { Drawing, Label, Surface } from './draw.ts';
import { headHeight } from './draw.ts';
import { dayAxis, frameOf } from './frame.ts';
import type { Axis, Frame } from './frame.ts';
import { spread } from './spread.ts';
import { fitted, roomFor } from './text-width.ts';
import { canvas, colours, fontSize, margin, seriesStyles } from './theme.ts';
import type { ChartWords } from './words.ts';

const labelGap = 10;
const labelHeight = 36;
const row = 18;

/**
 * The milestone trend as project offices draw it: along the bottom the day of the report, upwards the day that was
 * promised then. A line that runs level keeps its promise, one that rises slips, and one that comes down to the diagonal
 * is reached there.
 */
export function drawMilestoneTrend(chart: MilestoneTrendChart, words: ChartWords, axes: AxisWords): Drawing {
  const { lines, today } = chart;
  const reports = lines.flatMap(({ points }) => points.map(({ reportedOn }) => reportedOn));
  const promises = lines.flatMap(({ points, finishedOn }) => [...points.map(({ on }) => on), finishedOn ?? today]);
  const from = reports.reduce((a, b) => (a < b ? a : b), today);
  const axis = (first: Day, last: Day) => dayAxis(first, last, axes.day);
  const lowest = promises.reduce((a, b) => (a < b ? a : b));
  const highest = promises.reduce((a, b) => (a > b ? a : b));
  const pad = Math.ceil((dayNumber(highest) - dayNumber(lowest)) * 0.06) + 3;
  const frame = frameOf({
    top: headHeight(words) + 1.4 * row,
    labelsRight: roomFor(lines.flatMap((line, index) => [line.name, dateOf(line, index, { words, axes })])) + 4,
    xAxis: { ...dayAxis(from, today, axes.day, 3), name: words.label('reported') },
    yAxis: axis(addDays(lowest, -pad), addDays(highest, pad)),
  });
  const past = pastOf(frame);
  return {
    frame,
    surfaces: past,
    series: lines.flatMap((line, index) => seriesOf(line, index)),
    labels: [
      { x: margin, y: frame.top - row, text: words.label('promised'), colour: colours.faint },
      ...(past.length > 0 && frame.y(dayNumber(today)) < frame.bottom - 2 * row
        ? [
            {
              x: frame.right - 6,
              y: frame.bottom - 0.7 * row,
              align: 'right' as const,
              text: words.label('past'),
              colour: colours.faint,
            },
          ]
        : []),
      ...endLabels(chart, words, { frame, axes }),
    ],
  };
}

/** What lies below the diagonal is over: the day was promised for a day before the report. */
function pastOf({ x, y, xAxis, yAxis }: Frame): readonly Surface[] {
  const clamp = (value: number, { min, max }: Axis) => Math.max(min, Math.min(max, value));
  const [begin, end] = [clamp(yAxis.min, xAxis), clamp(yAxis.max, xAxis)];
  if (begin >= xAxis.max) return [];
  const points = [
    [x(begin), y(clamp(begin, yAxis))],
    [x(end), y(clamp(end, yAxis))],
    [x(xAxis.max), y(clamp(xAxis.max, yAxis))],
    [x(xAxis.max), y(yAxis.min)],
    [x(begin), y(yAxis.min)],
  ] as const;
  return [{ points, colour: colours.grey, opacity: 0.3 }];
}

function seriesOf({ points, finishedOn }: PromiseLine, index: number): (LineSeriesOption | ScatterSeriesOption)[] {
  const { colour, dash, symbol } = seriesStyles[index]!;
  const data = points.map(({ reportedOn, on }) => [dayNumber(reportedOn), dayNumber(on)]);
  const type = typeof dash === 'string' ? dash : [...dash];
  const itemStyle = { color: colour, borderColor: colour };
  const reached = finishedOn === null ? [] : [[dayNumber(finishedOn), dayNumber(finishedOn)]];
  return [
    { type: 'line', data, step: 'end', symbol: 'none', lineStyle: { color: colour, width: 2.5, type } },
    { type: 'scatter', data: data.slice(0, finishedOn === null ? undefined : -1), symbol, symbolSize: 9, itemStyle },
    { type: 'scatter', data: reached, symbol: 'pin', symbolSize: 22, itemStyle },
  ];
}

function dateOf(
  { leadsTo }: PromiseLine,
  index: number,
  { words, axes }: { readonly words: ChartWords; readonly axes: AxisWords },
): string {
  return `${axes.date(leadsTo)} ${words.label('slip', index)}`.trim();
}

interface Placing {
  readonly frame: Frame;
  readonly axes: AxisWords;
}

/** The name of each at its end and how far it slipped, moved apart where they would meet. */
function endLabels({ lines }: MilestoneTrendChart, words: ChartWords, { frame, axes }: Placing): Label[] {
  const x = frame.right + labelGap;
  const width = canvas.width - margin / 2 - x;
  const wanted = lines.map(({ leadsTo }) => frame.y(dayNumber(leadsTo)));
  const places = spread(wanted, { least: labelHeight, from: frame.top, to: frame.bottom + 20 });
  return lines.flatMap((line, index): Label[] => {
    const { colour } = seriesStyles[index]!;
    const y = places[index]!;
    return [
      {
        x,
        y: y - 8,
        text: fitted(cleanText(line.name), width, { size: fontSize.label, isBold: true }),
        colour,
        isBold: true,
      },
      { x, y: y + 9, text: dateOf(line, index, { words, axes }), colour: colours.ink },
    ];
  });
}
