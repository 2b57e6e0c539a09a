/** One record of a CSV file, which may go over several lines. */
export interface CsvRow {
  /** The lines that it takes, from 1. */
  readonly first: number;
  readonly last: number;
  /** Null when a quote was opened and not closed. */
  readonly cells: readonly string[] | null;
}

/** A quoted cell longer than this is one that nobody closed: it must not swallow the rest of the file. */
const mostLines = 20;

/** Splits lines into rows (RFC 4180, with any separator); empty lines are none. `first` is the number of the first line. */
export function csvRows(lines: readonly string[], separator: string, first = 1): CsvRow[] {
  const rows: CsvRow[] = [];
  for (let index = 0; index < lines.length;) {
    let text = lines[index]!;
    let end = index;
    while (isOpen(text) && end + 1 < lines.length && end - index < mostLines) text += `\n${lines[++end]!}`;
    const isBroken = isOpen(text);
    if (isBroken) end = index;
    if (text.trim() !== '')
      rows.push({ first: first + index, last: first + end, cells: isBroken ? null : cellsOf(text, separator) });
    index = end + 1;
  }
  return rows;
}

/** What most of the header is separated by: a comma, or what spreadsheets of other countries write. */
export function separatorOf(header: string): string {
  const count = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best));
}

function isOpen(text: string): boolean {
  return text.split('"').length % 2 === 0;
}

function cellsOf(text: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index]!;
    if (isQuoted && char === '"' && text[index + 1] === '"') cell += text[++index]!;
    else if (char === '"') isQuoted = !isQuoted;
    else if (char === separator && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += char;
  }
  return [...cells, cell].map((one) => one.trim());
}
