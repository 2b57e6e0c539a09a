import type { Site, SiteProject, SiteSprint, SiteVersion } from '../portfolio/site.ts';
import { statusOf } from '../portfolio/site.ts';
import { siteTime } from '../portfolio/site-zone.ts';
import type { Json, Mode } from './field-list.ts';

const categories = {
  new: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  indeterminate: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  done: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
} as const;

/** People, statuses, projects, versions and sprints as Jira writes them. */
export function createPlanPresenter(site: Site, mode: Mode, baseUrl: () => string) {
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

  return { api, user, status, project, version, versionRef, sprint, sprintField };
}

export type PlanPresenter = ReturnType<typeof createPlanPresenter>;

export function dropAbsent(object: Readonly<Record<string, unknown>>): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
