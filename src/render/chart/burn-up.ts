import type { ScatterSeriesOption } from 'echarts';
import type { BurnUpChart } from '../../core/reports/charts/chart.ts';
import { addDays, dayNumber } from '../../core/time/day.ts';
import type { Day } from '../../core/time/day.ts';
import type { AxisWords } from './axis-words.ts';
import type { Drawing, Label } from './draw.ts';
import { headHeight } from './draw.ts';
import { countAxis, dayAxis, frameOf } from './frame.ts';
import type { Frame } from './frame.ts';
import { besideLine, textWidth } from './text-width.ts';
import { canvas, colours, fontSize, margin, oddsDash } from './theme.ts';
import type { ChartWords } from './words.ts';

const row = 18;
/** A forecast is cut when it is more than a year long and twice as long as what is known: else the past is a stroke. */
const longestAhead = 2;
const halfYear = 183;
const fewDays = 28;
/** Above the scope there is room for its words. */
const headroom = 1.08;

/** Scope and done items up to today, from there the two edges of the forecast up to all that there is; the target across. */
export function drawBurnUp(chart: BurnUpChart, words: ChartWords, axes: AxisWords): Drawing {
  const { course, dueOn } = chart;
  const { scope } = course.at(-1)!;
  const largest = Math.max(...course.map((point) => point.scope));
  const { from, to } = rangeOf(chart);
  const frame = frameOf({
    top: headHeight(words) + row,
    labelsRight: 20,
    xAxis: dayAxis(from, to, axes.day),
    yAxis: countAxis(largest * headroom, axes.number),
  });
  const edges = edgesOf(chart, frame);
  const points = (of: 'scope' | 'done') => course.map((point) => [dayNumber(point.on), point[of]]);
  const targetX = dueOn === null || dueOn < from ? null : frame.x(dayNumber(dueOn));
  return {
    frame,
    surfaces: edges === null ? [] : [{ points: edges.surface, colour: colours.blue, opacity: 0.16 }],
    strokes:
      targetX === null
        ? []
        : [
            {
              from: [targetX, frame.top],
              to: [targetX, frame.bottom],
              colour: colours.vermilion,
              width: 2,
              dash: [10, 4, 2, 4],
            },
          ],
    series: [
      {
        type: 'line',
        data: [...points('scope'), [frame.xAxis.max, scope]],
        symbol: 'none',
        step: 'end',
        lineStyle: { color: colours.faint, width: 2 },
      },
      ...(edges === null
        ? []
        : (['p50', 'p85'] as const).map((odds) => ({
            type: 'line' as const,
            data: edges[odds].map(([day, done]) => [day, done]),
            symbol: 'none',
            lineStyle: { color: colours.blue, width: 2.5, type: [...oddsDash[odds]] },
          }))),
      { type: 'line', data: points('done'), symbol: 'none', lineStyle: { color: colours.blue, width: 3.5 } },
      ...endMarks(edges, frame, scope),
    ],
    labels: [
      ...countLabels(chart, words, frame),
      ...(edges === null ? [] : oddsLabels(chart, words, frame)),
      ...(targetX === null
        ? []
        : [
            {
              ...besideLine(targetX, words.label('target'), frame),
              y: frame.bottom - 0.6 * row,
              text: words.label('target'),
              colour: colours.vermilion,
              isBold: true,
            },
          ]),
    ],
  };
}

/** From the first day of the course to the last day that is asked about. */
function rangeOf({ course, dueOn, forecast, today }: BurnUpChart): { from: Day; to: Day } {
  const from = course[0]!.on;
  const latest = (days: readonly (Day | null | undefined)[]) => days.reduce<Day>((a, b) => (b && b > a ? b : a), today);
  const isCut = (day: Day) =>
    dayNumber(day) - dayNumber(today) > longestAhead * Math.max(halfYear, dayNumber(today) - dayNumber(from));
  const days = [forecast?.p50, forecast?.p85, dueOn].filter((day) => day !== null && day !== undefined);
  const near = latest(days.filter((day) => !isCut(day)));
  const isBeyond = forecast !== null && (days.some(isCut) || forecast.p85 === null);
  // What lies beyond the edge is shown going there.
  const to = isBeyond ? addDays(near, Math.ceil(Math.max(fewDays, dayNumber(near) - dayNumber(from)) / 2)) : near;
  return { from, to: addDays(to, Math.ceil((dayNumber(to) - dayNumber(from)) * 0.02) + 1) };
}

