import { GraphQLError } from 'graphql';
import { identifierOf } from './world.ts';
import type { Raw, RawIssue, World } from './world.ts';

interface Asked {
  readonly first?: number;
  readonly after?: string | null;
  readonly includeArchived?: boolean;
  readonly filter?: Raw | null;
}

/** The fields of Query: lists from the newest to the oldest, archived elements only where they are asked for. */
export function rootOf(world: World) {
  return {
    viewer: world.viewer,
    organization: world.organization,
    teams: (asked: Asked) => connection(world.teams, asked),
    workflowStates: (asked: Asked) => connection(world.states, asked),
    cycles: (asked: Asked) => connection(filtered(world.cycles, asked), asked),
    projects: (asked: Asked) =>
      connection(
        filtered(world.projects, asked).map((one) => ({
          ...one,
          teams: (within: Asked) => connection(one['teams'] as Raw[], within),
        })),
        asked,
      ),
    projectMilestones: (asked: Asked) => connection(filtered(world.milestones, asked), asked),
    issues: (asked: Asked) => {
      const byBirth = [...world.issues].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
      return connection(filtered(byBirth, asked).map(issueView), asked);
    },
    issue({ id }: { id: string }) {
      const found = world.issues.find((issue) => issue.id === id);
      if (!found) throw notFound('Issue');
      return issueView(found);
    },
  };
}

const notFound = (what: string) =>
  new GraphQLError(`Entity not found: ${what}`, {
    extensions: { type: 'invalid input', code: 'INPUT_ERROR', userError: true },
  });

interface IssueView extends Raw {
  readonly id: string;
}

function issueView(issue: RawIssue): IssueView {
  const named = (other: unknown) => ({ identifier: identifierOf(other as RawIssue) });
  const relation = (one: Raw) => ({ ...one, issue: named(one['issue']), relatedIssue: named(one['relatedIssue']) });
  const parent = issue['parent'];
  return {
    ...issue,
    identifier: identifierOf(issue),
    parent: parent ? named(parent) : null,
    labels: (asked: Asked) => connection(issue.labels, asked),
    relations: (asked: Asked) => connection(issue.relations.map(relation), asked),
    inverseRelations: (asked: Asked) => connection(issue.inverseRelations.map(relation), asked),
    history: (asked: Asked) =>
      connection(
        issue.history.map((entry) => ({
          ...entry,
          fromParent: entry['fromParent'] ? named(entry['fromParent']) : null,
          toParent: entry['toParent'] ? named(entry['toParent']) : null,
        })),
        asked,
      ),
  };
}

function filtered<T extends Raw>(list: readonly T[], { filter, includeArchived = false }: Asked): T[] {
  return list.filter((one) => (includeArchived || (one['archivedAt'] ?? null) === null) && matches(one, filter ?? {}));
}

function matches(one: Raw, filter: Raw): boolean {
  return Object.entries(filter).every(([field, wanted]) => {
    if (field === 'accessibleTeams') {
      const { some } = wanted as { some: Raw };
      return (one['teams'] as Raw[]).some((team) => matches(team, some));
    }
    const value = one[field];
    const test = wanted as Raw;
    if ('eq' in test) return value === test['eq'];
    if ('eqIgnoreCase' in test) return String(value).toLowerCase() === String(test['eqIgnoreCase']).toLowerCase();
    if ('in' in test) return (test['in'] as unknown[]).includes(value);
    if ('gte' in test) return Date.parse(String(value)) >= Date.parse(String(test['gte']));
    return value !== null && matches(value as Raw, test);
  });
}

/** The cursor of a page is the id of its last element; one that is no more leads nowhere. */
function connection<T extends Raw>(list: readonly T[], { first = 50, after }: Asked) {
  const from = after ? list.findIndex((one) => one['id'] === after) + 1 : 0;
  if (after && from === 0)
    throw new GraphQLError('Argument Validation Error', {
      extensions: { type: 'invalid input', code: 'INVALID_INPUT' },
    });
  const nodes = list.slice(from, from + first);
  return {
    nodes,
    pageInfo: {
      startCursor: nodes[0]?.['id'] ?? null,
      endCursor: nodes.at(-1)?.['id'] ?? null,
      hasNextPage: from + first < list.length,
      hasPreviousPage: from > 0,
    },
  };
}
