/** Payloads with the fields that GitHub documents, as far as anybody reads them. */
export interface Raw {
  [field: string]: unknown;
}

export interface Event extends Raw {
  readonly __typename: string;
  readonly id: string;
  readonly createdAt: string;
}

/** An issue on a board: its card. */
export interface Card {
  updatedAt: string;
  readonly values: Raw[];
}

export interface Issue extends Raw {
  readonly id: string;
  readonly number: number;
  title: string;
  state: 'OPEN' | 'CLOSED';
  createdAt: string;
  updatedAt: string;
  labels: string[];
  assignees: (string | null)[];
  readonly events: Event[];
  card: Card | null;
}

export interface Repository {
  readonly id: number;
  path: string;
  /** Names that lead here since it was renamed. */
  readonly oldPaths: string[];
  readonly raw: Raw;
  issues: Issue[];
  readonly pulls: (Raw & { id: string; number: number; updatedAt: string; commits: Raw[]; reviews: Raw[] })[];
  readonly milestones: Raw[];
  readonly environments: Raw[];
  deployments: (Raw & { id: string; createdAt: string; environment: string; statuses: Raw[] })[];
  readonly releases: (Raw & { id: string; createdAt: string })[];
  readonly runs: (Raw & { id: number; created_at: string })[];
  /** Files of workflows that are there without having run. */
  readonly workflows: string[];
  /** As REST gives them, newest first. */
  commits: Raw[];
}

export interface World {
  readonly repositories: Repository[];
  readonly board: Raw & { id: string; number: number; fields: Raw[] };
  /** Who owns the board. */
  readonly owner: string;
  readonly tokenHeaders: Record<string, string>;
  /** An Enterprise Server that does not know what is newest. */
  isOld: boolean;
  /** What GraphQL says of every query about boards. */
  boardError: { readonly type: string; readonly message: string } | null;
  /** What it says of every list of issues. */
  issuesError: { readonly type: string; readonly message: string } | null;
}

export const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

export const user = (login: string): Raw => ({ __typename: 'User', id: `U_${login}`, login });
export const bot = (login: string): Raw => ({ __typename: 'Bot', id: `B_${login}`, login });

export function emptyRepository(id: number, path: string): Repository {
  return {
    id,
    path,
    oldPaths: [],
    raw: { default_branch: 'main', has_issues: true, archived: false },
    issues: [],
    pulls: [],
    milestones: [],
    environments: [],
    deployments: [],
    releases: [],
    runs: [],
    workflows: [],
    commits: [],
  };
}

export function emptyWorld(...repositories: Repository[]): World {
  return {
    repositories,
    owner: 'shop',
    board: {
      __typename: 'ProjectV2',
      id: 'PVT_7',
      number: 7,
      title: 'Delivery',
      fields: [
        { __typename: 'ProjectV2Field', name: 'Title' },
        {
          __typename: 'ProjectV2SingleSelectField',
          name: 'Status',
          options: [{ name: 'Todo' }, { name: 'In Progress' }, { name: 'Done' }],
        },
        {
          __typename: 'ProjectV2IterationField',
          name: 'Iteration',
          configuration: {
            completedIterations: [{ id: 'it1', title: 'Sprint 1', startDate: '2026-11-02', duration: 14 }],
            iterations: [
              { id: 'it2', title: 'Sprint 2', startDate: '2026-11-16', duration: 14 },
              { id: 'it3', title: 'Sprint 3', startDate: '2026-11-30', duration: 14 },
            ],
          },
        },
        { __typename: 'ProjectV2Field', name: 'Estimate' },
        { __typename: 'ProjectV2Field', name: 'Target date' },
      ],
    },
    tokenHeaders: { 'github-authentication-token-expiration': '2027-06-30 09:00:00 UTC' },
    isOld: false,
    boardError: null,
    issuesError: null,
  };
}
