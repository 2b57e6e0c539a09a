import { createHash } from 'node:crypto';
import type { LineSeriesOption, ScatterSeriesOption } from 'echarts';
// The bundle: as one file it takes 17 MB, as its modules 70.
import { init } from 'echarts/dist/echarts.esm.min';
import { escapeHtml } from '../escape-html.ts';
import type { Axis, Frame } from './frame.ts';
import { fitted, linesOfText, textWidth } from './text-width.ts';
import { canvas, colours, fontFamily, fontSize, margin } from './theme.ts';
import type { ChartWords } from './words.ts';

/** Words in the picture, at a point of the canvas. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly align?: 'left' | 'center' | 'right';
  readonly colour?: string;
  readonly size?: number;
  readonly isBold?: boolean;
}

/** A filled surface between points of the canvas. */
export interface Surface {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly colour: string;
  readonly opacity: number;
}

/** A line of the canvas: an axis of its own, a mark. */
export interface Stroke {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly colour: string;
  readonly width?: number;
  readonly dash?: 'solid' | readonly number[];
}

export interface Drawing {
  readonly frame: Frame;
  readonly series: readonly (LineSeriesOption | ScatterSeriesOption)[];
  readonly labels: readonly Label[];
  readonly surfaces?: readonly Surface[];
  readonly strokes?: readonly Stroke[];
}

/** Nothing is written nearer to the edge. */
const rim = 4;
const titleLine = 20;
const subtitleLine = 18;

/** How much room the words above a chart take: a title of one to three lines, and the line below it. */
export function headHeight({ title }: Pick<ChartWords, 'title'>): number {
  return margin + titleLinesOf(title).length * titleLine + subtitleLine + 14;
}

/** Lines of about one length: a last word by itself looks like a mistake. */
function titleLinesOf(title: string): readonly string[] {
  const room = canvas.width - 2 * margin;
  const linesIn = (width: number) => linesOfText(title, { size: fontSize.title, isBold: true, width, most: 3 });
  let lines = linesIn(room);
  const { length } = lines;
  if (lines.at(-1)!.endsWith('…')) return lines;
  for (let width = room; width > room / 2; width -= room / 20) {
    const narrower = linesIn(width);
    if (narrower.length > length || narrower.some((line) => line.endsWith('…'))) break;
    lines = narrower;
  }
  return lines;
}

/** A chart as SVG, the same bytes for the same drawing: for a page as it is, for Slack through `toPng`. */
export function drawChart({ frame, series, labels, surfaces = [], strokes = [] }: Drawing, words: ChartWords): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: canvas.width, height: frame.height });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: colours.paper,
      textStyle: { fontFamily, fontSize: fontSize.tick, color: colours.faint },
      grid: {
        left: frame.left,
        right: canvas.width - frame.right,
        top: frame.top,
        bottom: frame.height - frame.bottom,
        containLabel: false,
      },
      xAxis: xAxis(frame.xAxis),
      yAxis: yAxis(frame.yAxis),
      graphic: [
        ...surfaces.map(surfaceElement),
        ...gridLines(frame).map((line) => ({ ...strokeElement(line), z: -2 })),
        ...strokes.map(strokeElement),
        ...[...head(words), ...labels].map(keptInside).map(labelElement),
      ],
      series: series.map((one) => ({ ...one, silent: true, emphasis: { disabled: true } })),
    });
    return plainSvg(chart.renderToSVGString(), words);
  } finally {
    chart.dispose();
  }
}

function head({ title, subtitle }: ChartWords): Label[] {
  const lines = titleLinesOf(title);
  const [below = ''] = linesOfText(subtitle, { size: fontSize.label, width: canvas.width - 2 * margin, most: 1 });
  return [
    ...lines.map((text, index) => ({
      x: margin,
      y: margin + (index + 0.5) * titleLine,
      text,
      size: fontSize.title,
      isBold: true,
    })),
    { x: margin, y: margin + lines.length * titleLine + subtitleLine / 2 + 2, text: below, colour: colours.faint },
  ];
}

