import type { CumulativeFlowChart } from '../../core/reports/charts/chart.ts';
import { dayNumber } from '../../core/time/day.ts';
import { cleanText } from '../clean-text.ts';
import type { AxisWords } from './axis-words.ts';
import type { Drawing, Label, Surface } from './draw.ts';
import { headHeight } from './draw.ts';
import { countAxis, dayAxis, frameOf } from './frame.ts';
import type { Frame } from './frame.ts';
import { spread } from './spread.ts';
import { fitted, roomFor } from './text-width.ts';
import { canvas, colours, fontSize, margin } from './theme.ts';
import type { ChartWords } from './words.ts';

const square = 15;
const row = 18;
/** From what is finished to what waits; neighbours differ in lightness too, for those who see no colours. */
const fills = [colours.blue, colours.orange, colours.green, colours.yellow, colours.purple];
const waiting = colours.grey;

/** What stands in each column, one upon the other, week by week: a band that widens is where work piles up. */
export function drawCumulativeFlow(chart: CumulativeFlowChart, words: ChartWords, axes: AxisWords): Drawing {
  const { bands, weeks } = chart;
  // The upper edge of each band, from the finished one up.
  const edges = bands.reduce<number[][]>((found, { counts }) => {
    const below = found.at(-1);
    return [...found, counts.map((count, week) => count + (below?.[week] ?? 0))];
  }, []);
  const days = weeks.map(dayNumber);
  const frame = frameOf({
    top: headHeight(words) + row,
    labelsRight: square + roomFor(bands.map((band) => nameOf(band, words, axes))),
    xAxis: dayAxis(weeks[0]!, weeks.at(-1)!, axes.day, 3),
    yAxis: countAxis(Math.max(...edges.at(-1)!), axes.number),
  });
  const colourOf = (index: number) => (index === bands.length - 1 ? waiting : fills[index % fills.length]!);
  return {
    frame,
    surfaces: edges.map((edge, index): Surface => {
      const below = edges[index - 1];
      const upper = edge.map((count, week) => [frame.x(days[week]!), frame.y(count)] as const);
      const lower = edge.map((_, week) => [frame.x(days[week]!), frame.y(below?.[week] ?? 0)] as const);
      return { points: [...upper, ...lower.reverse()], colour: colourOf(index), opacity: 0.85 };
    }),
    series: edges.map((edge) => ({
      type: 'line',
      data: edge.map((count, week) => [days[week]!, count]),
      symbol: 'none',
      lineStyle: { color: colours.paper, width: 0.75 },
    })),
    labels: bandLabels(chart, words, { frame, edges, colourOf, axes }),
    strokes: [],
  };
}

/** The words for what is no column of a board. */
const codes: readonly string[] = ['created', 'started', 'done'];

function nameOf({ stages, counts }: CumulativeFlowChart['bands'][number], words: ChartWords, axes: AxisWords): string {
  const names = stages.map((stage) => (codes.includes(stage) ? words.label(stage) : cleanText(stage)));
  return `${axes.number(counts.at(-1)!)} ${names.join(' + ')}`;
}

interface Placing {
  readonly frame: Frame;
  readonly edges: readonly (readonly number[])[];
  readonly colourOf: (index: number) => string;
  readonly axes: AxisWords;
}

/** The name of each band beside its end with how many are in it, behind a square of its colour. */
function bandLabels(
  { bands }: CumulativeFlowChart,
  words: ChartWords,
  { frame, edges, colourOf, axes }: Placing,
): Label[] {
  const middles = edges.map((edge, index) => (edge.at(-1)! + (edges[index - 1]?.at(-1) ?? 0)) / 2);
  const places = spread(middles.map(frame.y), {
    least: row,
    from: frame.top - 0.8 * row,
    to: frame.bottom + 0.8 * row,
  });
  const x = frame.right + 6;
  return [
    { x: margin, y: frame.top - 0.9 * row, text: words.label('items'), colour: colours.faint },
    ...bands.flatMap((band, index): Label[] => {
      const text = nameOf(band, words, axes);
      const y = places[index]!;
      return [
        { x, y, text: '■', colour: colourOf(index) },
        { x: x + square, y, text: fitted(text, canvas.width - 4 - x - square, { size: fontSize.label }) },
      ];
    }),
  ];
}