type Point = readonly [x: number, y: number];

/** Both edges of the fan in values, and what lies between them in pixels; cut at the edge of the plot. */
function edgesOf({ forecast, course, today }: BurnUpChart, frame: Frame) {
  if (forecast === null) return null;
  const { scope, done } = course.at(-1)!;
  const begin: Point = [dayNumber(today), done];
  const { max } = frame.xAxis;
  const endOf = (on: Day | null): Point => {
    if (on === null) return [max, done];
    const day = dayNumber(on);
    if (day <= max) return [day, scope];
    return [max, done + ((scope - done) * (max - begin[0])) / (day - begin[0])];
  };
  const [end50, end85] = [endOf(forecast.p50), endOf(forecast.p85)];
  const corner: readonly Point[] = end50[1] === scope && end85[1] < scope ? [[max, scope]] : [];
  const surface = [begin, end50, ...corner, end85].map(([day, count]): Point => [frame.x(day), frame.y(count)]);
  return { p50: [begin, end50], p85: [begin, end85], surface };
}

/** The days by which all is done, as the labels name them: a disc and a ring. */
function endMarks(edges: ReturnType<typeof edgesOf>, frame: Frame, scope: number): ScatterSeriesOption[] {
  if (edges === null) return [];
  return (['p50', 'p85'] as const).flatMap((odds): ScatterSeriesOption[] => {
    const [day, done] = edges[odds][1]!;
    if (done < scope || day >= frame.xAxis.max) return [];
    const color = odds === 'p50' ? colours.blue : colours.paper;
    const itemStyle = { color, borderColor: colours.blue, borderWidth: 2 };
    return [{ type: 'scatter', data: [[day, done]], symbol: 'circle', symbolSize: 9, itemStyle, z: 5 }];
  });
}

/** Above the line of the scope, and below the end of what is done: both lines rise. */
function countLabels({ course, today }: BurnUpChart, words: ChartWords, frame: Frame): Label[] {
  const { scope, done } = course.at(-1)!;
  const x = frame.x(dayNumber(today));
  const [all, ready] = [words.label('scope'), words.label('done')];
  const right = Math.max(x, frame.left + 4 + textWidth(all, { size: fontSize.label, isBold: true }));
  const below = besideLine(x, ready, frame);
  return [
    { x: right, align: 'right', y: frame.y(scope) - 11, text: all, colour: colours.faint, isBold: true },
    {
      ...below,
      y: Math.min(frame.y(done) + 15, frame.bottom - 1.7 * row),
      text: ready,
      colour: colours.blue,
      isBold: true,
    },
  ];
}

/** Both days of the forecast over the plot, to either side so that they never meet. */
function oddsLabels({ forecast }: BurnUpChart, words: ChartWords, frame: Frame): Label[] {
  const [p50, p85] = [`● ${words.label('p50')}`, `○ ${words.label('p85')}`];
  const { max } = frame.xAxis;
  const x = (on: Day | null | undefined) => frame.x(Math.min(on ? dayNumber(on) : max, max));
  const y = frame.top - 0.4 * row;
  const width = (text: string) => textWidth(text, { size: fontSize.label, isBold: true });
  const left85 = Math.min(x(forecast?.p85) - 8, canvas.width - margin - width(p85));
  const right50 = Math.max(margin + width(p50), Math.min(x(forecast?.p50) + 8, left85 - 12));
  return [
    { x: right50, y, text: p50, align: 'right', colour: colours.blue, isBold: true },
    { x: left85, y, text: p85, colour: colours.blue, isBold: true },
  ];
}
