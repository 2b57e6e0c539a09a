import type { Bit, Json } from './column-types.ts';

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
export interface MembershipTable {
  project: string;
  source: string;
  item_id: string;
  seen_at: number;
  gone_at: number | null;
  census_at: number | null;
}

/** The item was not in the project from `from_at` (0: from the beginning) to the pull that found it there. */
export interface AbsenceTable {
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

/** A state of a worklog, in force from `known_at` to that of the next. */
export interface WorklogTable {
  source: string;
  id: string;
  known_at: number;
  item_id: string;
  author: string | null;
  created_at: number;
  updated_at: number;
  started_at: number;
  seconds: number;
  is_deleted: Bit;
}

export interface HistoryTable {
  source: string;
  item_id: string;
  is_complete: Bit;
}

export interface StatusTable {
  source: string;
  id: string;
  name: string;
  category: string;
}
