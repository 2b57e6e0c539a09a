import type { BurndownChart } from '../../core/reports/charts/chart.ts';
import type { AxisWords } from './axis-words.ts';
import type { Drawing, Label, Surface } from './draw.ts';
import { headHeight } from './draw.ts';
import { countAxis, frameOf } from './frame.ts';
import type { Axis, Frame } from './frame.ts';
import { roomFor } from './text-width.ts';
import { spread } from './spread.ts';
import { colours, margin, oddsDash } from './theme.ts';
import type { ChartWords } from './words.ts';

const row = 18;
const mostTicks = 4;

/** What is left at the end of each working day, against the ideal line, and of a running sprint where it leads. */
export function drawBurndown(chart: BurndownChart, words: ChartWords, axes: AxisWords): Drawing {
  const { days, outlook } = chart;
  const largest = Math.max(1, ...days.flatMap(({ ideal, left }) => [ideal, left ?? 0]), chart.atStart);
  const frame = frameOf({
    top: headHeight(words) + row,
    labelsRight: roomFor(
      (outlook === null ? ['left'] : ['p50', 'p85']).map((code) => words.label(code)),
      { isBold: true },
    ),
    xAxis: workingDayAxis(chart, axes),
    yAxis: countAxis(largest, axes.number),
  });
  const past = days.flatMap(({ left }, index) => (left === null ? [] : [[index, left] as const]));
  const now = past.at(-1)!;
  const end = days.length - 1;
  const ideal = days.map((day, index) => [index, day.ideal]);
  const fan = outlook === null ? [] : [now, [end, outlook.leftAtP50] as const, [end, outlook.leftAtP85] as const];
  const surface: Surface[] =
    fan.length === 0
      ? []
      : [{ points: fan.map(([x, y]) => [frame.x(x), frame.y(y)]), colour: colours.blue, opacity: 0.16 }];
  return {
    frame,
    surfaces: surface,
    series: [
      { type: 'line', data: ideal, symbol: 'none', lineStyle: { color: colours.faint, width: 2, type: [2, 5] } },
      {
        type: 'line',
        data: past.map(([x, y]) => [x, y]),
        symbol: 'circle',
        symbolSize: 7,
        itemStyle: { color: colours.blue },
        lineStyle: { color: colours.blue, width: 3 },
      },
      ...fan.slice(1).map(([x, y], index) => ({
        type: 'line' as const,
        data: [[...now], [x, y]],
        symbol: 'none',
        lineStyle: { color: colours.blue, width: 2.5, type: [...oddsDash[index === 0 ? 'p50' : 'p85']] },
      })),
    ],
    labels: labelsOf(chart, words, { frame, now, end }),
  };
}

/** Working days side by side: with the weekends between them the ideal line would have steps. */
function workingDayAxis({ days }: BurndownChart, axes: AxisWords): Axis {
  const step = Math.max(1, Math.ceil(days.length / mostTicks));
  const ticks = days.flatMap(({ on }, index) => (index % step === 0 ? [{ at: index, text: axes.day(on, false) }] : []));
  return { min: 0, max: Math.max(1, days.length - 1), ticks };
}

interface Placing {
  readonly frame: Frame;
  readonly now: readonly [x: number, y: number];
  readonly end: number;
}

/** What each line leads to, at its end; the ideal one is named at its beginning, where it is alone. */
function labelsOf(chart: BurndownChart, words: ChartWords, { frame, now, end }: Placing): Label[] {
  const { outlook, isOver, days } = chart;
  const ends =
    outlook === null
      ? [{ y: now[1], code: 'left' }]
      : [
          { y: outlook.leftAtP85, code: 'p85' },
          { y: outlook.leftAtP50, code: 'p50' },
        ];
  const places = spread(
    ends.map(({ y }) => frame.y(y)),
    { least: row, from: frame.top, to: frame.bottom + row },
  );
  const isAtEnd = outlook !== null || now[0] >= end - 1;
  const ideal = days[Math.min(1, days.length - 1)]!.ideal;
  return [
    { x: margin, y: frame.top - 0.7 * row, text: words.label('unit'), colour: colours.faint },
    {
      x: frame.x(0.6),
      y: Math.min(frame.bottom - row, frame.y(ideal) + 26),
      text: words.label('ideal'),
      colour: colours.faint,
    },
    ...ends.map(({ code }, index) => ({
      x: isAtEnd ? frame.right + 6 : frame.x(now[0]) + 8,
      y: places[index]!,
      text: words.label(code),
      colour: colours.blue,
      isBold: true,
    })),
    ...(outlook !== null && !isOver
      ? [{ x: frame.x(now[0]), y: frame.y(now[1]) - 14, text: words.label('left'), colour: colours.blue, isBold: true }]
      : []),
  ];
}
