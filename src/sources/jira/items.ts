import type { SourceRecord } from '../../core/model/record.ts';
import type { Pass } from './cursor.ts';
import { issueRef, normalizeIssue, sprintsOfIssue } from './normalize-issue.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import type { ScopeRun } from './scope-run.ts';
import { ownValue } from '../reading/values.ts';

/** How far a pull reaches back before the last one's start: the search index is behind by seconds, at times minutes. */
export const overlapMs = 10 * 60_000;
/** Beyond this many the overlap is simply stored again, which costs requests and nothing else. */
const maxRecent = 5_000;

/** What came of the issues of one page: their records, and the ids whose histories are wanted now. */
export interface ReadItems {
  readonly records: SourceRecord[];
  readonly ids: string[];
  /** Issues as they came, unchanged ones left out. */
  readonly fresh: readonly unknown[];
}

/** The issues of a page as records. Those that the last pull has stored just as they are now are left out. */
export function readItems(run: ScopeRun, pass: Pass, issues: readonly unknown[]): ReadItems {
  const { scope, at, site } = run;
  const records: SourceRecord[] = [];
  const ids: string[] = [];
  const fresh: unknown[] = [];
  const present: string[] = [];
  for (const issue of issues) {
    const id = idOf(issue);
    if (id) present.push(id);
    const { value: item, setAside } = normalizeIssue(issue, site.fields);
    if (item) {
      if (item.updatedAt >= pass.serverAt - overlapMs && Object.keys(pass.recent).length < maxRecent) {
        pass.recent[item.id] = item.updatedAt;
      }
      if (pass.since !== null && at.recent[item.id] === item.updatedAt) continue;
      records.push({ kind: 'item', scope: scope.id, item });
      ids.push(item.id);
      fresh.push(issue);
      if (!at.projects.includes(item.projectKey)) at.projects.push(item.projectKey);
      records.push(...readSprints(run, issue));
    }
    records.push(...setAsideRecords(scope.id, setAside));
  }
  pass.done += issues.length;
  // It is there, although it may be unreadable: the census must not call it gone.
  if (pass.isCensus && present.length > 0) {
    records.push({ kind: 'census', scope: scope.id, startedAt: pass.startedAt, itemIds: present });
  }
  return { records, ids, fresh };
}

export function idOf(issue: unknown): string | null {
  const id = ownValue(issue, 'id');
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id ? id : null;
}

/** Sprints that the board does not list, as the item tells of them; each once a pull. */
function readSprints({ scope, at, site, toldSprints }: ScopeRun, issue: unknown): SourceRecord[] {
  const { value: sprints, setAside } = sprintsOfIssue(issue, site.fields);
  const fresh = sprints.filter((sprint) => !at.boardSprints.includes(sprint.id) && !toldSprints.has(sprint.id));
  for (const sprint of fresh) {
    toldSprints.add(sprint.id);
    if (sprint.state !== 'closed' && !at.openSprints.includes(sprint.id)) at.openSprints.push(sprint.id);
  }
  const ref = issueRef(issue);
  return [
    ...fresh.map((sprint): SourceRecord => ({ kind: 'sprint', scope: scope.id, sprint })),
    ...setAsideRecords(
      scope.id,
      setAside.map((one) => ({ ...one, ref: `${one.ref} of ${ref}` })),
    ),
  ];
}
