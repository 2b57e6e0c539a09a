import type { ForecastScores, HorizonTest } from '../core/backtest/backtest.ts';
import { escapeHtml } from './escape-html.ts';

/** The words of the chart, in the reader's language. */
export interface ChartWords {
  readonly title: string;
  readonly weeksAhead: string;
  /** Written on the line of each promise. */
  readonly promised85: string;
  readonly promised50: string;
  /** Names of the rows, in the order of `rows` below. */
  readonly rows: readonly string[];
  readonly note: string;
}

const size = { width: 820, height: 470 };
const plot = { left: 58, right: 600, top: 56, bottom: 392 };

interface Row {
  readonly of: (test: HorizonTest) => ForecastScores;
  /** Told apart by shape and dash as well as by colour. */
  readonly colour: string;
  readonly dash: string;
  readonly marker: 'disc' | 'ring' | 'square' | 'triangle';
}

const rows: readonly Row[] = [
  { of: (test) => test, colour: '#0b5cad', dash: '', marker: 'disc' },
  { of: ({ adaptive }) => adaptive, colour: '#0b5cad', dash: '2 4', marker: 'ring' },
  { of: ({ rivals }) => rivals['weekly-26'], colour: '#b3541e', dash: '7 4', marker: 'square' },
  { of: ({ rivals }) => rivals['daily-84'], colour: '#6b6770', dash: '3 3', marker: 'triangle' },
];

/**
 * What forecasts promised and what they kept, by horizon, as an SVG: the share of the "85 % sure" and of the "even odds"
 * that held. A row that lies under its line was too sure of itself.
 */
export function calibrationChart(horizons: readonly HorizonTest[], words: ChartWords): string {
  const tested = horizons.filter(({ n }) => n > 0);
  const shares = tested.flatMap((test) =>
    rows.flatMap(({ of }) => [of(test).p85Hit, of(test).p50Hit].filter((share) => share !== null)),
  );
  const floor = Math.max(0, Math.floor(Math.min(0.4, ...shares) * 10) / 10);
  const y = (share: number) => plot.bottom - ((share - floor) / (1 - floor)) * (plot.bottom - plot.top);
  const step = (plot.right - plot.left) / Math.max(1, tested.length);
  const x = (index: number) => plot.left + step * (index + 0.5);
  const parts = [
    text({ x: plot.left, y: 30, value: words.title, weight: 'bold', size: 17 }),
    ...axis(floor, y),
    ...tested.map(({ weeks }, index) =>
      text({ x: x(index), y: plot.bottom + 22, value: String(weeks), anchor: 'middle' }),
    ),
    text({ x: (plot.left + plot.right) / 2, y: plot.bottom + 44, value: words.weeksAhead, anchor: 'middle' }),
    ...promise(0.85, words.promised85, y),
    ...promise(0.5, words.promised50, y),
    ...rows.toReversed().flatMap((row) => drawRow(row, tested, { x, y })),
    ...legend(words.rows),
    text({ x: plot.left, y: size.height - 12, value: words.note, size: 12, colour: '#5c5a5d' }),
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" ` +
    `role="img" aria-label="${escapeHtml(words.title)}" font-family="system-ui, sans-serif">\n` +
    `<rect width="100%" height="100%" fill="#fff"/>\n${parts.join('\n')}\n</svg>\n`
  );
}

interface Scales {
  readonly x: (index: number) => number;
  readonly y: (share: number) => number;
}

function axis(floor: number, y: Scales['y']): string[] {
  const ticks = Array.from({ length: Math.round((1 - floor) * 10) + 1 }, (_, index) => floor + index / 10);
  return ticks.flatMap((share) => [
    line({ x1: plot.left, x2: plot.right, y1: y(share), y2: y(share), colour: '#e3e1e4' }),
    text({ x: plot.left - 8, y: y(share) + 4, value: `${Math.round(share * 100)}\u00A0%`, anchor: 'end', size: 12 }),
  ]);
}

function promise(share: number, name: string, y: Scales['y']): string[] {
  return [
    line({ x1: plot.left, x2: plot.right, y1: y(share), y2: y(share), colour: '#1d1c1d', width: 1.5 }),
    text({ x: plot.right + 8, y: y(share) + 4, value: name, weight: 'bold' }),
  ];
}

function drawRow({ of, colour, dash, marker }: Row, tests: readonly HorizonTest[], { x, y }: Scales): string[] {
  const isOurs = marker === 'disc';
  return (['p85', 'p50'] as const).flatMap((which) => {
    const points = tests.flatMap((test, index) => {
      const scores = of(test);
      const share = which === 'p85' ? scores.p85Hit : scores.p50Hit;
      const interval = which === 'p85' ? scores.p85Interval : scores.p50Interval;
      return share === null ? [] : [{ at: x(index), share, interval }];
    });
    const path = points.map(({ at, share }) => `${round(at)},${round(y(share))}`).join(' ');
    return [
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="${isOurs ? 2.5 : 1.75}"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`,
      ...(isOurs
        ? points.flatMap(({ at, interval }) =>
            interval === null
              ? []
              : [line({ x1: at, x2: at, y1: y(interval[0]), y2: y(interval[1]), colour, width: 1.25 })],
          )
        : []),
      ...points.map(({ at, share }) => draw(marker, { at, y: y(share), colour })),
    ];
  });
}

function legend(names: readonly string[]): string[] {
  return rows.flatMap(({ colour, dash, marker }, index) => {
    const at = { x: plot.right + 14, y: 232 + index * 26 };
    return [
      `<line x1="${at.x - 6}" x2="${at.x + 22}" y1="${at.y}" y2="${at.y}" stroke="${colour}" stroke-width="2"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`,
      draw(marker, { at: at.x + 8, y: at.y, colour }),
      text({ x: at.x + 30, y: at.y + 4, value: names[index] ?? '', size: 13 }),
    ];
  });
}

interface Mark {
  readonly at: number;
  readonly y: number;
  readonly colour: string;
}

function draw(marker: Row['marker'], { at, y, colour }: Mark): string {
  const [cx, cy] = [round(at), round(y)];
  switch (marker) {
    case 'disc':
      return `<circle cx="${cx}" cy="${cy}" r="4.5" fill="${colour}"/>`;
    case 'ring':
      return `<circle cx="${cx}" cy="${cy}" r="4" fill="#fff" stroke="${colour}" stroke-width="1.75"/>`;
    case 'square':
      return `<rect x="${round(at - 3.5)}" y="${round(y - 3.5)}" width="7" height="7" fill="${colour}"/>`;
    case 'triangle':
      return `<path d="M${cx} ${round(y - 4.5)}l4.5 8h-9z" fill="${colour}"/>`;
  }
}

interface LineParts {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  readonly colour: string;
  readonly width?: number;
}

function line({ x1, x2, y1, y2, colour, width = 1 }: LineParts): string {
  return `<line x1="${round(x1)}" x2="${round(x2)}" y1="${round(y1)}" y2="${round(y2)}" stroke="${colour}" stroke-width="${width}"/>`;
}

interface TextParts {
  readonly x: number;
  readonly y: number;
  readonly value: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly weight?: 'normal' | 'bold';
  readonly colour?: string;
}

function text({
  x,
  y,
  value,
  anchor = 'start',
  size: fontSize = 13,
  weight = 'normal',
  colour = '#1d1c1d',
}: TextParts): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" font-size="${fontSize}" font-weight="${weight}" fill="${colour}">${escapeHtml(value)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
