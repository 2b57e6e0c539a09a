import type { Align, Table } from './document.ts';
import { displayWidth } from './display-width.ts';
import { plainText } from './plain-text.ts';

/** A longer cell pushes its neighbours aside rather than blow up every row. */
const widestColumn = 40;

/** A table as lines of fixed-width text, header first, then dashes. Nothing is cut. */
export function tableLines(table: Table): string[] {
  const rows = [table.header, ...table.rows].map((row) => row.map((cell) => plainText(cell).replaceAll('\n', ' ')));
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.min(widestColumn, Math.max(1, ...rows.map((row) => displayWidth(row[column] ?? '')))),
  );
  const lines = rows.map((row) =>
    widths
      .map((width, column) => pad(row[column] ?? '', width, table.align?.[column] ?? null))
      .join('  ')
      .trimEnd(),
  );
  return [lines[0]!, widths.map((width) => '─'.repeat(width)).join('  '), ...lines.slice(1)];
}

function pad(text: string, width: number, align: Align | null): string {
  const room = Math.max(0, width - displayWidth(text));
  const before = align === 'right' ? room : align === 'center' ? Math.floor(room / 2) : 0;
  return ' '.repeat(before) + text + ' '.repeat(room - before);
}