function xAxis({ min, max, ticks, name }: Axis) {
  const words = new Map(ticks.map(({ at, text }) => [at, text]));
  const customValues = ticks.map(({ at }) => at);
  return {
    type: 'value',
    min,
    max,
    name: name ?? '',
    nameLocation: 'middle',
    nameGap: 26,
    splitLine: { show: false },
    axisLine: { show: true, onZero: false, lineStyle: { color: colours.faint } },
    axisTick: { show: true, customValues, lineStyle: { color: colours.faint } },
    axisLabel: {
      customValues,
      formatter: (at: number) => words.get(at) ?? '',
      fontSize: fontSize.tick,
      color: colours.faint,
      margin: 9,
      hideOverlap: true,
    },
  };
}

function yAxis({ min, max, ticks }: Axis) {
  const words = new Map(ticks.map(({ at, text }) => [at, text]));
  const customValues = ticks.map(({ at }) => at);
  return {
    type: 'value',
    min,
    max,
    splitLine: { show: false },
    axisLine: { show: false },
    axisTick: { show: false, customValues },
    axisLabel: {
      customValues,
      formatter: (at: number) => words.get(at) ?? '',
      fontSize: fontSize.tick,
      color: colours.faint,
      margin: 6,
    },
  };
}

function gridLines({ left, right, y, yAxis: { ticks } }: Frame): Stroke[] {
  return ticks.map(({ at }) => ({ from: [left, y(at)], to: [right, y(at)], colour: colours.line, width: 1 }));
}

function surfaceElement({ points, colour, opacity }: Surface) {
  return { type: 'polygon', shape: { points }, style: { fill: colour, opacity }, silent: true, z: -1 };
}

function strokeElement({ from: [x1, y1], to: [x2, y2], colour, width = 1.5, dash = 'solid' }: Stroke) {
  return {
    type: 'line',
    shape: { x1, y1, x2, y2 },
    style: { stroke: colour, lineWidth: width, lineDash: dash === 'solid' ? undefined : dash, fill: null },
    silent: true,
    z: 1,
  };
}

/** Words that would leave the canvas move back into it; over the plot they can still be read. */
function keptInside(label: Label): Label {
  const { x, align = 'left', size = fontSize.label, isBold = false } = label;
  const most = canvas.width - 2 * rim;
  const text = fitted(label.text, most, { size, isBold });
  const width = textWidth(text, { size, isBold });
  const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
  const inside = Math.max(rim, Math.min(left, canvas.width - rim - width));
  return { ...label, text, x: x + inside - left };
}

function labelElement({ x, y, text, align = 'left', colour = colours.ink, size = fontSize.label, isBold }: Label) {
  return {
    type: 'text',
    x,
    y,
    style: {
      text,
      fill: colour,
      fontFamily,
      fontSize: size,
      fontWeight: isBold ? 700 : 400,
      textAlign: align,
      textVerticalAlign: 'middle',
      // A rim of paper, so that words can be read over lines.
      stroke: colours.paper,
      lineWidth: 3,
    },
    silent: true,
    z: 10,
  };
}

/**
 * What the drawing library adds for a browser goes: rules for the mouse, and names that count up with every chart that
 * the process draws. Names that are left are of the picture's own, since several stand in one page.
 */
function plainSvg(svg: string, { title, alt }: ChartWords): string {
  const plain = svg
    .replace(/<style ><!\[CDATA\[[\s\S]*?\]\]>\s*<\/style>\n?/g, '')
    .replace(/ (?:class|pointer-events|ecmeta_[a-z_]+)="[^"]*"/g, '')
    .replaceAll(/zr\d+-/g, 'zr-');
  const own = createHash('sha256').update(plain).digest('hex').slice(0, 8);
  return plain
    .replaceAll('zr-', `c${own}-`)
    .replace('<svg ', `<svg role="img" aria-label="${escapeHtml(alt)}" `)
    .replace('>', `>\n<title>${escapeHtml(title)}</title>`);
}
