/** What an organization holds, with the names of the REST API. */
export interface Raw {
  [field: string]: unknown;
}

export interface Revision {
  readonly rev: number;
  readonly fields: Raw;
}

export interface Item {
  readonly id: number;
  readonly revisions: Revision[];
  readonly relations: { readonly rel: string; readonly url: string }[];
  isDeleted: boolean;
}

export interface Project {
  readonly id: string;
  name: string;
  readonly types: Raw[];
  readonly categories: Raw[];
  backlogs: Raw | null;
  readonly iterations: Raw;
  readonly areas: string[];
}

export interface World {
  readonly projects: Project[];
  items: Item[];
  /** Every revision and every change of a link, in the order in which they were made: the reporting streams. */
  readonly revisionLog: { readonly item: Item; readonly revision: Revision }[];
  readonly linkLog: Raw[];
}

export const iso = (at: number): string => new Date(at).toISOString();

export const person = (name: string): Raw => ({
  displayName: name,
  id: `00000000-0000-4000-8000-${name.length.toString().padStart(12, '0')}`,
  uniqueName: `${name.toLowerCase()}@acme.test`,
  descriptor: `aad.${name}`,
});

export const fieldsOf = (item: Item): Raw => item.revisions.at(-1)!.fields;

export const timeOf = (item: Item): number => Date.parse(String(fieldsOf(item)['System.ChangedDate']));
