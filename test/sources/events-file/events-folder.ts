import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Deployment, Incident } from '../../../src/core/model/delivery.ts';
import type { SourceRecord } from '../../../src/core/model/record.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { eventsFile } from '../../../src/sources/events-file/index.ts';
import type { Cursor, Page, Source } from '../../../src/sources/source.ts';

/** A folder of its own for one test. */
export function makeEventsFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-events-'));
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
    return path;
  };
  return {
    folder,
    write,
    /** Each event as one line. */
    writeEvents: (name: string, events: readonly (object | string)[]) =>
      write(name, events.map((event) => `${typeof event === 'string' ? event : JSON.stringify(event)}\n`).join('')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function openEvents(path: string, settings: { service?: string; environments?: string[] } = {}): Source {
  return eventsFile.open(eventsFile.config.parse({ path, ...settings }), {
    id: 'pipeline',
    scopes: [],
    clock: systemClock,
    log: silentLogger,
  });
}

export async function pullFrom(
  source: Source,
  cursor: Cursor | null = null,
  { isFull = false, pages = Infinity } = {},
): Promise<{ records: SourceRecord[]; cursor: Cursor | null; pages: Page[] }> {
  const seen: Page[] = [];
  for await (const page of source.pull(cursor, { isFull }, new AbortController().signal)) {
    seen.push(page);
    if (seen.length >= pages) break;
  }
  const last = seen.at(-1)?.cursor ?? cursor;
  return {
    records: seen.flatMap(({ records }) => records),
    cursor: last === null ? null : (JSON.parse(JSON.stringify(last)) as Cursor),
    pages: seen,
  };
}

export function deploymentsOf(records: readonly SourceRecord[]): Deployment[] {
  return records.flatMap((record) => (record.kind === 'deployment' ? [record.deployment] : []));
}

export function incidentsOf(records: readonly SourceRecord[]): Incident[] {
  return records.flatMap((record) => (record.kind === 'incident' ? [record.incident] : []));
}

export function reasonsOf(records: readonly SourceRecord[]): string[] {
  return records.flatMap((record) => (record.kind === 'set-aside' ? [record.reason] : []));
}
