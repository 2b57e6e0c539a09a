import type { Instant } from '../time/instant.ts';
import type { ItemKey } from './ids.ts';

/** One commit of a repository. A merge carries nothing of its own: its parents do. */
export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly authoredAt: Instant;
  readonly committedAt: Instant;
  readonly subject: string;
  /** Work items that it names, as they are written. */
  readonly keys: readonly ItemKey[];
}

/** A change that was proposed, looked at and merged as a whole: a pull request, or a merge request. */
export interface PullRequest {
  /** Unique within its service, as people write it: `shop#12`, `group/shop!12`. */
  readonly id: string;
  readonly title: string;
  readonly branch: string;
  readonly openedAt: Instant;
  /** When the first of its commits was written; null when the tool does not say. */
  readonly firstCommitAt: Instant | null;
  /** First review by somebody else; null for one that nobody reviewed. */
  readonly firstReviewAt: Instant | null;
  readonly mergedAt: Instant | null;
  /** When it was closed, merged or not; null while it is open. */
  readonly closedAt: Instant | null;
  /** The commit that it became on the branch it went to: merge, squash, or the last of a rebase. */
  readonly mergeSha: string | null;
  /** Its own commits; a squash leaves none of them on the branch. */
  readonly shas: readonly string[];
  /** Opened by automation, such as an update of dependencies. */
  readonly isBot: boolean;
  /** A branch or a label says that it mends something urgent. */
  readonly isHotfix: boolean;
  /** Work items that its branch, title or commits name. */
  readonly keys: readonly ItemKey[];
}

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
  /** The commit that was deployed; null where it is not known. */
  readonly sha: string | null;
  readonly version: string | null;
}

export interface Incident {
  readonly id: string;
  readonly service: string;
  readonly openedAt: Instant;
  readonly resolvedAt: Instant | null;
  /** Id of the deployment that is known to have caused it. */
  readonly cause: string | null;
}

/** What is kept of the delivery of one service. */
export interface DeliveryHistory {
  readonly service: string;
  readonly commits: readonly Commit[];
  /** Left out where no source tells of any: each commit is then a change. */
  readonly pullRequests?: readonly PullRequest[];
  readonly deployments: readonly Deployment[];
  readonly incidents: readonly Incident[];
  /** False where no source tells of incidents: no failure is then unknown, not none. */
  readonly hasIncidents: boolean;
}
