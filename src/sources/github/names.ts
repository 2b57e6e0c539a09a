import { ownValue } from '../reading/values.ts';

/** What elements are called so that they are unique among all sources of a project; GitHub numbers them by repository. */
export interface Names {
  readonly item: (repository: number, issue: number) => string;
  readonly version: (repository: number, milestone: number) => string;
  /** A milestone that only its title is left of: it was deleted, or renamed since. */
  readonly lostVersion: (repository: number, title: string) => string;
  /** An iteration of a board, or the board itself. */
  readonly sprint: (id: string) => string;
  readonly board: (id: string) => string;
  /** `opened`, `closed`, an option of the board or a label. */
  readonly status: (name: string) => string;
  readonly person: (login: string) => string;
  readonly deployment: (id: string) => string;
}

/** `source` is the name of the source in the config; a comma or a blank in it would break lists of sprints. */
export function createNames(source: string): Names {
  const prefix = encodeURIComponent(source);
  const plain = (id: string) => `${prefix}:${id}`;
  const numbered = (repository: number, number: number) => `${prefix}:${repository}:${number}`;
  return {
    item: numbered,
    version: numbered,
    lostVersion: (repository, title) => `${prefix}:${repository}:${encodeURIComponent(title)}`,
    sprint: plain,
    board: plain,
    status: plain,
    person: plain,
    deployment: plain,
  };
}

/** Login of a person or an App; null for a ghost. */
export function loginOf(actor: unknown): string | null {
  const login = ownValue(actor, 'login');
  return typeof login === 'string' && login !== '' ? login : null;
}

const botName = /\[bot\]$|(^|[-_.])bot$|^(renovate|dependabot|github-actions)\b/i;

export function isBot(actor: unknown, bots: readonly string[]): boolean {
  const login = loginOf(actor);
  if (login === null) return false;
  return ownValue(actor, '__typename') === 'Bot' || botName.test(login) || bots.includes(login);
}

/** Elements of a connection; what the token may not see among them is null. */
export function nodesOf(owner: unknown, field: string): readonly unknown[] {
  const nodes = ownValue(ownValue(owner, field), 'nodes');
  return Array.isArray(nodes) ? nodes.filter((node: unknown) => node !== null) : [];
}

/** Where the next elements of a connection begin; null after the last. */
export function nextOf(owner: unknown, field: string): string | null {
  const info = ownValue(ownValue(owner, field), 'pageInfo');
  const cursor = ownValue(info, 'endCursor');
  return ownValue(info, 'hasNextPage') === true && typeof cursor === 'string' ? cursor : null;
}
