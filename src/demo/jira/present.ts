import type {
  History,
  HistoryItem,
  LoggedField,
  Site,
  SiteIssue,
  SiteProject,
  SiteSprint,
  SiteVersion,
} from '../portfolio/site.ts';
import { statusOf } from '../portfolio/site.ts';
import { siteTime } from './site-zone.ts';

export type Mode = 'cloud' | 'data-center';
type Json = Readonly<Record<string, unknown>>;

/** Ids of custom fields: they differ from site to site, hence between the two modes. */
const customFields = {
  cloud: {
    sprint: 'customfield_10020',
    points: 'customfield_10016',
    flagged: 'customfield_10021',
    startDate: 'customfield_10015',
    epicLink: 'customfield_10014',
  },
  'data-center': {
    sprint: 'customfield_10104',
    points: 'customfield_10106',
    flagged: 'customfield_10105',
    startDate: 'customfield_10110',
    epicLink: 'customfield_10100',
  },
} as const;

const issueTypeIds = { Epic: '10000', Story: '10001', Task: '10002', Bug: '10004', 'Sub-task': '10003' } as const;
const priorityIds: Readonly<Record<string, string>> = { Highest: '1', High: '2', Medium: '3', Low: '4', Lowest: '5' };
const categories = {
  new: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  indeterminate: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  done: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
} as const;

