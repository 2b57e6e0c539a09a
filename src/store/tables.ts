import type { Kysely } from 'kysely';
import type {
  ItemTable,
  MembershipTable,
  AbsenceTable,
  ChangeTable,
  HistoryTable,
  StatusTable,
  WorklogTable,
} from './item-tables.ts';
import type { SnapshotTable, MilestoneTable, MilestoneDateTable, RebaselineTable } from './plan-tables.ts';
import type {
  SetAsideTable,
  CursorTable,
  PullTable,
  PullProjectTable,
  PipelineEventTable,
  InboxTable,
} from './pull-tables.ts';
import type {
  ScheduleStateTable,
  DeliveryTable,
  DeliveryEventTable,
  RunTable,
  ForecastTable,
  AnsweredForecastTable,
  PictureTable,
} from './message-tables.ts';
import type { AlertStateTable, DigestNoteTable, AlertTable, DecisionTable } from './alert-tables.ts';
import type {
  DigestEntryTable,
  SheetTable,
  SubscriptionTable,
  PersonTable,
  DirectTable,
  MinutesTable,
  ActionTable,
} from './people-tables.ts';
import type { CodeCommitTable, DeploymentTable, IncidentTable, PullRequestTable } from './service-tables.ts';
import type {
  AlertTurnTable,
  ChannelTable,
  ChannelTeamTable,
  InstallationTable,
  NeighbourTable,
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
  worklog: WorklogTable;
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
  digest_entry: DigestEntryTable;
  subscription: SubscriptionTable;
  person: PersonTable;
  direct: DirectTable;
  minutes: MinutesTable;
  action: ActionTable;
  rebaseline: RebaselineTable;
  pipeline_event: PipelineEventTable;
  channel: ChannelTable;
  trouble: TroubleTable;
  picture: PictureTable;
  plan: PlanTable;
  neighbour: NeighbourTable;
  alert_turn: AlertTurnTable;
  installation: InstallationTable;
  channel_team: ChannelTeamTable;
}

export type Db = Kysely<Tables>;
