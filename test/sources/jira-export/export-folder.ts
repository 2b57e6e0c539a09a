import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { SourceRecord } from '../../../src/core/model/record.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import type { Logger } from '../../../src/lib/logger.ts';
import { jiraExport } from '../../../src/sources/jira-export/index.ts';
import type { ExportSettings } from '../../../src/sources/jira-export/settings.ts';
import type { Cursor, Page, Scope, Source } from '../../../src/sources/source.ts';

export const now = Date.parse('2026-11-24T08:30:00Z');
export const scope = (id: string, more: Partial<Scope> = {}): Scope => ({
  id,
  project: id,
  jql: null,
  board: null,
  ...more,
});

/** A folder with these files, gone when the test is over. Lists become JSON lines or JSON by the name of the file. */
export function exportFolder(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'jira-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFile(folder, name, content);
  return folder;
}

export function writeFile(folder: string, name: string, content: unknown): void {
  const isLines = name.includes('.jsonl') && Array.isArray(content);
  const text =
    typeof content === 'string' || Buffer.isBuffer(content)
      ? content
      : isLines
        ? content.map((line: unknown) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
        : JSON.stringify(content);
  writeFileSync(join(folder, name), name.endsWith('.gz') && !Buffer.isBuffer(text) ? gzipSync(text) : text);
}

/** An issue as an export holds it; `fields` are added to those that every issue has. */
export function anIssue(number: number, fields: object = {}, more: object = {}): object {
  return {
    id: String(1000 + number),
    key: `APO-${number}`,
    fields: {
      summary: `Item ${number}`,
      project: { id: '1', key: 'APO', name: 'Apollo' },
      issuetype: { id: '1', name: 'Story', subtask: false },
      created: '2026-01-05T09:00:00.000+0100',
      updated: '2026-01-06T09:00:00.000+0100',
      status: { id: '3', name: 'In Progress', statusCategory: { key: 'indeterminate' } },
      ...fields,
    },
    ...more,
  };
}

export function openExport(
  path: string,
  scopes: readonly Scope[] = [scope('APO')],
  parts: { settings?: Partial<ExportSettings>; clock?: Clock; log?: Logger } = {},
): Source {
  const clock = parts.clock ?? { now: () => now, sleep: async () => {} };
  return jiraExport.open(
    { path, fields: {}, ...parts.settings },
    { id: 'files', scopes, clock, log: parts.log ?? silentLogger },
  );
}

export interface Pulled {
  readonly pages: readonly Page[];
  readonly records: readonly SourceRecord[];
  readonly cursor: Cursor | null;
  /** What the pull ended with; null when it went well. */
  readonly error: unknown;
}

/** Pulls until it ends, fails, or has given so many pages: what was given counts as stored. */
export async function pull(
  source: Source,
  options: { cursor?: Cursor | null; isFull?: boolean; stopAfter?: number } = {},
): Promise<Pulled> {
  const pages: Page[] = [];
  let error: unknown = null;
  try {
    for await (const page of source.pull(
      options.cursor ?? null,
      { isFull: options.isFull ?? false },
      new AbortController().signal,
    )) {
      pages.push(page);
      if (pages.length === options.stopAfter) break;
    }
  } catch (caught) {
    error = caught;
  }
  // A cursor goes through the database as JSON.
  const cursor = pages.at(-1) ? (JSON.parse(JSON.stringify(pages.at(-1)!.cursor)) as Cursor) : null;
  return { pages, records: pages.flatMap((page) => page.records), cursor, error };
}

export function ofKind<Kind extends SourceRecord['kind']>(
  records: readonly SourceRecord[],
  kind: Kind,
): Extract<SourceRecord, { kind: Kind }>[] {
  return records.filter((record): record is Extract<SourceRecord, { kind: Kind }> => record.kind === kind);
}

export const keysOf = (records: readonly SourceRecord[]) => ofKind(records, 'item').map((record) => record.item.key);
