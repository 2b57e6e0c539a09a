import type { Code } from './code-story.ts';
import type { Raw } from './raw.ts';

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
  code: Code | null;
}

export interface World {
  readonly projects: Project[];
  items: Item[];
  /** Every revision and every change of a link, in the order in which they were made: the reporting streams. */
  readonly revisionLog: { readonly item: Item; readonly revision: Revision }[];
  readonly linkLog: Raw[];
}

export const fieldsOf = (item: Item): Raw => item.revisions.at(-1)!.fields;

export const timeOf = (item: Item): number => Date.parse(String(fieldsOf(item)['System.ChangedDate']));
