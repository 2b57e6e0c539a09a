import type { Generated } from 'kysely';
import type { Json } from './column-types.ts';

export interface ScheduleStateTable {
  schedule_id: string;
  last_slot: number;
  last_period_end: number;
}

export interface DeliveryTable {
  id: Generated<number>;
  dedup_key: string;
  kind: string;
  channel: string;
  /** The message whose thread it is in; null for a message of its own. */
  root_id: number | null;
  part_no: number;
  report: string | null;
  project: string | null;
  schedule_id: string | null;
  slot: number | null;
  as_of: number | null;
  /** What is posted, as JSON; null until it is rendered, never changed afterwards. */
  payload: Json | null;
  payload_sha: string | null;
  /** Its place in the channel's lane; never moves. */
  due_at: number;
  /** Not to be tried before. */
  not_before: number;
  expires_at: number | null;
  state: string;
  attempt: number;
  failures: number;
  fence: number;
  lease_until: number | null;
  first_try_at: number | null;
  last_try_at: number | null;
  sent_at: number | null;
  slack_ts: string | null;
  error: string | null;
}

/** Append-only: what happened to a delivery, and when. */
export interface DeliveryEventTable {
  id: Generated<number>;
  delivery_id: number;
  at: number;
  from_state: string | null;
  to_state: string;
  attempt: number;
  detail: string | null;
}

export interface RunTable {
  id: Generated<number>;
  report: string;
  project: string;
  channel: string | null;
  slot: number | null;
  as_of: number;
  made_at: number;
  outcome: string;
  /** What the next report has to know of this one (its colours), as JSON. */
  facts: Json | null;
  error: string | null;
}

/** A date that a message told, with what else it could have been. */
export interface ForecastTable {
  project: string;
  as_of: number;
  milestone: string;
  delivery_id: number;
  need: number;
  /** Days along the grid of chances, as JSON; null beyond the horizon. */
  days: Json;
  shadow: Json;
  levels: Json;
}

/** What somebody was told who asked for a forecast. */
export interface AnsweredForecastTable {
  project: string;
  as_of: number;
  /** When somebody was told: up to some hours after as-of, from kept answers. */
  told_at: number;
  /** `milestone` (`asked` is its id), `items` (their number) or `day` (the day). */
  question: 'milestone' | 'items' | 'day';
  asked: string;
  /** Items that were to be finished; 0 for a day. */
  need: number;
  /** Along the grid of chances, as JSON: days, null beyond the horizon; for a day, numbers of items. */
  grid: Json;
  /** The same for the rival; empty for a day. */
  shadow: Json;
  levels: Json;
}

export interface PictureTable {
  channel: string;
  /** SHA-256 of its SVG. */
  sha: string;
  /** Slack's id of the file. */
  file: string;
  uploaded_at: number;
}