/** Turns what the site holds into the JSON that Jira answers with; one for each running server. */
export function createPresenter(site: Site, mode: Mode, baseUrl: () => string) {
  const fields = customFields[mode];
  const isCloud = mode === 'cloud';
  const api = () => `${baseUrl()}/rest/api/${isCloud ? 3 : 2}`;

  function user(id: string): Json {
    const person = site.people.get(id);
    const displayName = person?.displayName ?? 'Former user';
    const active = person?.isActive ?? false;
    if (isCloud) {
      const self = `${api()}/user?accountId=${encodeURIComponent(id)}`;
      return { self, accountId: id, accountType: 'atlassian', active, displayName, timeZone: 'Europe/Paris' };
    }
    const login = person?.login ?? id;
    return {
      self: `${api()}/user?username=${login}`,
      name: login,
      key: login,
      displayName,
      active,
      timeZone: 'Europe/Paris',
    };
  }

  function status(id: string): Json {
    const { name, category } = statusOf(site, id);
    const self = `${api()}/status/${id}`;
    const statusCategory = { self: `${api()}/statuscategory/${categories[category].id}`, ...categories[category] };
    return { self, description: '', iconUrl: `${baseUrl()}/images/icons/status.png`, name, id, statusCategory };
  }

  function project(value: SiteProject): Json {
    const common = {
      self: `${api()}/project/${value.id}`,
      id: value.id,
      key: value.key,
      name: value.name,
      projectTypeKey: 'software',
    };
    return isCloud ? { ...common, simplified: false, style: 'classic', isPrivate: false } : common;
  }

  function version(value: SiteVersion): Json {
    return {
      self: `${api()}/version/${value.id}`,
      id: value.id,
      description: value.description,
      name: value.name,
      archived: value.isArchived,
      released: value.isReleased,
      ...(value.startDate === null ? {} : { startDate: value.startDate }),
      ...(value.releaseDate === null ? {} : { releaseDate: value.releaseDate }),
      projectId: Number(site.projects.get(value.projectKey)!.id),
    };
  }

  function versionRef(id: string): Json {
    const { self, name, archived, released, releaseDate } = version(site.versions.get(id)!);
    return { self, id, name, archived, released, ...(releaseDate === undefined ? {} : { releaseDate }) };
  }

  /** As the Agile interface gives it: future sprints have no dates at all. */
  function sprint(value: SiteSprint): Json {
    const iso = (at: number | null) => (at === null ? undefined : new Date(at).toISOString());
    return dropAbsent({
      id: value.id,
      self: `${baseUrl()}/rest/agile/1.0/sprint/${value.id}`,
      state: value.state,
      name: value.name,
      startDate: iso(value.startAt),
      endDate: iso(value.endAt),
      completeDate: iso(value.completedAt),
      activatedDate: isCloud ? undefined : iso(value.activatedAt),
      originBoardId: value.boardId,
      goal: value.goal || undefined,
    });
  }

  /** As it stands in an issue: an object on Cloud, a string of Java's making on Data Center, its keys in no fixed order. */
  function sprintField(id: number): unknown {
    const value = site.sprints.get(id);
    if (!value) return isCloud ? { id, name: `Sprint ${id}`, state: 'closed', boardId: 0 } : null;
    const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
    if (isCloud) {
      return dropAbsent({
        id,
        name: value.name,
        state: value.state,
        boardId: value.boardId,
        goal: value.goal,
        startDate: iso(value.startAt) ?? undefined,
        endDate: iso(value.endAt) ?? undefined,
        completeDate: iso(value.completedAt) ?? undefined,
      });
    }
    const local = (at: number | null) => (at === null ? '<null>' : siteTime(at).replace(/(\d\d)$/, ':$1'));
    const parts = [
      `rapidViewId=${value.boardId}`,
      `state=${value.state.toUpperCase()}`,
      `name=${value.name}`,
      `startDate=${local(value.startAt)}`,
      `endDate=${local(value.endAt)}`,
      `completeDate=${local(value.completedAt)}`,
      `activatedDate=${local(value.activatedAt)}`,
      `sequence=${id}`,
      `goal=${value.goal || '<null>'}`,
    ];
    if (id % 2) parts.unshift(`id=${id}`);
    else parts.push(`id=${id}`);
    return `com.atlassian.greenhopper.service.sprint.Sprint@${(id * 2_654_435_761).toString(16).slice(-7)}[${parts.join(',')}]`;
  }

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

  const logged: Readonly<Record<LoggedField, { field: string; fieldId?: string; custom?: true }>> = {
    status: { field: 'status', fieldId: 'status' },
    resolution: { field: 'resolution', fieldId: 'resolution' },
    assignee: { field: 'assignee', fieldId: 'assignee' },
    sprint: { field: 'Sprint', fieldId: fields.sprint, custom: true },
    fixVersion: { field: 'Fix Version', fieldId: 'fixVersions' },
    affectsVersion: { field: 'Version', fieldId: 'versions' },
    points: { field: 'Story Points', fieldId: fields.points, custom: true },
    estimate: { field: 'timeestimate', fieldId: 'timeestimate' },
    dueDate: { field: 'duedate', fieldId: 'duedate' },
    startDate: { field: 'Start date', fieldId: fields.startDate, custom: true },
    parent: isCloud
      ? { field: 'IssueParentAssociation' }
      : { field: 'Epic Link', fieldId: fields.epicLink, custom: true },
    flagged: { field: 'Flagged', fieldId: fields.flagged, custom: true },
    priority: { field: 'priority', fieldId: 'priority' },
    summary: { field: 'summary', fieldId: 'summary' },
    type: { field: 'issuetype', fieldId: 'issuetype' },
    labels: { field: 'labels', fieldId: 'labels' },
    link: { field: 'Link' },
    project: { field: 'project', fieldId: 'project' },
    key: { field: 'Key' },
  };

  function historyItem(item: HistoryItem): Json {
    const { field, fieldId, custom } = logged[item.field];
    let { from, fromText, to, toText } = item;
    if (item.field === 'assignee' && !isCloud) {
      from = from && (site.people.get(from)?.login ?? from);
      to = to && (site.people.get(to)?.login ?? to);
    }
    if (['points', 'summary', 'labels'].includes(item.field)) from = to = null;
    if (item.field === 'dueDate') {
      fromText = fromText && `${fromText} 00:00:00.0`;
      toText = toText && `${toText} 00:00:00.0`;
    }
    if (item.field === 'resolution') [from, to] = [from && '1', to && '1'];
    if (item.field === 'priority') [from, to] = [from && (priorityIds[from] ?? '3'), to && (priorityIds[to] ?? '3')];
    if (item.field === 'type') [from, to] = [typeId(from), typeId(to)];
    return {
      field,
      fieldtype: custom ? 'custom' : 'jira',
      ...(isCloud && fieldId ? { fieldId } : {}),
      from,
      fromString: fromText,
      to,
      toString: toText,
    };
  }

  /** `epoch`: the bulk endpoint gives milliseconds where the others give text. */
  function history(value: History, created: 'text' | 'epoch'): Json {
    return {
      id: String(value.id),
      author: user(value.by),
      created: created === 'epoch' ? value.at : siteTime(value.at),
      items: value.items.map(historyItem),
    };
  }

  /** Whether a filter by field ids keeps this item: those that carry no id are left out, as on the real thing. */
  const hasFieldId = (item: HistoryItem, ids: ReadonlySet<string>) => ids.has(logged[item.field].fieldId ?? '');

  return { api, user, status, project, version, sprint, issue, history, hasFieldId, fieldList: () => fieldList(mode) };
}

