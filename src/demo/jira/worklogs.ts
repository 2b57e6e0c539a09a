import { siteTime } from '../portfolio/site-zone.ts';
import type { Site, SiteWorklog } from '../portfolio/site.ts';
import type { Presenter } from './present.ts';
import { Violation, bodyObject, ok, refuse, wholeNumber } from './reply.ts';
import type { Call, Reply } from './reply.ts';

const pageSize = 1000;
/** What was changed so lately is in no feed yet. */
const unseenMs = 60_000;

interface Changed {
  readonly id: number;
  readonly at: number;
}

/** The feed of worklogs, which is of the whole site, and their details: alike on Cloud and Data Center. */
export function createWorklogEndpoints(
  site: Site,
  present: Presenter,
  { baseUrl, now }: { readonly baseUrl: () => string; readonly now: () => number },
) {
  const isVisible = ({ issueId }: SiteWorklog) => site.issues.get(issueId)?.isHidden === false;

  function feed(call: Call, all: readonly Changed[]): Reply {
    if (!call.isKnown) return refuse(401, 'Client must be authenticated to access this resource.');
    const since = wholeNumber(call.query.get('since'), 'since', { min: 0, max: 8.64e15, standard: 0 });
    const found = all
      .filter(({ at }) => at > since && at <= now() - unseenMs)
      .sort((left, right) => left.at - right.at || left.id - right.id);
    const page = found.slice(0, pageSize);
    const lastPage = found.length <= pageSize;
    const until = page.at(-1)?.at ?? since;
    const self = `${baseUrl()}${call.path}`;
    return ok({
      values: page.map(({ id, at }) => ({ worklogId: id, updatedTime: at, properties: [] })),
      since: page[0]?.at ?? since,
      until,
      self: `${self}?since=${since}`,
      ...(lastPage ? {} : { nextPage: `${self}?since=${until}` }),
      lastPage,
    });
  }

  function details({ id, issueId, by, createdAt, updatedAt, startedAt, seconds }: SiteWorklog) {
    return {
      self: `${present.api()}/issue/${issueId}/worklog/${id}`,
      author: present.user(by),
      updateAuthor: present.user(by),
      created: siteTime(createdAt),
      updated: siteTime(updatedAt),
      started: siteTime(startedAt),
      timeSpent: `${Math.round(seconds / 60)}m`,
      timeSpentSeconds: seconds,
      id: String(id),
      issueId: String(issueId),
    };
  }

  return {
    updated: (call: Call): Reply =>
      feed(
        call,
        [...site.worklogs.values()].filter(isVisible).map(({ id, updatedAt }) => ({ id, at: updatedAt })),
      ),

    deleted: (call: Call): Reply => feed(call, site.deletedWorklogs),

    list: (call: Call): Reply => {
      const { ids } = bodyObject(call, ['ids']);
      if (!Array.isArray(ids) || ids.some((id) => !Number.isInteger(id)))
        throw new Violation('ids must be a list of whole numbers.');
      if (ids.length === 0 || ids.length > pageSize)
        throw new Violation(`ids must hold 1 to ${pageSize} worklogs, it held ${ids.length}.`);
      if (new Set(ids).size < ids.length) throw new Violation('ids must be unique.');
      if (!call.isKnown) return ok([]);
      const found = ids.flatMap((id) => site.worklogs.get(id as number) ?? []);
      return ok(found.filter(isVisible).map(details));
    },
  };
}
