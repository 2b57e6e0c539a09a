import type { Site, SiteIssue } from '../portfolio/site.ts';
import { siteTime } from '../portfolio/site-zone.ts';
import { customFields } from './field-list.ts';
import type { Json, Mode } from './field-list.ts';
import { dropAbsent } from './present-plan.ts';
import type { PlanPresenter } from './present-plan.ts';

export const issueTypeIds = {
  Epic: '10000',
  Story: '10001',
  Task: '10002',
  Bug: '10004',
  'Sub-task': '10003',
} as const;
export const priorityIds: Readonly<Record<string, string>> = {
  Highest: '1',
  High: '2',
  Medium: '3',
  Low: '4',
  Lowest: '5',
};

/** Issues as Jira writes them, with the fields that a request names. */
export function createIssuePresenter(site: Site, mode: Mode, plan: PlanPresenter) {
  const fields = customFields[mode];
  const isCloud = mode === 'cloud';
  const { api, user, status, project, versionRef, sprintField } = plan;

  function otherIssue(other: SiteIssue): Json {
    const fields = {
      summary: other.summary,
      status: status(other.statusId),
      priority: priority(other.priority),
      issuetype: issueType(other),
    };
    return { id: String(other.id), key: other.key, self: `${api()}/issue/${other.id}`, fields };
  }

  function issueType(issue: SiteIssue): Json {
    const id = issueTypeIds[issue.type];
    const subtask = issue.type === 'Sub-task';
    const common = { self: `${api()}/issuetype/${id}`, id, description: '', name: issue.type, subtask };
    return isCloud ? { ...common, hierarchyLevel: subtask ? -1 : issue.type === 'Epic' ? 1 : 0 } : common;
  }

  function priority(name: string): Json {
    const id = priorityIds[name] ?? '3';
    return { self: `${api()}/priority/${id}`, id, name };
  }

  const visible = (id: number): SiteIssue | null => {
    const issue = site.issues.get(id);
    return issue && !issue.isHidden ? issue : null;
  };

  const readers: Readonly<Record<string, (issue: SiteIssue) => unknown>> = {
    summary: (issue) => issue.summary,
    description: (issue) => description(issue),
    issuetype: issueType,
    project: (issue) => project(site.projects.get(issue.projectKey)!),
    status: (issue) => status(issue.statusId),
    resolution: (issue) =>
      issue.resolution === null ? null : { self: `${api()}/resolution/1`, id: '1', name: issue.resolution },
    resolutiondate: (issue) => (issue.resolvedAt === null ? null : siteTime(issue.resolvedAt)),
    created: (issue) => siteTime(issue.createdAt),
    updated: (issue) => siteTime(issue.updatedAt),
    assignee: (issue) => (issue.assignee === null ? null : user(issue.assignee)),
    reporter: (issue) => user(issue.reporter),
    creator: (issue) => user(issue.reporter),
    priority: (issue) => priority(issue.priority),
    labels: (issue) => issue.labels,
    components: (issue) => issue.components.map((name) => ({ self: `${api()}/component/1`, id: '1', name })),
    fixVersions: (issue) => issue.fixVersionIds.map(versionRef),
    versions: (issue) => issue.affectsVersionIds.map(versionRef),
    duedate: (issue) => issue.dueDate,
    timeoriginalestimate: (issue) => issue.estimateSeconds,
    timeestimate: (issue) => issue.estimateSeconds,
    timespent: () => null,
    parent: (issue) => {
      const parent = issue.parentId === null ? null : visible(issue.parentId);
      return parent && (isCloud || issue.type === 'Sub-task') ? otherIssue(parent) : undefined;
    },
    issuelinks: (issue) =>
      issue.links.flatMap((link) => {
        const other = visible(link.otherId);
        if (!other) return [];
        const type = {
          id: '10000',
          name: 'Blocks',
          inward: 'is blocked by',
          outward: 'blocks',
          self: `${api()}/issueLinkType/10000`,
        };
        return [
          {
            id: String(link.id),
            self: `${api()}/issueLink/${link.id}`,
            type,
            [`${link.direction}Issue`]: otherIssue(other),
          },
        ];
      }),
    workratio: () => -1,
    [fields.sprint]: (issue) => (issue.sprintIds.length === 0 ? null : issue.sprintIds.map(sprintField)),
    [fields.points]: (issue) => issue.points,
    [fields.flagged]: (issue) =>
      issue.isFlagged ? [{ self: `${api()}/customFieldOption/10019`, value: 'Impediment', id: '10019' }] : null,
    [fields.startDate]: (issue) => issue.startDate,
    [fields.epicLink]: (issue) => {
      const parent = issue.parentId === null || issue.type === 'Sub-task' ? null : visible(issue.parentId);
      return parent?.key ?? null;
    },
  };

  function description(issue: SiteIssue): unknown {
    const text = `As agreed in refinement: ${issue.summary}.`;
    return isCloud
      ? { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] }
      : text;
  }

  /** `wanted` as in a request: names of fields, `*all`, `*navigable`, `-name`; ids and keys are always there. */
  function issue(value: SiteIssue, wanted: readonly string[]): Json {
    const id = { expand: '', id: String(value.id), self: `${api()}/issue/${value.id}`, key: value.key };
    const all = wanted.some((name) => name === '*all' || name === '*navigable');
    const without = new Set(wanted.filter((name) => name.startsWith('-')).map((name) => name.slice(1)));
    const names = (all ? Object.keys(readers) : wanted).filter((name) => readers[name] && !without.has(name));
    if (names.length === 0) return isCloud ? { id: id.id } : id;
    return { ...id, fields: dropAbsent(Object.fromEntries(names.map((name) => [name, readers[name]!(value)]))) };
  }

  return issue;
}
