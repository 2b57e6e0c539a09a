import type { History, Site, SiteIssue } from '../portfolio/site.ts';
import type { PageTokens } from './page-token.ts';
import type { Presenter } from './present.ts';
import type { Call, Reply } from './reply.ts';
import { Violation, bodyObject, ok, refuse, stringList, wholeNumber } from './reply.ts';
import type { Search } from './search.ts';

export interface CloudParts {
  readonly site: Site;
  readonly present: Presenter;
  readonly search: Search;
  readonly tokens: PageTokens;
  /** Whether issue/bulkfetch takes a thousand issues; the specification of June 2026 says a hundred. */
  readonly largePages: boolean;
}

/** Fields with many values: a request for them gets small pages everywhere. */
const heavyFields = ['comment', 'worklog', 'attachment', '*all', '*navigable'];
/** `expand=changelog` gives only the newest of these, without a word. */
const expandedHistories = 40;

/** The issue endpoints that Jira Cloud has and Data Center has not. */
export function createCloud({ site, present, search, tokens, largePages }: CloudParts) {
  function visible(idOrKey: string): SiteIssue | null {
    const id = /^\d+$/.test(idOrKey) ? Number(idOrKey) : site.keys.get(idOrKey.toUpperCase());
    const issue = id === undefined ? undefined : site.issues.get(id);
    return issue && !issue.isHidden ? issue : null;
  }

  function withChangelog(
    issue: SiteIssue,
    json: Readonly<Record<string, unknown>>,
    expand: readonly string[],
  ): unknown {
    if (!expand.includes('changelog')) return json;
    const newest = issue.histories.slice(-expandedHistories).toReversed();
    const histories = newest.map((history) => present.history(history, 'text'));
    return {
      ...json,
      changelog: { startAt: 0, maxResults: histories.length, total: issue.histories.length, histories },
    };
  }

  function searchPage(call: Call, input: Readonly<Record<string, unknown>>): Reply {
    const query = search.parse(input['jql'], true);
    const asked = wholeNumber(input['maxResults'], 'maxResults', { min: 1, max: 5000, standard: 50 });
    const fields = stringList(input['fields'], 'fields');
    const expand = typeof input['expand'] === 'string' ? input['expand'].split(',') : [];
    const reconcile = reconcileIds(input['reconcileIssues']);
    const of = JSON.stringify(['search', input['jql'], fields, reconcile]);
    const after = tokens.read(of, input['nextPageToken']);
    if (!call.isKnown) return ok({ issues: [], isLast: true });
    // The server gives fewer than asked when there is more to say about each issue.
    const isLean = fields.every((field) => field === 'id') && expand.length === 0;
    const size = isLean ? asked : Math.min(asked, 100);
    const found = search.after(query, after, new Set(reconcile));
    const page = found.slice(0, size);
    const isLast = found.length <= size;
    return ok({
      issues: page.map((issue) => withChangelog(issue, present.issue(issue, fields), expand)),
      isLast,
      ...(isLast ? {} : { nextPageToken: tokens.write(of, search.sortKey(query, page.at(-1)!)) }),
    });
  }

  return {
    searchGet: (call: Call): Reply => {
      return searchPage(call, {
        jql: call.query.get('jql'),
        nextPageToken: call.query.get('nextPageToken'),
        maxResults: call.query.get('maxResults'),
        fields: call.query.getAll('fields').flatMap((value) => value.split(',')),
        expand: call.query.get('expand') ?? undefined,
        reconcileIssues: call.query
          .getAll('reconcileIssues')
          .flatMap((value) => value.split(','))
          .map(Number),
      });
    },

    searchPost: (call: Call): Reply => {
      return searchPage(
        call,
        bodyObject(call, [
          'expand',
          'fields',
          'fieldsByKeys',
          'jql',
          'maxResults',
          'nextPageToken',
          'properties',
          'reconcileIssues',
        ]),
      );
    },

    count: (call: Call): Reply => {
      const query = search.parse(bodyObject(call, ['jql'])['jql'], true);
      return ok({ count: call.isKnown ? search.count(query) : 0 });
    },

    bulkFetch: (call: Call): Reply => {
      const input = bodyObject(call, ['expand', 'fields', 'fieldsByKeys', 'issueIdsOrKeys', 'properties']);
      const asked = stringList(input['issueIdsOrKeys'], 'issueIdsOrKeys');
      const fields = stringList(input['fields'], 'fields');
      const expand = stringList(input['expand'], 'expand');
      checkBulkFetch(asked, fields, expand, largePages);
      if (asked.length > 100 && !largePages) {
        return refuse(400, 'The number of issues requested exceeds the limit of 100.');
      }
      const wanted = fields.length === 0 ? ['*navigable'] : fields;
      const found = new Map<number, SiteIssue>();
      const missing: string[] = [];
      for (const idOrKey of asked) {
        const issue = call.isKnown ? visible(idOrKey) : null;
        if (issue) found.set(issue.id, issue);
        else missing.push(idOrKey);
      }
      const issues = [...found.values()].sort((left, right) => left.id - right.id);
      return ok({
        issueErrors: missing.map((id) => ({
          id,
          errorMessage: 'Issue does not exist or you do not have permission to see it.',
        })),
        issues: issues.map((issue) => withChangelog(issue, present.issue(issue, wanted), expand)),
      });
    },

    bulkChangelog: (call: Call): Reply => {
      const input = bodyObject(call, ['fieldIds', 'issueIdsOrKeys', 'maxResults', 'nextPageToken']);
      const asked = stringList(input['issueIdsOrKeys'], 'issueIdsOrKeys');
      const fieldIds = stringList(input['fieldIds'], 'fieldIds');
      if (asked.length < 1 || asked.length > 1000) {
        throw new Violation(`issueIdsOrKeys must hold 1 to 1000 issues, it held ${asked.length}.`);
      }
      if (fieldIds.length > 10) throw new Violation(`fieldIds must hold at most 10 ids, it held ${fieldIds.length}.`);
      const size = wholeNumber(input['maxResults'], 'maxResults', { min: 1, max: 10_000, standard: 1000 });
      const of = JSON.stringify(['changelog', asked, fieldIds]);
      const after = tokens.read(of, input['nextPageToken']);
      const issues = call.isKnown ? asked.map(visible).filter((issue) => issue !== null) : [];
      const all = sortedHistories([...new Set(issues)], fieldIds, after);
      const page = all.slice(0, size);
      const last = page.at(-1);
      const token = all.length > size && last ? tokens.write(of, historyKey(last)) : null;
      return ok({ issueChangeLogs: groupByIssue(page), nextPageToken: token });
    },

    issue: (call: Call, idOrKey: string): Reply => {
      const issue = call.isKnown ? visible(idOrKey) : null;
      if (!issue) return refuse(404, 'Issue does not exist or you do not have permission to see it.');
      const fields = call.query.getAll('fields').flatMap((value) => value.split(','));
      const expand = (call.query.get('expand') ?? '').split(',');
      return ok(withChangelog(issue, present.issue(issue, fields.length === 0 ? ['*all'] : fields), expand));
    },

    changelog: (call: Call, idOrKey: string): Reply => {
      const issue = call.isKnown ? visible(idOrKey) : null;
      if (!issue) return refuse(404, 'Issue does not exist or you do not have permission to see it.');
      const startAt = wholeNumber(call.query.get('startAt'), 'startAt', { min: 0, max: 1e9, standard: 0 });
      const size = Math.min(
        100,
        wholeNumber(call.query.get('maxResults'), 'maxResults', { min: 1, max: 1e9, standard: 100 }),
      );
      const values = issue.histories.slice(startAt, startAt + size).map((history) => present.history(history, 'text'));
      const total = issue.histories.length;
      return ok({ startAt, maxResults: size, total, isLast: startAt + size >= total, values });
    },
  };

  interface Entry {
    readonly issue: SiteIssue;
    readonly history: History;
  }

  function historyKey({ issue, history }: Entry): number[] {
    return [history.at, issue.id, history.id];
  }

  /** By date across all issues, then by issue: one issue's entries may stand on several pages. */
  function sortedHistories(
    issues: readonly SiteIssue[],
    fieldIds: readonly string[],
    after: readonly number[] | null,
  ): Entry[] {
    const ids = new Set(fieldIds);
    const entries: Entry[] = [];
    for (const issue of issues) {
      for (const history of issue.histories) {
        if (ids.size === 0) entries.push({ issue, history });
        else {
          const items = history.items.filter((item) => present.hasFieldId(item, ids));
          if (items.length > 0) entries.push({ issue, history: { ...history, items } });
        }
      }
    }
    const compare = (left: readonly number[], right: readonly number[]) =>
      left[0]! - right[0]! || left[1]! - right[1]! || left[2]! - right[2]!;
    entries.sort((left, right) => compare(historyKey(left), historyKey(right)));
    return after ? entries.filter((entry) => compare(historyKey(entry), after) > 0) : entries;
  }

  function groupByIssue(page: readonly Entry[]): unknown[] {
    const groups = new Map<number, unknown[]>();
    for (const { issue, history } of page) {
      const group = groups.get(issue.id) ?? [];
      group.push(present.history(history, 'epoch'));
      groups.set(issue.id, group);
    }
    return [...groups].map(([id, changeHistories]) => ({ issueId: String(id), changeHistories }));
  }
}

function reconcileIds(value: unknown): number[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value) || value.some((id) => !Number.isInteger(id))) {
    throw new Violation('reconcileIssues must be a list of issue ids.');
  }
  if (value.length > 50) throw new Violation(`reconcileIssues must hold at most 50 ids, it held ${value.length}.`);
  return value as number[];
}

/** What breaks the rules whatever the server's limit is; over a hundred is only allowed for named, plain fields. */
function checkBulkFetch(
  asked: readonly string[],
  fields: readonly string[],
  expand: readonly string[],
  largePages: boolean,
): void {
  if (asked.length === 0) throw new Violation('issueIdsOrKeys must hold at least one issue.');
  if (asked.length <= 100) return;
  if (asked.length > 1000)
    throw new Violation(`issueIdsOrKeys must hold at most 1000 issues, it held ${asked.length}.`);
  if (!largePages) return;
  const isPlain = fields.length > 0 && fields.length <= 100 && !fields.some((field) => heavyFields.includes(field));
  if (!isPlain || expand.length > 0) {
    throw new Violation(
      'More than 100 issues can be fetched only with at most 100 named fields, none multi-valued, and no expand.',
    );
  }
}
