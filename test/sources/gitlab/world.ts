/** Payloads with the fields that GitLab documents, as far as anybody reads them. */
export interface Raw {
  [field: string]: unknown;
}

export interface Issue extends Raw {
  id: number;
  iid: number;
  project_id: number;
  state: 'opened' | 'closed';
  created_at: string;
  updated_at: string;
  labels: string[];
}

/** What one issue or merge request has beside itself. */
export interface Beside {
  readonly state: Raw[];
  readonly label: Raw[];
  readonly milestone: Raw[];
  readonly iteration: Raw[];
  readonly weight: Raw[];
  readonly notes: Raw[];
  readonly links: Raw[];
  readonly commits: Raw[];
}

export interface Project {
  readonly id: number;
  path: string;
  /** Paths that lead here since it moved. */
  readonly oldPaths: string[];
  readonly raw: Raw;
  readonly issues: Issue[];
  readonly issueBeside: Map<number, Beside>;
  readonly mergeRequests: (Raw & { iid: number; updated_at: string; created_at: string })[];
  readonly mergeRequestBeside: Map<number, Beside>;
  readonly milestones: Raw[];
  /** Null without a licence. */
  iterations: Raw[] | null;
  readonly boards: Raw[];
  readonly environments: Raw[];
  readonly deployments: (Raw & { updated_at: string })[];
  readonly releases: Raw[];
  /** Newest first. */
  commits: (Raw & { id: string; parent_ids: string[] })[];
}

export interface World {
  readonly projects: Project[];
  readonly groups: Map<string, { readonly id: number; readonly projects: readonly number[] }>;
  readonly token: Raw;
  /** Above so many elements GitLab tells no total. */
  totalLimit: number;
  /** Cut a page before it filters it, as GitLab does where rights hide elements. */
  hidesOnPages: boolean;
}

export const iso = (at: number): string => new Date(at).toISOString();

export const user = (username: string): Raw => ({
  id: username.length + 100,
  username,
  name: username.toUpperCase(),
  state: 'active',
  avatar_url: null,
  web_url: `https://gitlab.test/${username}`,
});

export function emptyBeside(): Beside {
  return { state: [], label: [], milestone: [], iteration: [], weight: [], notes: [], links: [], commits: [] };
}

export function emptyProject(id: number, path: string): Project {
  return {
    id,
    path,
    oldPaths: [],
    raw: {
      default_branch: 'main',
      issues_access_level: 'enabled',
      repository_access_level: 'enabled',
      merge_requests_access_level: 'enabled',
    },
    issues: [],
    issueBeside: new Map(),
    mergeRequests: [],
    mergeRequestBeside: new Map(),
    milestones: [],
    iterations: null,
    boards: [],
    environments: [],
    deployments: [],
    releases: [],
    commits: [],
  };
}

export function emptyWorld(...projects: Project[]): World {
  return {
    projects,
    groups: new Map(),
    token: { id: 1, name: 'vigie', scopes: ['read_api'], active: true, revoked: false, expires_at: '2027-06-30' },
    totalLimit: 10_000,
    hidesOnPages: false,
  };
}
