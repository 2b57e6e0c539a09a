import type { SourceRecord } from '../../core/model/record.ts';
import { RemoteError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Page, Scope } from '../source.ts';
import type { Deployment, JiraClient } from './client.ts';
import type { Place, ScopePlace } from './cursor.ts';
import type { FieldMap } from './fields.ts';
import type { JiraSettings } from './settings.ts';

/** One Jira during one pull: what all scopes share. */
export interface Site {
  readonly client: JiraClient;
  readonly deployment: Deployment;
  readonly settings: JiraSettings;
  readonly fields: FieldMap;
  readonly askedFields: readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
  /** Jira's clock, by its first answer. */
  serverNow(): number;
  /** Where the pull stands; changed on the way, and handed out as a copy with every page. */
  readonly place: Place;
  /** The cursor of the page that was handed out last. */
  lastCursor: Place;
}

/** One scope during one pull. */
export interface ScopeRun {
  readonly site: Site;
  readonly scope: Scope;
  readonly at: ScopePlace;
  /** Sprints that this pull has handed out already. */
  readonly toldSprints: Set<string>;
  /** Page tokens seen in this pull: one that comes twice would go round for ever. */
  readonly tokens: Set<string>;
}

/** Rows that the store writes in one go without keeping the process from its other work. */
const maxPageRows = 2_000;

function rowsOf(record: SourceRecord): number {
  if (record.kind === 'history') return 1 + record.changes.length;
  return record.kind === 'census' ? record.itemIds.length : 1;
}

/**
 * Records as pages, the last of them with the place reached. Those before it keep the cursor from before: killed between
 * them, the next pull asks for the whole again, and storing a record twice changes nothing.
 */
export function* pagesOf(site: Site, records: readonly SourceRecord[], progress: Page['progress']): Generator<Page> {
  const cursor = structuredClone(site.place);
  let portion: SourceRecord[] = [];
  let rows = 0;
  for (const record of records) {
    if (rows > 0 && rows + rowsOf(record) > maxPageRows) {
      yield { records: portion, cursor: site.lastCursor, progress };
      portion = [];
      rows = 0;
    }
    portion.push(record);
    rows += rowsOf(record);
  }
  site.lastCursor = cursor;
  yield { records: portion, cursor, progress };
}

/** The token of the next page, null after the last one. A short or an empty page does not end a listing. */
export function nextToken(
  run: ScopeRun,
  page: { readonly nextPageToken?: string | null | undefined; readonly isLast?: boolean | null | undefined },
): string | null {
  const token = page.isLast ? null : page.nextPageToken || null;
  if (token === null) return null;
  if (run.tokens.has(token)) {
    throw new RemoteError('jira', 'Jira gave the same page token twice; the listing would never end', {
      todo: 'pull again; if it stays, tell Atlassian support',
    });
  }
  run.tokens.add(token);
  return token;
}
