import type { RichTextBlock, TableBlock } from '@slack/types';
import type { Cell, Code, Inline, Table } from './document.ts';
import { plainText } from './plain-text.ts';
import { slackLimits } from './slack-limits.ts';
import { richInlines } from './slack-rich-text.ts';
import { tableLines } from './table-text.ts';
import { countCharacters } from './truncate.ts';

/** Whether Slack takes this table as a `table` block, of which a message has one. */
export function fitsTableBlock(table: Table): boolean {
  const rows = [table.header, ...table.rows];
  const width = columnsOf(table);
  if (rows.length > slackLimits.tableRows || width < 1 || width > slackLimits.tableColumns) return false;
  // An empty cell is sent as a blank.
  const size = (cell: Cell) => Math.max(1, countCharacters(plainText(cell)));
  const empty = rows.reduce((sum, row) => sum + width - row.length, 0);
  return rows.flat().reduce((sum, cell) => sum + size(cell), empty) <= slackLimits.tableCharacters;
}

export function tableBlock(table: Table): TableBlock {
  const width = columnsOf(table);
  const cells = (row: readonly Cell[]) => Array.from({ length: width }, (_, column) => tableCell(row[column] ?? []));
  const settings = Array.from({ length: width }, (_, column) => ({
    align: table.align?.[column] ?? ('left' as const),
    is_wrapped: true,
  }));
  return { type: 'table', rows: [table.header, ...table.rows].map(cells), column_settings: settings };
}

/** The same as text of fixed width, for what a `table` block cannot hold. */
export function tableAsCode(table: Table): Code {
  return { type: 'code', text: tableLines(table).join('\n') };
}

function columnsOf(table: Table): number {
  return Math.max(table.header.length, ...table.rows.map((row) => row.length));
}

function tableCell(cell: readonly Inline[]): TableBlock['rows'][number][number] {
  if (cell.every((inline) => inline.type === 'text')) return { type: 'raw_text', text: plainText(cell) || ' ' };
  const section = { type: 'rich_text_section' as const, elements: richInlines(cell) };
  return { type: 'rich_text', elements: [section] } satisfies RichTextBlock;
}
