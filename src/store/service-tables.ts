import type { Bit, Json } from './column-types.ts';

export interface CodeCommitTable {
  source: string;
  service: string;
  sha: string;
  parents: Json;
  authored_at: number;
  committed_at: number;
  subject: string;
  keys: Json;
}

export interface PullRequestTable {
  source: string;
  service: string;
  id: string;
  title: string;
  branch: string;
  opened_at: number;
  first_commit_at: number | null;
  first_review_at: number | null;
  merged_at: number | null;
  closed_at: number | null;
  merge_sha: string | null;
  shas: Json;
  is_bot: Bit;
  is_hotfix: Bit;
  keys: Json;
}

export interface DeploymentTable {
  source: string;
  service: string;
  id: string;
  finished_at: number;
  is_successful: Bit;
  is_planned: Bit;
  remediates: string | null;
  sha: string | null;
  version: string | null;
}

export interface IncidentTable {
  source: string;
  service: string;
  id: string;
  opened_at: number;
  resolved_at: number | null;
  cause: string | null;
}
