import type { Code, Repository } from './code-story.ts';
import { listed, plain, refusal } from './given.ts';
import type { Asked, Given } from './given.ts';
import type { Raw } from './raw.ts';

/** What Azure Repos and Pipelines answer below a project; null for an address of another service. */
export function answerCode(code: Code, [area, resource, ...rest]: readonly string[], asked: Asked): Given | null {
  if (area && code.off.has(area.toLowerCase())) return refusal(404, `TF400898: ${area} is switched off`);
  switch (area?.toLowerCase() ?? '') {
    case 'git':
      return git(code, [resource ?? '', ...rest], asked);
    case 'distributedtask':
      return environments(code, rest, asked);
    case 'build':
      return builds(code, asked);
    case 'release':
      return releases(code, asked);
    default:
      return null;
  }
}

function git(code: Code, [resource, id, sub, ...rest]: readonly string[], asked: Asked): Given {
  if (resource === 'repositories' && id === undefined) return listed(code.repositories.map(withoutCommits));
  if (resource?.toLowerCase() === 'pullrequests') return pullRequests(code, id, asked);
  const repository = code.repositories.find((one) => one.id === id);
  if (!repository) return refusal(404, 'TF401019: The Git repository does not exist.');
  if (sub?.toLowerCase() === 'pullrequests') return besidePullRequest(code, rest, asked);
  if (sub === 'commits') {
    const found = repository.commits.find(({ commitId }) => commitId === rest[0]);
    return found ? plain(200, found) : refusal(404, 'TF401174: The commit does not exist.');
  }
  if (sub === 'commitsBatch') return commits(repository, asked);
  if (sub === 'stats') {
    const [head] = repository.commits;
    const isDefault = repository.defaultBranch === `refs/heads/${asked.query.get('name')}`;
    return head && isDefault
      ? plain(200, { name: 'main', commit: head, isBaseVersion: true })
      : refusal(404, 'TF401175: no branch');
  }
  return refusal(404, `TF400898: no resource ${sub}`);
}

const withoutCommits = (repository: Repository) => ({ ...repository, commits: undefined });

function pullRequests(code: Code, id: string | undefined, { query }: Asked): Given {
  if (id !== undefined) {
    const found = code.pullRequests.find(({ raw }) => String(raw['pullRequestId']) === id);
    return found ? plain(200, found.raw) : refusal(404, `TF401180: The requested pull request was not found: ${id}`);
  }
  const status = query.get('searchCriteria.status');
  const found = code.pullRequests
    .map(({ raw }) => raw)
    .filter((raw) => status === 'all' || raw['status'] === status)
    .sort((a, b) => Number(b['pullRequestId']) - Number(a['pullRequestId']));
  const skip = Number(query.get('$skip') ?? 0);
  return listed(found.slice(skip, skip + Number(query.get('$top') ?? 101)));
}

function besidePullRequest(code: Code, [id, list]: readonly string[], { query }: Asked): Given {
  const found = code.pullRequests.find(({ raw }) => String(raw['pullRequestId']) === id);
  if (!found) return refusal(404, `TF401180: The requested pull request was not found: ${id}`);
  if (list === 'threads') return listed(found.threads);
  if (list === 'workitems') return listed(found.items.map((item) => ({ id: String(item), url: '' })));
  // Newest first, in portions that a header continues.
  const newest = found.commits.toReversed();
  const from = Number(query.get('continuationToken') ?? 0);
  const to = from + Number(query.get('$top') ?? 100);
  return listed(newest.slice(from, to), to < newest.length ? { 'x-ms-continuationtoken': String(to) } : {});
}

/** As in lists: without parents, and long messages cut. */
function commits({ commits: all }: Repository, { body, query }: Asked): Given {
  const at = (version: unknown) =>
    all.findIndex(({ commitId }) => commitId === (version as Raw | undefined)?.['version']);
  const item = at(body['itemVersion']);
  if (item < 0) return refusal(404, 'TF401175: The version descriptor could not be resolved to a version.');
  const compare = body['compareVersion'] === undefined ? null : at(body['compareVersion']);
  if (compare === -1) return refusal(404, 'TF401175: The version descriptor could not be resolved to a version.');
  const since = body['fromDate'] === undefined ? 0 : Date.parse(body['fromDate'] as string);
  const own = compare === null ? all.slice(item) : all.slice(compare, item);
  const found = own.filter(({ committer }) => Date.parse(String((committer as Raw)['date'])) >= since);
  const skip = Number(query.get('$skip') ?? 0);
  const page = found.slice(skip, skip + Number(query.get('$top') ?? 100));
  return listed(page.map((raw) => ({ ...raw, parents: undefined, comment: String(raw['comment']).split('\n')[0] })));
}

function environments(code: Code, [id, list]: readonly string[], { query, batchSize }: Asked): Given {
  if (id === undefined) return listed(code.environments.map(({ id: number, name }) => ({ id: number, name })));
  const found = code.environments.find((one) => String(one.id) === id);
  if (!found || list !== 'environmentdeploymentrecords') return refusal(404, 'no such environment');
  const from = Number(query.get('continuationToken') ?? 0);
  const to = from + Math.min(batchSize, Number(query.get('top') ?? 25));
  return listed(
    found.records.slice(from, to),
    to < found.records.length ? { 'x-ms-continuationtoken': String(to) } : {},
  );
}

function builds(code: Code, { query, batchSize }: Asked): Given {
  const ids = query.get('buildIds')?.split(',').map(Number);
  if (ids) return listed(code.builds.filter((one) => ids.includes(Number(one['id']))));
  const min = Date.parse(query.get('minTime') ?? '1970-01-01');
  const end = (raw: Raw) => Date.parse(String(raw['finishTime']));
  const found = code.builds.filter((raw) => end(raw) >= min).sort((a, b) => end(a) - end(b));
  const from = Number(query.get('continuationToken') ?? 0);
  const to = from + batchSize;
  return listed(found.slice(from, to), to < found.length ? { 'x-ms-continuationtoken': String(to) } : {});
}

function releases(code: Code, { query, batchSize }: Asked): Given {
  const min = Date.parse(query.get('minModifiedTime') ?? '1970-01-01');
  const found = code.releases
    .filter((raw) => Date.parse(String(raw['lastModifiedOn'])) >= min)
    .sort((a, b) => Number(a['id']) - Number(b['id']));
  const from = Number(query.get('continuationToken') ?? 0);
  const page = found.filter((raw) => Number(raw['id']) >= from).slice(0, batchSize);
  const next = found[found.indexOf(page.at(-1)!) + 1];
  return listed(page, next ? { 'x-ms-continuationtoken': String(next['id']) } : {});
}
