import type { Generated, Kysely } from 'kysely';
import type { Bit, Json } from './column-types.ts';
import type { CodeCommitTable, DeploymentTable, IncidentTable, PullRequestTable } from './service-tables.ts';
import type {
  AlertTurnTable,
  ChannelTable,
  ChannelTeamTable,
  InstallationTable,
  PlanTable,
  TroubleTable,
} from './watch-tables.ts';

/**
 * The tables, the same on SQLite and PostgreSQL. Instants are integers (milliseconds), booleans are 0 or 1, days are
 * text, and lists are JSON in text: so every query is written once. Each reader decodes its own table.
 */
export interface Tables {
  item: ItemTable;
  membership: MembershipTable;
  absence: AbsenceTable;
  code_commit: CodeCommitTable;
  pull_request: PullRequestTable;
  deployment: DeploymentTable;
  incident: IncidentTable;
  change: ChangeTable;
  history: HistoryTable;
  status: StatusTable;
  snapshot: SnapshotTable;
  set_aside: SetAsideTable;
  cursor: CursorTable;
  pull: PullTable;
  pull_project: PullProjectTable;
  milestone: MilestoneTable;
  milestone_date: MilestoneDateTable;
  schedule_state: ScheduleStateTable;
  delivery: DeliveryTable;
  delivery_event: DeliveryEventTable;
  run: RunTable;
  forecast: ForecastTable;
  answered_forecast: AnsweredForecastTable;
  alert_state: AlertStateTable;
  alert: AlertTable;
  digest_note: DigestNoteTable;
  decision: DecisionTable;
  inbox: InboxTable;
  sheet: SheetTable;
  subscription: SubscriptionTable;
  person: PersonTable;
  minutes: MinutesTable;
  action: ActionTable;
  rebaseline: RebaselineTable;
  pipeline_event: PipelineEventTable;
  channel: ChannelTable;
  trouble: TroubleTable;
  picture: PictureTable;
  plan: PlanTable;
  alert_turn: AlertTurnTable;
  installation: InstallationTable;
  channel_team: ChannelTeamTable;
}

export type Db = Kysely<Tables>;

export interface ItemTable {
  source: string;
  id: string;
  key: string;
  project_key: string;
  summary: string;
  type_name: string;
  is_subtask: Bit;
  is_epic: Bit;
  created_at: number;
  updated_at: number;
  status_id: string | null;
  status_name: string | null;
  status_category: string | null;
  resolution: string | null;
  resolved_at: number | null;
  assignee: string | null;
  sprint_ids: Json;
  fix_version_ids: Json;
  affects_version_ids: Json;
  start_on: string | null;
  due_on: string | null;
  points: number | null;
  estimate_seconds: number | null;
  parent_key: string | null;
  is_flagged: Bit;
  links: Json;
  labels: Json;
  components: Json;
  priority: string | null;
  has_description: Bit | null;
}

/** Which items belong to which project of the config. `census_at`: start of the last census that named it. */
interface MembershipTable {
  project: string;
  source: string;
  item_id: string;
  seen_at: number;
  gone_at: number | null;
  census_at: number | null;
}

/** The item was not in the project from `from_at` (0: from the beginning) to the pull that found it there. */
interface AbsenceTable {
  project: string;
  source: string;
  item_id: string;
  from_at: number;
  until_at: number;
}

export interface ChangeTable {
  source: string;
  item_id: string;
  id: string;
  part: number;
  at: number;
  author: string | null;
  field: string;
  from_value: string | null;
  to_value: string | null;
  from_text: string | null;
  to_text: string | null;
}

interface HistoryTable {
  source: string;
  item_id: string;
  is_complete: Bit;
}

interface StatusTable {
  source: string;
  id: string;
  name: string;
  category: string;
}

export type SnapshotKind = 'sprint' | 'version' | 'board';

/** A row only when the value differs from the last one seen. */
export interface SnapshotTable {
  project: string;
  source: string;
  kind: SnapshotKind;
  id: string;
  seen_at: number;
  value: Json;
}

export interface SetAsideTable {
  source: string;
  /** Empty when it belongs to no project in particular: a key cannot hold null. */
  project: string;
  entity: string;
  ref: string;
  reason: string;
  first_at: number;
  last_at: number;
  /** When the same ref came in well; null while it stands. */
  cleared_at: number | null;
}

interface CursorTable {
  source: string;
  value: Json;
  saved_at: number;
}

interface PullTable {
  id: Generated<number>;
  source: string;
  started_at: number;
  ended_at: number | null;
  outcome: string;
  error: string | null;
}

interface PullProjectTable {
  pull_id: number;
  project: string;
}

interface MilestoneTable {
  project: string;
  id: string;
  name: string;
  scope: Json;
  /** When it was no longer in the config; null while it is. */
  removed_at: number | null;
}

interface MilestoneDateTable {
  project: string;
  milestone_id: string;
  at: number;
  on_day: string | null;
  author: string | null;
}

interface ScheduleStateTable {
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
interface DeliveryEventTable {
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
interface AnsweredForecastTable {
  project: string;
  as_of: number;
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

/** The alerts of a project between two evaluations. */
interface AlertStateTable {
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
interface DigestNoteTable {
  project: string;
  at: number;
  kind: 'alert' | 'threshold-raised';
  alert_key: string;
  note: Json;
}

/** An episode of an alert that has a message. */
interface AlertTable {
  project: string;
  alert_key: string;
  episode: string;
  channel: string;
  /** Its living message. */
  delivery_id: number;
  /** What the message says now. */
  card: Json;
}

/** Append-only: who decided what, and when. */
interface DecisionTable {
  id: Generated<number>;
  at: number;
  actor: string;
  kind: string;
  project: string;
  alert_key: string;
  episode: string;
  detail: Json;
}

/** A request from outside that was taken: it is not taken again. */
interface InboxTable {
  source: string;
  event_id: string;
  received_at: number;
}

/** The newest answers about a project, and what they were made from. */
export interface SheetTable {
  project: string;
  day: string;
  made_from: string;
  settings: string;
  made_at: number;
  data_at: number | null;
  sheet: Json;
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
interface PersonTable {
  id: string;
  locale: string | null;
  zone: string | null;
}

interface MinutesTable {
  id: Generated<number>;
  project: string;
  channel: string;
  at: number;
  author: string;
  notes: string;
  participants: Json;
  delivery_id: number;
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

interface RebaselineTable {
  id: Generated<number>;
  project: string;
  milestone: string;
  at: number;
  on_day: string;
  actor: string;
  by_name: string;
  reason: string;
}

interface PipelineEventTable {
  id: Generated<number>;
  source: string;
  /** The deployment or incident that it is about. */
  ref: string;
  received_at: number;
  body: Json;
}

interface PictureTable {
  channel: string;
  /** SHA-256 of its SVG. */
  sha: string;
  /** Slack's id of the file. */
  file: string;
  uploaded_at: number;
}
