import type { Site, SiteIssue } from '../portfolio/site.ts';
import type { Query } from './jql.ts';
import { JqlError, parseJql } from './jql.ts';
import { Violation } from './reply.ts';

/** How far the search index is behind the issues themselves; tests set it while the server runs. */
export interface SearchLag {
  lagMs: number;
}

/** The search of Jira over one site: what it finds, and in which order. */
export function createSearch(site: Site, lag: SearchLag, now: () => number) {
  /** The time of the last change that the index knows of; null when it has not seen the issue yet. */
  function indexedUpdate(issue: SiteIssue): number | null {
    const horizon = now() - lag.lagMs;
    if (lag.lagMs === 0 || issue.updatedAt <= horizon) return issue.updatedAt;
    if (issue.createdAt > horizon) return null;
    return issue.histories.findLast((history) => history.at <= horizon)?.at ?? issue.createdAt;
  }

  function find(query: Query, reconcile: ReadonlySet<number> = new Set()): SiteIssue[] {
    const found: SiteIssue[] = [];
    for (const issue of site.issues.values()) {
      if (issue.isHidden) continue;
      const updatedAt = reconcile.has(issue.id) ? issue.updatedAt : indexedUpdate(issue);
      if (updatedAt !== null && query.matches(issue, updatedAt)) found.push(issue);
    }
    return found;
  }

  return {
    /** Refuses what Jira refuses; `isStrict` also a query without any restriction. */
    parse(jql: unknown, isStrict: boolean): Query {
      if (typeof jql !== 'string' && jql !== null && jql !== undefined) throw new Violation('jql must be a string.');
      try {
        const query = parseJql(site, jql ?? '');
        if (isStrict && !query.isBounded) {
          throw new Violation(
            'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
          );
        }
        return query;
      } catch (error) {
        if (error instanceof JqlError) throw new Violation(error.message);
        throw error;
      }
    },
    count: (query: Query) => find(query).length,
    /** All that is found, in order. */
    all: (query: Query) => (isById(query) ? find(query) : find(query).sort(comparator(query))),
    /** The issues after the one whose sort key is `after`, so that a change between pages shifts nothing. */
    after(query: Query, after: readonly number[] | null, reconcile?: ReadonlySet<number>): SiteIssue[] {
      const found = find(query, reconcile);
      // The site holds its issues in this order: sorting twenty thousand for every page would be the slowest part.
      if (isById(query)) return after ? found.filter((issue) => issue.id > after[0]!) : found;
      found.sort(comparator(query));
      return after ? found.filter((issue) => compareKeys(query, sortKey(query, issue), after) > 0) : found;
    },
    sortKey,
  };
}

export type Search = ReturnType<typeof createSearch>;

const isById = (query: Query) => query.order[0]?.by === 'id' && !query.order[0].isDescending;

function sortKey(query: Query, issue: SiteIssue): number[] {
  const values = { id: issue.id, created: issue.createdAt, updated: issue.updatedAt };
  return [...query.order.map(({ by }) => values[by]), issue.id];
}

function compareKeys(query: Query, left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < left.length; index++) {
    const difference = left[index]! - right[index]!;
    if (difference !== 0) return query.order[index]?.isDescending ? -difference : difference;
  }
  return 0;
}

const comparator = (query: Query) => (left: SiteIssue, right: SiteIssue) =>
  compareKeys(query, sortKey(query, left), sortKey(query, right));
