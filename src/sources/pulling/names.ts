/** What elements are called so that they are unique among all sources of a project: tools number them from 1, as others do. */
export interface Names {
  item(id: number): string;
  version(id: number): string;
  sprint(id: number): string;
  board(id: string): string;
  /** By the name of the status, or of the label that stands for it. */
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
