import type { Instant } from '../../time/instant.ts';

/** One release of one service to its users, or a try at it. */
export interface Deployment {
  readonly id: string;
  readonly service: string;
  readonly finishedAt: Instant;
  /** A run that failed never reached the users: it is an attempt, and stays out of all rates. */
  readonly isSuccessful: boolean;
  /** False for a hotfix or a rollback: somebody had to act. */
  readonly isPlanned: boolean;
  /** Id of the incident that it mends. */
  readonly remediates: string | null;
}

export interface Incident {
  readonly id: string;
  readonly service: string;
  readonly openedAt: Instant;
  readonly resolvedAt: Instant | null;
  /** Id of the deployment that is known to have caused it. */
  readonly cause: string | null;
}
