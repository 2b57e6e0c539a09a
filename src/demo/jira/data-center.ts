import type { Site, SiteIssue } from '../portfolio/site.ts';
import type { Presenter } from './present.ts';
import type { Call, Reply } from './reply.ts';
import { bodyObject, ok, refuse, stringList, wholeNumber } from './reply.ts';
import type { Search } from './search.ts';

/** `jira.search.views.default.max`: asked for more, the server gives this many without a word. */
const largestPage = 1000;

/** The issue endpoints of Data Center: `startAt`, `total`, and whole histories inline. */
export function createDataCenter(site: Site, present: Presenter, search: Search) {
  function withChangelog(issue: SiteIssue, fields: readonly string[], expand: readonly string[]): unknown {
    const json = present.issue(issue, fields.length === 0 ? ['*all'] : fields);
    if (!expand.includes('changelog')) return json;
    const histories = issue.histories.map((history) => present.history(history, 'text'));
    return { ...json, changelog: { startAt: 0, maxResults: histories.length, total: histories.length, histories } };
  }

  function searchPage(call: Call, input: Readonly<Record<string, unknown>>): Reply {
    const query = search.parse(input['jql'], false);
    const startAt = wholeNumber(input['startAt'], 'startAt', { min: 0, max: 1e9, standard: 0 });
    const asked = wholeNumber(input['maxResults'], 'maxResults', { min: 0, max: 1e9, standard: 50 });
    const maxResults = Math.min(asked, largestPage);
    const fields = stringList(input['fields'], 'fields');
    const expand = stringList(input['expand'], 'expand');
    const found = call.isKnown ? search.all(query) : [];
    const issues = found.slice(startAt, startAt + maxResults).map((issue) => withChangelog(issue, fields, expand));
    return ok({ expand: 'schema,names', startAt, maxResults, total: found.length, issues });
  }

  return {
    searchGet: (call: Call): Reply => {
      const list = (name: string) =>
        call.query
          .getAll(name)
          .flatMap((value) => value.split(','))
          .filter(Boolean);
      return searchPage(call, {
        jql: call.query.get('jql'),
        startAt: call.query.get('startAt'),
        maxResults: call.query.get('maxResults'),
        fields: list('fields'),
        expand: list('expand'),
      });
    },

    searchPost: (call: Call): Reply => {
      return searchPage(
        call,
        bodyObject(call, [
          'jql',
          'startAt',
          'maxResults',
          'fields',
          'expand',
          'validateQuery',
          'fieldsByKeys',
          'properties',
        ]),
      );
    },

    issue: (call: Call, idOrKey: string): Reply => {
      const id = /^\d+$/.test(idOrKey) ? Number(idOrKey) : site.keys.get(idOrKey.toUpperCase());
      const issue = id === undefined || !call.isKnown ? undefined : site.issues.get(id);
      if (!issue || issue.isHidden) return refuse(404, 'Issue Does Not Exist');
      const fields = call.query.getAll('fields').flatMap((value) => value.split(','));
      return ok(withChangelog(issue, fields, (call.query.get('expand') ?? '').split(',')));
    },
  };
}
