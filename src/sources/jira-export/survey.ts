import type { Sprint, Version } from '../../core/model/plan.ts';
import type { Status } from '../../core/model/work-item.ts';
import { createFieldMap, findFields } from '../jira/fields.ts';
import type { FieldMap, FieldOverrides } from '../jira/fields.ts';
import { createFieldGuess } from '../jira/guess-fields.ts';
import { sprintsOfIssue } from '../jira/normalize-issue.ts';
import { normalizeStatus, normalizeVersion } from '../jira/normalize-plan.ts';
import { fieldSchema } from '../jira/schema.ts';
import type { SetAside } from '../reading/set-aside.ts';
import { ownValue } from '../reading/values.ts';
import { readSideFile } from './export-files.ts';
import type { ExportFiles } from './export-files.ts';
import { CutFile, readLines } from '../reading/read-lines.ts';

/** What the issues of an export tell about everything else. Its size is that of the plan, not of the issues. */
export interface Survey {
  readonly lines: number;
  readonly fieldMap: FieldMap;
  readonly statuses: ReadonlyMap<string, Status>;
  readonly versions: ReadonlyMap<string, Version>;
  readonly sprints: ReadonlyMap<string, Sprint>;
  /** Jira project ids to keys, for version files that name their project by id only. */
  readonly projectKeys: ReadonlyMap<string, string>;
  /** For each sprint the keys of the projects whose issues stand in it. */
  readonly projectsOfSprint: ReadonlyMap<string, ReadonlySet<string>>;
  /** What issues say of sprints that could not be used, once for each sprint. */
  readonly setAside: readonly SetAside[];
}

/**
 * Reads the export once before the issues are stored: fields have to be known before the first of them can be read, and
 * without a field list only the data tells. A file that ends too early is surveyed up to there.
 */
export async function surveyExport(
  files: ExportFiles,
  overrides: FieldOverrides,
  signal: AbortSignal,
): Promise<Survey> {
  const listed = await listedFields(files, overrides);
  const guess = createFieldGuess(overrides);
  // Sprints need the field map: where it has to be guessed they are read from any field that may hold them.
  const statuses = new Map<string, Status>();
  const versions = new Map<string, Version>();
  const sprints = new Map<string, Sprint>();
  const projectKeys = new Map<string, string>();
  const projectsOfSprint = new Map<string, Set<string>>();
  const maybeSprint = new Set<string>();
  const setAside = new Map<string, SetAside>();
  let lines = 0;

  const see = (issue: unknown) => {
    const fields = ownValue(issue, 'fields');
    const project = ownValue(fields, 'project');
    const projectKey = textOf(ownValue(project, 'key'));
    const projectId = textOf(ownValue(project, 'id'));
    if (projectKey && projectId) projectKeys.set(projectId, projectKey);
    const status = normalizeStatus(ownValue(fields, 'status')).value;
    if (status && (statuses.get(status.id)?.category ?? 'unknown') === 'unknown') statuses.set(status.id, status);
    for (const field of ['fixVersions', 'versions']) {
      for (const raw of listOf(ownValue(fields, field))) {
        const version = normalizeVersion(raw, projectKey).value;
        if (version) versions.set(version.id, version);
      }
    }
    const inIssue = sprintsOfIssue(issue, sprintFields(issue, listed, maybeSprint));
    for (const aside of inIssue.setAside) setAside.set(aside.ref, aside);
    for (const sprint of inIssue.value) {
      sprints.set(sprint.id, sprint);
      if (!projectKey) continue;
      const projects = projectsOfSprint.get(sprint.id) ?? new Set();
      projectsOfSprint.set(sprint.id, projects.add(projectKey));
    }
  };

  try {
    for await (const batch of readLines(files.issues, signal)) {
      for (const line of batch) {
        lines = line.number;
        const issue = parseLine(line.text);
        if (issue === undefined) continue;
        if (!listed) guess.see(issue);
        see(issue);
      }
    }
  } catch (error) {
    if (!(error instanceof CutFile)) throw error;
  }
  const fieldMap = listed ?? guess.result();
  return {
    lines,
    fieldMap,
    statuses,
    versions,
    sprints,
    projectKeys,
    projectsOfSprint,
    setAside: [...setAside.values()],
  };
}

/** The issue of a line; undefined when it is blank or no JSON. */
export function parseLine(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function listedFields(files: ExportFiles, overrides: FieldOverrides): Promise<FieldMap | null> {
  const list = await readSideFile(files, 'fields');
  if (!list) return null;
  return findFields(
    list.flatMap((raw) => fieldSchema.safeParse(raw).data ?? []),
    overrides,
  );
}

const noFields = { sprint: [], points: [], epicLink: [], flagged: [], startOn: [] };

/** The fields of an issue that look as if they held sprints; remembered, since a shape costs time to look at. */
function sprintFields(issue: unknown, listed: FieldMap | null, maybeSprint: Set<string>): FieldMap {
  if (listed) return listed;
  const fields = ownValue(issue, 'fields');
  for (const [id, value] of Object.entries((fields as Record<string, unknown> | null) ?? {})) {
    if (/^(sprints?|closedSprints)$/.test(id) && value) maybeSprint.add(id);
    else if (
      id.startsWith('customfield_') &&
      Array.isArray(value) &&
      value.length > 0 &&
      value.every(looksLikeSprint)
    ) {
      maybeSprint.add(id);
    }
  }
  return createFieldMap({ ...noFields, sprint: [...maybeSprint] });
}

function looksLikeSprint(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('.sprint.Sprint@');
  return ownValue(value, 'state') !== undefined && ownValue(value, 'boardId') !== undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}
