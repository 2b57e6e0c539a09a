/** What a workspace holds, with the field names of the schema. */
export interface Raw {
  [field: string]: unknown;
}

export interface RawTeam extends Raw {
  id: string;
  key: string;
  name: string;
}

export interface RawIssue extends Raw {
  id: string;
  number: number;
  team: RawTeam;
  createdAt: string;
  updatedAt: string;
  state: Raw;
  trashed: boolean | null;
  labels: Raw[];
  relations: Raw[];
  inverseRelations: Raw[];
  history: Raw[];
}

export interface World {
  readonly organization: Raw;
  readonly viewer: Raw;
  readonly teams: RawTeam[];
  readonly states: Raw[];
  readonly cycles: Raw[];
  readonly projects: Raw[];
  readonly milestones: Raw[];
  issues: RawIssue[];
}

export const iso = (at: number): string => new Date(at).toISOString();

/** UUIDs that tell what they name: `uuid('1', 12)`. */
export const uuid = (kind: string, number: number): string =>
  `${kind.padStart(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

export const identifierOf = (issue: RawIssue): string => `${issue.team.key}-${issue.number}`;
