import { ConfigError } from '../../lib/errors.ts';
import type { Scope } from '../source.ts';

/** A text as JQL's own string. The one place where a value enters a query. */
export function quote(text: string): string {
  return `"${text.replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`)}"`;
}

/** The query of the config without its order: paging needs an order that no change of an issue can upset. */
function withoutOrder(jql: string): string {
  const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
  // Same length, so that a place in the mask is the same place in the query; words in quotes are no words of JQL.
  const mask = jql.replaceAll(quoted, (text) => '_'.repeat(text.length));
  const at = mask.search(/\border\s+by\b/i);
  return (at === -1 ? jql : jql.slice(0, at)).trim();
}

/** What a scope holds, as JQL. `filter` is the board's saved filter, for a scope that is nothing but a board. */
export function scopeQuery(scope: Scope, filter: string | null): string {
  if (scope.project) return `project = ${quote(scope.project)}`;
  const jql = withoutOrder(scope.jql ?? '');
  if (jql) return jql;
  if (filter) return `filter = ${filter}`;
  throw new ConfigError([
    {
      where: `projects.${scope.id}`,
      path: 'scope',
      expected: 'a Jira project, a JQL query that restricts something, or a board',
      found: scope.jql ? `jql "${scope.jql}"` : 'none of them',
    },
  ]);
}

/**
 * The listing of a scope. Times as unquoted epoch milliseconds are absolute: texts would be read to the minute and in
 * the zone of the token's owner. Ordered by id, so that an issue changed meanwhile does not jump between pages.
 */
export function listingQuery(query: string, since: number | null): string {
  return since === null ? `${query} ORDER BY id` : `(${query}) AND updated >= ${since} ORDER BY id`;
}
