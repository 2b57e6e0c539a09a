import { RemoteError } from '../../lib/errors.ts';
import { csvRows, separatorOf } from './csv-rows.ts';
import type { CsvRow } from './csv-rows.ts';
import type { Element } from './element.ts';

const columns = [
  'type',
  'id',
  'service',
  'env',
  'environment',
  'sha',
  'version',
  'finishedAt',
  'result',
  'planned',
  'remediates',
  'openedAt',
  'resolvedAt',
  'cause',
];
const times = ['finishedAt', 'openedAt', 'resolvedAt'];

/** The rows of a CSV file as plain events. Throws RemoteError when its first line does not name what is needed. */
export function csvElements(lines: readonly string[], path: string): Element[] {
  if (lines.every((line) => line.trim() === '')) return [];
  const separator = separatorOf(lines[0]!);
  const [header] = csvRows(lines.slice(0, 1), separator);
  const names = (header?.cells ?? []).map((cell) => columns.find((column) => bare(column) === bare(cell)) ?? null);
  if (!names.includes('id') || !times.some((time) => names.includes(time)))
    throw new RemoteError(
      'events-file',
      `${path} line 1: expected the names of the columns, id and ${times.join(' or ')} among them, found ${JSON.stringify(lines[0]!.slice(0, 80))}`,
      { todo: `name the columns in the first line: ${columns.join(', ')}; others are not read` },
    );
  return csvRows(lines.slice(1), separator, 2).map((row) => elementOf(row, names));
}

/** `Finished at` and `finished_at` are `finishedAt`. */
function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}

function elementOf({ first, last, cells }: CsvRow, names: readonly (string | null)[]): Element {
  if (cells === null) return { first, last, value: null, problem: 'expected a quote to be closed, found none' };
  if (cells.slice(names.length).some((cell) => cell !== ''))
    return {
      first,
      last,
      value: null,
      problem: `expected ${names.length} cells as in the first line, found ${cells.length}; a cell that holds the separator needs quotes`,
    };
  const value = Object.fromEntries(names.flatMap((name, index) => (name === null ? [] : [[name, cells[index] ?? '']])));
  return { first, last, value, problem: null };
}
