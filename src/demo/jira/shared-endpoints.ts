import type { Site } from '../portfolio/site.ts';
import type { Mode } from './field-list.ts';
import type { Presenter } from './present.ts';
import type { Call, Reply } from './reply.ts';
import { ok, refuse, wholeNumber } from './reply.ts';
import { siteTime } from '../portfolio/site-zone.ts';

/** The endpoints about the site, its projects and its boards: alike on Cloud and Data Center. */
export function createSharedEndpoints(
  site: Site,
  present: Presenter,
  mode: Mode,
  parts: { baseUrl: () => string; now: () => number; me: string },
) {
  const isCloud = mode === 'cloud';
  const notFoundProject = (key: string) => refuse(404, `No project could be found with key '${key}'.`);
  const findProject = (key: string) =>
    [...site.projects.values()].find((project) => project.key === key.toUpperCase() || project.id === key);

  function page(
    call: Call,
    all: readonly unknown[],
    limit: number,
    extra: Readonly<Record<string, unknown>> = {},
  ): Reply {
    const startAt = wholeNumber(call.query.get('startAt'), 'startAt', { min: 0, max: 1e9, standard: 0 });
    const asked = wholeNumber(call.query.get('maxResults'), 'maxResults', { min: 1, max: 1e9, standard: limit });
    const maxResults = Math.min(asked, limit);
    const values = all.slice(startAt, startAt + maxResults);
    return ok({
      ...extra,
      startAt,
      maxResults,
      total: all.length,
      isLast: startAt + values.length >= all.length,
      values,
    });
  }

  const versionsOf = (key: string) => [...site.versions.values()].filter((version) => version.projectKey === key);

  return {
    serverInfo: (): Reply => {
      const common = {
        baseUrl: parts.baseUrl(),
        version: isCloud ? '1001.0.0-SNAPSHOT' : '9.12.5',
        versionNumbers: isCloud ? [1001, 0, 0] : [9, 12, 5],
        deploymentType: isCloud ? 'Cloud' : 'Server',
        buildNumber: isCloud ? 100_290 : 912_005,
        buildDate: siteTime(parts.now() - 9 * 86_400_000),
        serverTime: siteTime(parts.now()),
        scmInfo: '5b1f0e',
        serverTitle: site.name,
      };
      return ok(
        isCloud
          ? {
              ...common,
              displayUrl: parts.baseUrl(),
              serverTimeZone: 'Europe/Paris',
              defaultLocale: { locale: 'en_US' },
            }
          : common,
      );
    },

    myself: (call: Call): Reply => {
      if (!call.isKnown) return refuse(401, 'Client must be authenticated to access this resource.');
      return ok({ ...(present.user(parts.me) as object), locale: 'en_US' });
    },

    myPermissions: (call: Call): Reply => {
      const asked = (call.query.get('permissions') ?? '').split(',').filter(Boolean);
      if (isCloud && asked.length === 0) return refuse(400, 'The permissions query parameter is required.');
      const names = asked.length > 0 ? asked : ['BROWSE_PROJECTS'];
      const key = call.query.get('projectKey');
      if (key && !findProject(key)) return notFoundProject(key);
      const have = new Set(['BROWSE_PROJECTS', 'VIEW_READONLY_WORKFLOW', 'VIEW_VOTERS_AND_WATCHERS', 'USER_PICKER']);
      const permission = (name: string, index: number) => ({
        id: String(10 + index),
        key: name,
        name: name.toLowerCase().replaceAll('_', ' '),
        type: name === 'USER_PICKER' ? 'GLOBAL' : 'PROJECT',
        description: '',
        havePermission: call.isKnown && have.has(name),
      });
      return ok({ permissions: Object.fromEntries(names.map((name, index) => [name, permission(name, index)])) });
    },

    fields: (): Reply => ok(present.fieldList()),
    statuses: (): Reply => ok(site.statuses.map((status) => present.status(status.id))),

    statusSearch: (call: Call): Reply => {
      const categories = { new: 'TODO', indeterminate: 'IN_PROGRESS', done: 'DONE' } as const;
      const values = site.statuses.map(({ id, name, category }) => ({
        id,
        name,
        statusCategory: categories[category],
        description: '',
        scope: { type: 'GLOBAL' },
      }));
      return page(call, values, 200);
    },

    projectList: (call: Call): Reply =>
      ok(call.isKnown ? [...site.projects.values()].map((project) => present.project(project)) : []),

    projectSearch: (call: Call): Reply => {
      const keys = call.query.getAll('keys');
      const ids = call.query.getAll('id');
      const found = [...site.projects.values()].filter(
        (project) =>
          (keys.length === 0 || keys.includes(project.key)) && (ids.length === 0 || ids.includes(project.id)),
      );
      return page(call, call.isKnown ? found.map((project) => present.project(project)) : [], 100);
    },

    project: (call: Call, key: string): Reply => {
      const project = call.isKnown ? findProject(key) : undefined;
      if (!project) return notFoundProject(key);
      return ok({
        ...present.project(project),
        versions: versionsOf(project.key).map((version) => present.version(version)),
      });
    },

    versions: (call: Call, key: string): Reply => {
      const project = call.isKnown ? findProject(key) : undefined;
      return project ? ok(versionsOf(project.key).map((version) => present.version(version))) : notFoundProject(key);
    },

    versionPage: (call: Call, key: string): Reply => {
      const project = call.isKnown ? findProject(key) : undefined;
      if (!project) return notFoundProject(key);
      return page(
        call,
        versionsOf(project.key).map((version) => present.version(version)),
        50,
      );
    },

    boards: (call: Call): Reply => {
      const key = call.query.get('projectKeyOrId');
      const project = key === null ? null : findProject(key);
      if (project === undefined) return notFoundProject(key!);
      const found = [...site.boards.values()].filter((board) => !project || board.projectKey === project.key);
      const values = found.map((board) => {
        const owner = site.projects.get(board.projectKey)!;
        const location = {
          projectId: Number(owner.id),
          displayName: `${owner.name} (${owner.key})`,
          projectName: owner.name,
          projectKey: owner.key,
          projectTypeKey: 'software',
          name: `${owner.name} (${owner.key})`,
        };
        return {
          id: board.id,
          self: `${parts.baseUrl()}/rest/agile/1.0/board/${board.id}`,
          name: board.name,
          type: board.type,
          ...(isCloud ? { location, isPrivate: false } : {}),
        };
      });
      return page(call, call.isKnown ? values : [], 50);
    },

    boardConfiguration: (call: Call, id: string): Reply => {
      const board = call.isKnown ? site.boards.get(Number(id)) : undefined;
      if (!board)
        return refuse(
          404,
          'The requested board cannot be viewed because it either does not exist or you do not have permission to view it.',
        );
      const project = site.projects.get(board.projectKey)!;
      const columns = board.columns.map((column) => ({
        name: column.name,
        statuses: column.statusIds.map((statusId) => ({ id: statusId, self: `${present.api()}/status/${statusId}` })),
      }));
      const points = present.fieldList().find((field) => field['name'] === 'Story Points')!;
      return ok({
        id: board.id,
        name: board.name,
        type: board.type,
        self: `${parts.baseUrl()}/rest/agile/1.0/board/${board.id}/configuration`,
        ...(isCloud
          ? {
              location: {
                type: 'project',
                key: project.key,
                id: project.id,
                self: `${present.api()}/project/${project.id}`,
                name: project.name,
              },
            }
          : {}),
        filter: { id: String(10_000 + board.id), self: `${present.api()}/filter/${10_000 + board.id}` },
        subQuery: { query: '' },
        columnConfig: { columns, constraintType: 'none' },
        estimation: { type: 'field', field: { fieldId: points['id'], displayName: 'Story Points' } },
        ranking: { rankCustomFieldId: 10_019 },
      });
    },

    boardSprints: (call: Call, id: string): Reply => {
      if (!call.isKnown || !site.boards.has(Number(id)))
        return refuse(404, `Board does not exist or you do not have permission to see it.`);
      const states = call.query
        .getAll('state')
        .flatMap((value) => value.split(','))
        .filter(Boolean);
      const rank = { closed: 0, active: 1, future: 2 };
      const found = [...site.sprints.values()]
        .filter((sprint) => sprint.boardId === Number(id) && (states.length === 0 || states.includes(sprint.state)))
        .sort((left, right) => rank[left.state] - rank[right.state] || left.id - right.id);
      return page(
        call,
        found.map((sprint) => present.sprint(sprint)),
        50,
      );
    },

    sprint: (call: Call, id: string): Reply => {
      const sprint = call.isKnown ? site.sprints.get(Number(id)) : undefined;
      return sprint ? ok(present.sprint(sprint)) : refuse(404, 'Sprint does not exist.');
    },
  };
}