export type Presenter = ReturnType<typeof createPresenter>;

function typeId(name: string | null): string | null {
  return name === null ? null : (issueTypeIds[name as keyof typeof issueTypeIds] ?? null);
}

function dropAbsent(object: Readonly<Record<string, unknown>>): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

function fieldList(mode: Mode): Json[] {
  const ids = customFields[mode];
  const system = (id: string, name: string, type: string, items?: string): Json => ({
    id,
    ...(mode === 'cloud' ? { key: id } : {}),
    name,
    custom: false,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [id],
    schema: { type, ...(items ? { items } : {}), system: id },
  });
  const custom = (id: string, name: string, plugin: string, type: string, items?: string): Json => ({
    id,
    ...(mode === 'cloud' ? { key: id } : {}),
    name,
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [`cf[${id.slice(12)}]`, name],
    schema: { type, ...(items ? { items } : {}), custom: plugin, customId: Number(id.slice(12)) },
  });
  const fieldTypes = 'com.atlassian.jira.plugin.system.customfieldtypes';
  return [
    system('summary', 'Summary', 'string'),
    system('issuetype', 'Issue Type', 'issuetype'),
    system('project', 'Project', 'project'),
    system('status', 'Status', 'status'),
    system('resolution', 'Resolution', 'resolution'),
    system('resolutiondate', 'Resolved', 'datetime'),
    system('created', 'Created', 'datetime'),
    system('updated', 'Updated', 'datetime'),
    system('assignee', 'Assignee', 'user'),
    system('reporter', 'Reporter', 'user'),
    system('creator', 'Creator', 'user'),
    system('priority', 'Priority', 'priority'),
    system('labels', 'Labels', 'array', 'string'),
    system('components', 'Components', 'array', 'component'),
    system('fixVersions', 'Fix versions', 'array', 'version'),
    system('versions', 'Affects versions', 'array', 'version'),
    system('duedate', 'Due date', 'date'),
    system('timeoriginalestimate', 'Original estimate', 'number'),
    system('timeestimate', 'Remaining Estimate', 'number'),
    system('timespent', 'Time Spent', 'number'),
    system('issuelinks', 'Linked Issues', 'array', 'issuelinks'),
    system('description', 'Description', 'string'),
    {
      id: 'parent',
      ...(mode === 'cloud' ? { key: 'parent' } : {}),
      name: 'Parent',
      custom: false,
      orderable: false,
      navigable: true,
      searchable: false,
      clauseNames: ['parent'],
    },
    custom(ids.sprint, 'Sprint', 'com.pyxis.greenhopper.jira:gh-sprint', 'array', mode === 'cloud' ? 'json' : 'string'),
    custom(ids.points, 'Story Points', `${fieldTypes}:float`, 'number'),
    custom(ids.flagged, 'Flagged', `${fieldTypes}:multicheckboxes`, 'array', 'option'),
    custom(ids.startDate, 'Start date', `${fieldTypes}:datepicker`, 'date'),
    custom(ids.epicLink, 'Epic Link', 'com.pyxis.greenhopper.jira:gh-epic-link', 'any'),
    custom('customfield_10300', 'Sprint wishes', `${fieldTypes}:textfield`, 'string'),
  ];
}
