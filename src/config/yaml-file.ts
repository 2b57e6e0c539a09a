import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { Problem } from '../lib/errors.ts';

/** One YAML file: its value, and where in it each path stands. */
export interface YamlFile {
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** `config/vigie.yaml:14:11` of the deepest part of the path that is in the file. */
  place(path: readonly PropertyKey[]): string;
}

const aliasLimit = 50;

/**
 * Reads one file's text. With a `root`, the whole file is the value of that key: `thresholds.yaml` of `thresholds`.
 * Duplicate keys, tabs, unknown tags, alias bombs and more than one document are problems.
 */
export function parseYamlFile(name: string, text: string, root: string | null = null): YamlFile | readonly Problem[] {
  if (text.includes('\0')) return [problemAt(`${name}:1:1`, 'a text file in UTF-8', 'NUL bytes (is it UTF-16?)')];
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), {
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
  });
  const faults = [...document.errors, ...document.warnings].map((fault) => {
    const { line, col } = lines.linePos(fault.pos[0]);
    const where = `${name}:${line}:${col}`;
    if (fault.code === 'MULTIPLE_DOCS')
      return problemAt(where, 'one YAML document', 'a second one after a line of ---');
    return problemAt(where, 'valid YAML', fault.message.replace(/\s+/g, ' '));
  });
  if (faults.length > 0) return faults;
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: aliasLimit }) ?? {};
  } catch (error) {
    return [problemAt(`${name}:1:1`, `at most ${aliasLimit} uses of an alias`, (error as Error).message)];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [
      problemAt(
        `${name}:1:1`,
        'keys and values',
        Array.isArray(value) ? 'a list' : `the ${typeof value} ${String(value)}`,
      ),
    ];
  return {
    name,
    value: root === null ? (value as Record<string, unknown>) : { [root]: value },
    place: (path) => {
      const { line, col } = lines.linePos(offsetOf(document, root === null ? path : path.slice(1)));
      return `${name}:${line}:${col}`;
    },
  };
}

function problemAt(where: string, expected: string, found: string): Problem {
  return { where, path: '', expected, found };
}

/** Start of the key (of a map) or the item (of a list) that the path leads to, or of its nearest ancestor. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = (node as Node | null)?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String((key as { value?: unknown }).value ?? key) === String(step));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (!node) break;
      offset = (node as Node).range?.[0] ?? offset;
    } else break;
  }
  return offset;
}
