import type { Generated } from 'kysely';
import type { Json } from './column-types.ts';

/** The alerts of a project between two evaluations. */
export interface AlertStateTable {
  project: string;
  /** Moves with each change: who saw another one may not write. */
  version: number;
  /** The newest due time that was evaluated. */
  last_due: number;
  /** Not to be evaluated before. */
  next_at: number;
  state: Json;
}

/** What an evaluation of alerts left to the next digest. */
export interface DigestNoteTable {
  project: string;
  at: number;
  kind: 'alert' | 'threshold-raised';
  alert_key: string;
  note: Json;
}

/** An episode of an alert that has a message. */
export interface AlertTable {
  project: string;
  alert_key: string;
  episode: string;
  channel: string;
  /** Its living message. */
  delivery_id: number;
  /** What the message says now. */
  card: Json;
  /** As the card has it. */
  state: string;
}

/** Append-only: who decided what, and when. */
export interface DecisionTable {
  id: Generated<number>;
  at: number;
  actor: string;
  kind: string;
  project: string;
  alert_key: string;
  episode: string;
  detail: Json;
}
