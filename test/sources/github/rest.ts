import type { Raw, Repository, World } from './world.ts';

export interface Given {
  readonly status: number;
  readonly body: unknown;
  /** Links to the pages beside this one, by the address that was asked. */
  readonly next?: number;
  readonly location?: string;
  readonly violation?: string;
}

const plain = (status: number, body: unknown): Given => ({ status, body });
const notFound = plain(404, { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' });

/** What GitHub answers to one path of REST. */
export function answer(world: World, path: string, query: URLSearchParams): Given {
  const [kind, ...rest] = path.slice(1).split('/').map(decodeURIComponent);
  if (kind === 'rate_limit') return plain(200, { resources: { core: { limit: 5000, remaining: 4999 } } });
  if (kind === 'repositories') {
    const found = world.repositories.find(({ id }) => String(id) === rest[0]);
    return found ? ofRepository(found, rest.slice(1), query) : notFound;
  }
  if (kind !== 'repos') return notFound;
  const name = `${rest[0]}/${rest[1]}`;
  const found = world.repositories.find((one) => one.path === name);
  if (found) return ofRepository(found, rest.slice(2), query);
  const moved = world.repositories.find((one) => one.oldPaths.includes(name));
  if (!moved) return notFound;
  const location = ['/repositories', moved.id, ...rest.slice(2)].join('/');
  return { status: 301, body: { message: 'Moved Permanently' }, location };
}

const repositoryJson = ({ id, path, raw }: Repository): Raw => ({ id, node_id: `R_${id}`, full_name: path, ...raw });

function ofRepository(repository: Repository, rest: readonly string[], query: URLSearchParams): Given {
  const [list, ...more] = rest;
  switch (list) {
    case undefined:
      return plain(200, repositoryJson(repository));
    case 'milestones':
      return repository.raw['has_issues'] === false
        ? plain(410, { message: 'Issues are disabled for this repo' })
        : paged(repository.milestones, query);
    case 'environments':
      return paged(repository.environments, query, (environments) => ({
        total_count: repository.environments.length,
        environments,
      }));
    case 'branches': {
      const { commits, raw } = repository;
      if (more.join('/') !== raw['default_branch'] || !commits[0]) return plain(404, { message: 'Branch not found' });
      return plain(200, { name: raw['default_branch'], commit: commits[0] });
    }
    case 'commits':
      return commitsOf(repository, query);
    case 'compare':
      return compare(repository, more.join('/'), query);
    case 'actions':
      return runsOf(repository, more, query);
    default:
      return notFound;
  }
}

const dateOf = (commit: Raw) => Date.parse(String(((commit['commit'] as Raw)['committer'] as Raw)['date']));

function commitsOf({ commits }: Repository, query: URLSearchParams): Given {
  if (commits.length === 0) return plain(409, { message: 'Git Repository is empty.' });
  const from = commits.findIndex(({ sha }) => sha === query.get('sha'));
  if (from < 0) return notFound;
  const since = Date.parse(query.get('since') ?? '1970-01-01T00:00:00Z');
  return paged(
    commits.slice(from).filter((commit) => dateOf(commit) >= since),
    query,
  );
}

function compare({ commits }: Repository, basehead: string, query: URLSearchParams): Given {
  const [base, head] = basehead.split('...');
  const known = commits.findIndex(({ sha }) => sha === base);
  const to = commits.findIndex(({ sha }) => sha === head);
  if (known < 0 || to < 0) return notFound;
  const list = commits.slice(to, known).reverse();
  return paged(list, query, (part) => ({ status: 'ahead', total_commits: list.length, commits: part }));
}

function runsOf({ runs, workflows }: Repository, [kind, file, list]: readonly string[], query: URLSearchParams): Given {
  if (kind !== 'workflows' || list !== 'runs') return notFound;
  const isThere = workflows.includes(file ?? '') || runs.some((run) => String(run['path']).endsWith(`/${file}`));
  if (!isThere) return notFound;
  const [from, to] = (query.get('created') ?? '').split('..').map((text) => Date.parse(text));
  const found = runs
    .filter((run) => String(run['path']).endsWith(`/${file}`))
    .filter((run) => Date.parse(run.created_at) >= from! && Date.parse(run.created_at) <= to!)
    .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  // A search shows its first thousand, and tells how many there are.
  return paged(found.slice(0, 1_000), query, (part) => ({ total_count: found.length, workflow_runs: part }));
}

function paged(
  list: readonly Raw[],
  query: URLSearchParams,
  wrap: (part: readonly Raw[]) => unknown = (part) => part,
): Given {
  const size = Number(query.get('per_page') ?? 30);
  const page = Number(query.get('page') ?? 1);
  return {
    status: 200,
    body: wrap(list.slice((page - 1) * size, page * size)),
    ...(page * size < list.length ? { next: page + 1 } : {}),
    ...(size > 100 ? { violation: 'per_page above 100' } : {}),
  };
}
