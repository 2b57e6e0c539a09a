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
