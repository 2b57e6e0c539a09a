import { GraphQLError } from 'graphql';
import { events } from './schema.ts';
import type { Issue, Raw, Repository, World } from './world.ts';

interface Asked {
  readonly first?: number;
  readonly after?: string | null;
}

interface Ordered extends Asked {
  readonly orderBy: { readonly field: 'CREATED_AT' | 'UPDATED_AT'; readonly direction: 'ASC' | 'DESC' };
}

/** The fields of Query over a world. */
export function rootOf(world: World) {
  const board = () => boardView(world);
  const find = (id: string): unknown => {
    if (id === world.board.id) return board();
    for (const repository of world.repositories) {
      const issue = repository.issues.find((one) => one.id === id);
      if (issue) return issueView(world, repository, issue);
      const pull = repository.pulls.find((one) => one.id === id);
      if (pull) return pullView(repository, pull);
      const deployment = repository.deployments.find((one) => one.id === id);
      if (deployment) return deploymentView(deployment);
    }
    throw missing(`Could not resolve to a node with the global id of '${id}'`);
  };
  return {
    repository({ owner, name }: { owner: string; name: string }) {
      const path = `${owner}/${name}`;
      const found = world.repositories.find((one) => one.path === path || one.oldPaths.includes(path));
      if (!found) throw missing(`Could not resolve to a Repository with the name '${path}'.`);
      return repositoryView(world, found);
    },
    repositoryOwner({ login }: { login: string }) {
      if (login !== world.owner) return null;
      return {
        __typename: 'Organization',
        id: 'O_1',
        login,
        projectV2({ number }: { number: number }) {
          if (world.boardError)
            throw new GraphQLError(world.boardError.message, { extensions: { type: world.boardError.type } });
          if (number !== world.board.number) throw missing('Could not resolve to a ProjectV2 with the number.');
          return board();
        },
      };
    },
    node: ({ id }: { id: string }) => find(id),
    nodes: ({ ids }: { ids: string[] }) =>
      ids.map((id) => {
        try {
          return find(id);
        } catch (error) {
          return error;
        }
      }),
  };
}

const missing = (message: string) => new GraphQLError(message, { extensions: { type: 'NOT_FOUND' } });

function repositoryView(world: World, repository: Repository) {
  return {
    id: `R_${repository.id}`,
    databaseId: repository.id,
    nameWithOwner: repository.path,
    issues({ filterBy, ...asked }: Ordered & { filterBy?: { since?: string | null } | null }) {
      if (world.issuesError)
        throw new GraphQLError(world.issuesError.message, { extensions: { type: world.issuesError.type } });
      const since = filterBy?.since ? Date.parse(filterBy.since) : -Infinity;
      const list = repository.issues.filter((issue) => Date.parse(issue.updatedAt) >= since);
      return page(list, asked, (issue) => issueView(world, repository, issue));
    },
    pullRequests: (asked: Ordered) => page(repository.pulls, asked, (pull) => pullView(repository, pull)),
    deployments({ environments, ...asked }: Ordered & { environments?: string[] | null }) {
      const list = repository.deployments.filter((one) => !environments || environments.includes(one.environment));
      return page(list, asked, deploymentView);
    },
    releases: (asked: Ordered) =>
      page(repository.releases, asked, (release) => ({ __typename: 'Release', ...release })),
  };
}

const named = (repository: Repository) => ({
  id: `R_${repository.id}`,
  databaseId: repository.id,
  nameWithOwner: repository.path,
});

function issueView(world: World, repository: Repository, issue: Issue): Raw {
  const other = (key: unknown) => {
    const [path, number] = String(key).split('#');
    return { __typename: 'Issue', number: Number(number), repository: { nameWithOwner: path } };
  };
  const keys = (field: string) => ((issue[field] as string[] | undefined) ?? []).map(other);
  const references = ['parent', 'blockingIssue', 'blockedIssue', 'canonical'];
  return {
    ...issue,
    __typename: 'Issue',
    repository: named(repository),
    parent: issue['parent'] ? other(issue['parent']) : null,
    blockedBy: (asked: Asked) => slice(keys('blockedBy'), asked),
    blocking: (asked: Asked) => slice(keys('blocking'), asked),
    assignees: (asked: Asked) =>
      slice(
        issue.assignees.map((login) => ({ login })),
        asked,
      ),
    labels: (asked: Asked) =>
      slice(
        issue.labels.map((name) => ({ name })),
        asked,
      ),
    projectItems: (asked: Asked) => slice(issue.card ? [cardView(world, repository, issue)] : [], asked),
    timelineItems({ itemTypes, ...asked }: Asked & { itemTypes: string[] }) {
      const wanted = new Set(itemTypes.map((name) => events.find((event) => event.name === name)!.type));
      const list = issue.events.filter((event) => wanted.has(event.__typename));
      const views = list.map((event) =>
        Object.fromEntries(
          Object.entries(event).map(([field, value]) => [
            field,
            references.includes(field) && value ? other(value) : value,
          ]),
        ),
      );
      return slice(views, asked);
    },
  };
}

