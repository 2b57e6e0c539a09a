import type { Generated } from 'kysely';
import type { Bit, Json } from './column-types.ts';

/** The newest answers about a project, and what they were made from. */
export interface SheetTable {
  project: string;
  day: string;
  made_from: string;
  settings: string;
  made_at: number;
  data_at: number | null;
  sheet: Json;
  /** Whether what digests tell was made of the same moment, or left out for its size. */
  has_entries: Generated<Bit>;
}

export interface DigestEntryTable {
  project: string;
  since: number;
  /** When the sheet was made that it belongs to. */
  made_at: number;
  entry: Json;
}

export interface SubscriptionTable {
  id: Generated<number>;
  report: string;
  subject: string;
  channel: string;
  every: string;
  created_by: string;
  created_at: number;
}

/** A person in Slack, by Slack's id. */
export interface PersonTable {
  id: string;
  locale: string | null;
  zone: string | null;
}

/** A conversation of the bot with one person. */
export interface DirectTable {
  channel: string;
  person: string;
}

export interface MinutesTable {
  id: Generated<number>;
  project: string;
  channel: string;
  at: number;
  author: string;
  notes: string;
  participants: Json;
  delivery_id: number;
  /** When those who do not read the channel were told; null until then. */
  shared_at: number | null;
}

export interface ActionTable {
  id: Generated<number>;
  minutes_id: number;
  project: string;
  what: string;
  owner: string;
  due_on: string;
  closed_at: number | null;
  closed_by: string | null;
  chased_on: string | null;
}
