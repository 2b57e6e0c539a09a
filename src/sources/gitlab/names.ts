import { ownValue } from '../jira/values.ts';

/** What elements are called so that they are unique among all sources of a project: GitLab numbers them from 1, as others do. */
export interface Names {
  item(id: number): string;
  version(id: number): string;
  sprint(id: number): string;
  board(id: string): string;
  /** `opened`, `closed` or a label. */
  status(name: string): string;
  person(username: string): string;
  incident(id: number): string;
  deployment(id: number | string): string;
}

/** `source` is the name of the source in the config; a comma or a blank in it would break lists of sprints. */
export function createNames(source: string): Names {
  const prefix = encodeURIComponent(source);
  return {
    item: (id) => `${prefix}:${id}`,
    version: (id) => `${prefix}:${id}`,
    sprint: (id) => `${prefix}:${id}`,
    board: (id) => `${prefix}:${id}`,
    status: (name) => `${prefix}:${name}`,
    person: (username) => `${prefix}:${username}`,
    incident: (id) => `${prefix}:${id}`,
    deployment: (id) => `${prefix}:${id}`,
  };
}

/** User name of a person; null for a ghost. It stands in system notes too, which know no ids. */
export function usernameOf(user: unknown): string | null {
  const username = ownValue(user, 'username');
  return typeof username === 'string' && username !== '' ? username : null;
}

/** Token users of projects and groups, and what is called a bot. */
const botName = /^(project|group)_\d+_bot(_|$)|(^|[-_.])bot$|\[bot\]$|^(renovate|dependabot|ghost-bot)\b/i;

export function isBotName(username: string, bots: readonly string[]): boolean {
  return botName.test(username) || bots.includes(username);
}