function cardView(world: World, repository: Repository, issue: Issue): Raw {
  const { updatedAt, values } = issue.card!;
  return {
    __typename: 'ProjectV2Item',
    id: `PVTI_${issue.id}`,
    updatedAt,
    project: { __typename: 'ProjectV2', id: world.board.id },
    content: { __typename: 'Issue', id: issue.id, repository: named(repository) },
    fieldValues: (asked: Asked) => slice(values, asked),
  };
}

function boardView(world: World): Raw {
  return {
    ...world.board,
    fields: (asked: Asked) => slice(world.board.fields, asked),
    items({ query = '', ...asked }: Asked & { query?: string }) {
      const cards = world.repositories.flatMap((repository) =>
        repository.issues
          .filter(({ card, state }) => card && (state === 'OPEN' || !query.includes('is:open')))
          .map((issue) => cardView(world, repository, issue)),
      );
      const draft = {
        id: 'PVTI_draft',
        updatedAt: '2026-11-01T00:00:00Z',
        content: { __typename: 'DraftIssue', id: 'DI_1' },
      };
      return slice(query.includes('is:issue') ? cards : [...cards, draft], asked);
    },
  };
}

function pullView(repository: Repository, pull: Repository['pulls'][number]): Raw {
  const list = (field: string) => (asked: Asked) => slice((pull[field] as Raw[] | undefined) ?? [], asked);
  const closes = ((pull['closes'] as number[] | undefined) ?? []).map((number) => ({
    number,
    repository: named(repository),
  }));
  return {
    ...pull,
    __typename: 'PullRequest',
    labels: list('labels'),
    reviews: list('reviews'),
    commits: list('commits'),
    closingIssuesReferences: (asked: Asked) => slice(closes, asked),
  };
}

function deploymentView(deployment: Repository['deployments'][number]): Raw {
  return { ...deployment, __typename: 'Deployment', statuses: (asked: Asked) => slice(deployment.statuses, asked) };
}

function connection(nodes: readonly unknown[], total: number, hasNextPage: boolean, endCursor: string | null) {
  return { nodes, totalCount: total, pageInfo: { hasNextPage, endCursor } };
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A list in order of time, whose cursors name an element by time and id: what moves meanwhile shifts nothing. */
function page<T extends { id: string }>(
  list: readonly T[],
  { orderBy, first, after }: Ordered,
  view: (one: T) => unknown,
) {
  limit(first);
  const field = orderBy.field === 'CREATED_AT' ? 'createdAt' : 'updatedAt';
  const sign = orderBy.direction === 'ASC' ? 1 : -1;
  const keyOf = (one: T) => [String((one as unknown as Raw)[field]), one.id] as const;
  const compare = (a: readonly string[], b: readonly string[]) =>
    sign * (a[0]! < b[0]! ? -1 : a[0]! > b[0]! ? 1 : a[1]! < b[1]! ? -1 : a[1]! > b[1]! ? 1 : 0);
  const from = after ? decode(after) : null;
  const sorted = [...list].sort((a, b) => compare(keyOf(a), keyOf(b)));
  const rest = from === null ? sorted : sorted.filter((one) => compare(keyOf(one), from) > 0);
  const nodes = rest.slice(0, first);
  const last = nodes.at(-1);
  return connection(nodes.map(view), list.length, rest.length > nodes.length, last ? encode(keyOf(last)) : null);
}

function decode(cursor: string): readonly string[] {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as readonly string[];
  } catch {
    throw new GraphQLError(`\`${cursor}\` does not appear to be a valid cursor.`, {
      extensions: { type: 'INVALID_CURSOR_ARGUMENTS' },
    });
  }
}

function slice(list: readonly unknown[], { first, after }: Asked) {
  limit(first);
  const from = after ? Number(decode(after)[0]) : 0;
  const to = from + first!;
  return connection(list.slice(from, to), list.length, to < list.length, encode([String(Math.min(to, list.length))]));
}

function limit(first: number | undefined): void {
  if (first === undefined || first > 100)
    throw new GraphQLError('Requesting more than 100 records exceeds the `first` limit', {
      extensions: { type: 'EXCESSIVE_PAGINATION' },
    });
}
