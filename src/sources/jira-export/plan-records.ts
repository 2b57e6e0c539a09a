import type { SourceRecord } from '../../core/model/record.ts';
import type { Sprint } from '../../core/model/plan.ts';
import { normalizeBoard, normalizeSprint, normalizeStatus, normalizeVersion } from '../jira/normalize-plan.ts';
import type { SetAside } from '../reading/set-aside.ts';
import { ownValue, projectKeyOf } from '../reading/values.ts';
import { readSideFile } from './export-files.ts';
import type { ExportFiles } from './export-files.ts';
import type { ExportScopes } from './scopes.ts';
import type { Survey } from './survey.ts';

/** Everything of an export that is no issue, and which sprints its sprint file puts the issues in. */
export interface Plan {
  readonly records: readonly SourceRecord[];
  /** Item keys to sprint ids, from `issueKeys`. */
  readonly membership: ReadonlyMap<string, readonly string[]>;
}

/** Files beside the issues come first; what they lack is taken from the issues themselves. */
export async function readPlan(files: ExportFiles, survey: Survey, scopes: ExportScopes): Promise<Plan> {
  const records: SourceRecord[] = [];
  const aside = (list: readonly SetAside[]) => {
    for (const one of list) records.push({ kind: 'set-aside', scope: null, ...one });
  };
  aside(survey.setAside);
  await addStatuses(files, survey, records, aside);
  await addVersions(files, survey, scopes, records, aside);
  const membership = await addSprints(files, survey, scopes, records, aside);
  for (const raw of (await readSideFile(files, 'board')) ?? []) {
    const { value, setAside } = normalizeBoard(raw);
    aside(setAside);
    if (value) for (const scope of scopes.ids) records.push({ kind: 'board', scope, board: value });
  }
  return { records, membership };
}

type Aside = (list: readonly SetAside[]) => void;

async function addStatuses(files: ExportFiles, survey: Survey, records: SourceRecord[], aside: Aside): Promise<void> {
  const statuses = new Map(survey.statuses);
  for (const raw of (await readSideFile(files, 'statuses')) ?? []) {
    const { value, setAside } = normalizeStatus(raw);
    aside(setAside);
    if (value) statuses.set(value.id, value);
  }
  for (const status of statuses.values()) records.push({ kind: 'status', status });
}

async function addVersions(
  files: ExportFiles,
  survey: Survey,
  scopes: ExportScopes,
  records: SourceRecord[],
  aside: Aside,
): Promise<void> {
  const versions = new Map(survey.versions);
  const keys = [...survey.projectKeys.values()];
  for (const raw of (await readSideFile(files, 'versions')) ?? []) {
    const id = ownValue(raw, 'projectId');
    const named = typeof id === 'string' || typeof id === 'number' ? survey.projectKeys.get(String(id)) : undefined;
    const { value, setAside } = normalizeVersion(raw, named ?? (keys.length === 1 ? keys[0]! : null));
    aside(setAside);
    if (value) versions.set(value.id, value);
  }
  for (const version of versions.values()) {
    for (const scope of scopes.scopesOf(version.projectKey)) records.push({ kind: 'version', scope, version });
  }
}

async function addSprints(
  files: ExportFiles,
  survey: Survey,
  scopes: ExportScopes,
  records: SourceRecord[],
  aside: Aside,
): Promise<Plan['membership']> {
  const sprints = new Map<string, Sprint>(survey.sprints);
  const projects = new Map([...survey.projectsOfSprint].map(([id, keys]) => [id, new Set(keys)] as const));
  const membership = new Map<string, string[]>();
  for (const raw of (await readSideFile(files, 'sprints')) ?? []) {
    const { value, setAside } = normalizeSprint(raw);
    aside(setAside);
    if (!value) continue;
    sprints.set(value.id, value);
    const members = ownValue(raw, 'issueKeys');
    for (const key of Array.isArray(members) ? members : []) {
      if (typeof key !== 'string') continue;
      membership.set(key, [...(membership.get(key) ?? []), value.id]);
      projects.set(value.id, (projects.get(value.id) ?? new Set()).add(projectKeyOf(key)));
    }
  }
  for (const sprint of sprints.values()) {
    // A sprint that nothing stands in yet belongs to any of them: better shown twice than lost.
    const keys = projects.get(sprint.id);
    const owners = keys ? new Set([...keys].flatMap((key) => scopes.scopesOf(key))) : scopes.ids;
    for (const scope of owners) records.push({ kind: 'sprint', scope, sprint });
  }
  return membership;
}
