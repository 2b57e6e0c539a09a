import type { Beside, Project, Raw, World } from './world.ts';

export interface Given {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly location?: string;
  readonly violation?: string;
}

const plain = (status: number, body: unknown): Given => ({ status, body, headers: {} });
const notFound = (what: string) => plain(404, { message: `404 ${what} Not Found` });

/** What GitLab answers to one path below /api/v4. */
export function answer(world: World, path: string, query: URLSearchParams): Given {
  const [kind, id, ...rest] = path.slice(1).split('/').map(decodeURIComponent);
  if (kind === 'metadata') return plain(200, { version: '18.5.0-ee', revision: 'abc', enterprise: true });
  if (kind === 'personal_access_tokens') return plain(200, world.token);
  if (kind === 'groups') return group(world, id!, rest, query);
  if (kind !== 'projects') return plain(404, { error: '404 Not Found' });
  const project = world.projects.find((one) => String(one.id) === id || one.path === id);
  const moved = world.projects.find((one) => one.oldPaths.includes(id!));
  if (!project && moved) {
    const location = `/projects/${[moved.id, ...rest].join('/')}`;
    return { status: 302, body: { message: 'Found' }, headers: {}, location };
  }
  if (!project) return notFound('Project');
  return ofProject(world, project, rest, query);
}

function group(world: World, id: string, [list]: readonly string[], query: URLSearchParams): Given {
  const found = world.groups.get(id);
  if (!found) return notFound('Group');
  if (list !== 'projects') return plain(200, { id: found.id, full_path: id });
  return paged(world, world.projects.filter((project) => found.projects.includes(project.id)).map(projectJson), query);
}

const projectJson = (project: Project): Raw => ({
  id: project.id,
  path_with_namespace: project.path,
  web_url: `https://gitlab.test/${project.path}`,
  ...project.raw,
});

function ofProject(world: World, project: Project, rest: readonly string[], query: URLSearchParams): Given {
  const [list, iid, sub] = rest;
  if (list === undefined) return plain(200, projectJson(project));
  if (list === 'issues' && iid !== undefined) return beside(world, project.issueBeside.get(Number(iid)), sub, query);
  if (list === 'merge_requests' && iid !== undefined)
    return beside(world, project.mergeRequestBeside.get(Number(iid)), sub, query);
  if (list === 'repository') return repository(world, project, rest.slice(1), query);
  switch (list) {
    case 'issues':
      return project.raw['issues_access_level'] === 'disabled'
        ? plain(403, { message: '403 Forbidden' })
        : windowed(world, project.issues, query);
    case 'merge_requests':
      return windowed(world, project.mergeRequests, query);
    case 'deployments':
      if (query.has('updated_after') && query.get('order_by') !== 'updated_at')
        return plain(400, { message: '`updated_at` filter requires `updated_at` sort' });
      return windowed(world, project.deployments, query);
    case 'milestones':
      return paged(world, project.milestones, query);
    case 'iterations':
      return project.iterations ? paged(world, project.iterations, query) : plain(403, { message: '403 Forbidden' });
    case 'environments':
      return paged(world, project.environments, query);
    case 'releases':
      return paged(world, project.releases, query);
    case 'boards': {
      const board = project.boards.find((one) => String(one['id']) === iid);
      return board ? plain(200, board) : notFound('Board');
    }
    default:
      return notFound('Endpoint');
  }
}

function beside(world: World, found: Beside | undefined, sub: string | undefined, query: URLSearchParams): Given {
  if (!found) return notFound('Issue');
  const lists: Readonly<Record<string, readonly Raw[]>> = {
    resource_state_events: found.state,
    resource_label_events: found.label,
    resource_milestone_events: found.milestone,
    resource_iteration_events: found.iteration,
    resource_weight_events: found.weight,
    notes: found.notes,
    links: found.links,
    commits: found.commits,
  };
  const list = lists[sub ?? ''];
  return list ? paged(world, list, query) : notFound('Endpoint');
}

function repository(world: World, project: Project, [kind, name]: readonly string[], query: URLSearchParams): Given {
  const { commits } = project;
  if (kind === 'branches') {
    if (name !== project.raw['default_branch'] || !commits[0]) return notFound('Branch');
    return plain(200, { name, commit: commits[0] });
  }
  if (kind === 'commits') {
    const from = commits.findIndex(({ id }) => id === query.get('ref_name'));
    if (from < 0) return notFound('Repository');
    const since = Date.parse(query.get('since') ?? '1970-01-01');
    const list = commits.slice(from).filter((commit) => Date.parse(String(commit['committed_date'])) >= since);
    // Lists of commits come without totals.
    return paged(world, list, query, false);
  }
  if (kind === 'compare') {
    const known = commits.findIndex(({ id }) => id === query.get('from'));
    const to = commits.findIndex(({ id }) => id === query.get('to'));
    if (known < 0 || to < 0) return notFound('Ref');
    return plain(200, { commits: commits.slice(to, known).reverse(), diffs: [], compare_timeout: false });
  }
  return notFound('Endpoint');
}

/** Lists by time of change or birth: both bounds belong to them, and equal times are in order of id. */
function windowed(world: World, list: readonly Raw[], query: URLSearchParams): Given {
  const field = query.get('order_by') ?? 'created_at';
  const after = query.get('updated_after') ?? query.get('created_after');
  const time = (raw: Raw) => Date.parse(String(raw[field]));
  const found = list
    .filter((raw) => after === null || Number.isNaN(time(raw)) || time(raw) >= Date.parse(after))
    .sort((a, b) => time(a) - time(b) || Number(a['id']) - Number(b['id']));
  return paged(world, query.get('sort') === 'asc' ? found : found.reverse(), query);
}

function paged(world: World, list: readonly Raw[], query: URLSearchParams, withTotal = true): Given {
  const size = Number(query.get('per_page') ?? 20);
  const page = Number(query.get('page') ?? 1);
  const violation = size > 100 ? 'per_page above 100' : page * size > 50_000 ? 'offset beyond 50,000' : undefined;
  const part = list.slice((page - 1) * size, page * size);
  const hasNext = page * size < list.length;
  const hasTotal = withTotal && list.length <= world.totalLimit;
  return {
    status: 200,
    body: world.hidesOnPages ? part.filter((raw) => raw['hidden'] !== true) : part,
    headers: {
      'x-page': String(page),
      'x-per-page': String(size),
      'x-next-page': hasNext ? String(page + 1) : '',
      ...(hasTotal ? { 'x-total': String(list.length), 'x-total-pages': String(Math.ceil(list.length / size)) } : {}),
    },
    ...(violation ? { violation } : {}),
  };
}
