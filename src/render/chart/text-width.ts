import { format } from 'echarts/dist/echarts.esm.min';
import { canvas, fontFamily, fontSize, margin } from './theme.ts';

/** Without a canvas the drawing library measures Helvetica; Inter is that much wider. */
const widerThanMeasured = { regular: 1.06, bold: 1.12 };

export interface TextStyle {
  readonly size: number;
  readonly isBold?: boolean;
}

/** About how many pixels a line takes. */
export function textWidth(text: string, { size, isBold = false }: TextStyle): number {
  const { width } = format.getTextRect(text, `${isBold ? 700 : 400} ${size}px ${fontFamily}`);
  return width * (isBold ? widerThanMeasured.bold : widerThanMeasured.regular);
}

/** Words in lines of at most `width` pixels; what does not fit in the last of them is cut with an ellipsis. */
export function linesOfText(
  text: string,
  { width, most, ...style }: TextStyle & { readonly width: number; readonly most: number },
): readonly string[] {
  const words = text.split(/[ \n]+/).filter((word) => word !== '');
  const lines: string[] = [];
  let line = '';
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || textWidth(longer, style) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === most - 1) return [...lines, fitted([line, ...words.slice(index)].join(' '), width, style)];
    lines.push(fitted(line, width, style));
    line = word;
  }
  return [...lines, fitted(line, width, style)];
}

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** More letters than fit into any line: what lies beyond need not be measured. */
const mostLetters = 200;

/** A text in so many pixels, with an ellipsis for what was cut. */
export function fitted(text: string, width: number, style: TextStyle): string {
  if (text.length <= mostLetters && textWidth(text, style) <= width) return text;
  const parts = [...letters.segment(text.slice(0, 8 * mostLetters))]
    .slice(0, mostLetters)
    .map(({ segment }) => segment);
  while (parts.length > 0 && textWidth(`${parts.join('')}…`, style) > width) parts.pop();
  return `${parts.join('').trimEnd()}…`;
}

/** Room beside the plot for the widest of some labels, as far as a phone has it. */
export function roomFor(labels: readonly string[], { isBold = false } = {}): number {
  const widest = Math.max(
    0,
    ...labels.map((text) => textWidth(text.slice(0, mostLetters), { size: fontSize.label, isBold })),
  );
  return Math.ceil(Math.min(widest, canvas.width / 3) + 2 * gap);
}

const gap = 6;

/** Words to the right of an upright line, or to its left where there is no room; both inside the canvas. */
export function besideLine(
  x: number,
  text: string,
  { left, right }: { readonly left: number; readonly right: number },
): { readonly x: number; readonly align: 'left' | 'right' } {
  const width = textWidth(text, { size: fontSize.label, isBold: true });
  if (x + gap + width <= right + margin || x - gap - width < left) {
    return { x: Math.min(x + gap, canvas.width - margin - width), align: 'left' };
  }
  return { x: x - gap, align: 'right' };
}
