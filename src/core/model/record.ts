import type { Instant } from '../time/instant.ts';
import type { Change } from './change.ts';
import type { Commit, Deployment, Incident, PullRequest } from './delivery.ts';
import type { ItemId, ProjectId } from './ids.ts';
import type { Board, Sprint, Version } from './plan.ts';
import type { Status, WorkItem } from './work-item.ts';
import type { Worklog } from './worklog.ts';

/** What a source hands over, one shape a kind: differences between tools end here. `scope` is the project asked for. */
export type SourceRecord =
  | { readonly kind: 'item'; readonly scope: ProjectId; readonly item: WorkItem }
  /**
   * Changes of one item, to be added to those already kept (same `id` and `part` replaces). `isComplete` says whether
   * the item's whole history is now kept: false leaves the item counted under "truncated histories".
   */
  | {
      readonly kind: 'history';
      readonly itemId: ItemId;
      readonly changes: readonly Change[];
      readonly isComplete: boolean;
    }
  | { readonly kind: 'sprint'; readonly scope: ProjectId; readonly sprint: Sprint }
  | { readonly kind: 'version'; readonly scope: ProjectId; readonly version: Version }
  | { readonly kind: 'status'; readonly status: Status }
  | { readonly kind: 'board'; readonly scope: ProjectId; readonly board: Board }
  /** The item is no longer in the scope: deleted, moved away or hidden from us. It is marked, not forgotten. */
  | { readonly kind: 'gone'; readonly scope: ProjectId; readonly itemId: ItemId }
  /**
   * A portion of the census of a scope: these items are there. `startedAt` names the census; its portions may come in
   * several pulls, when one is killed. `census-end` closes it: items of the scope that were stored before `startedAt`
   * and that no portion of this census named are now gone from the scope (the item itself may live on in another one).
   * An item whose record came after `startedAt` counts as seen.
   */
  | {
      readonly kind: 'census';
      readonly scope: ProjectId;
      readonly startedAt: Instant;
      readonly itemIds: readonly ItemId[];
    }
  | { readonly kind: 'census-end'; readonly scope: ProjectId; readonly startedAt: Instant }
  /** A commit of the repository of a service; what it does to the users, a deployment tells. */
  | { readonly kind: 'commit'; readonly service: string; readonly commit: Commit }
  | { readonly kind: 'pull-request'; readonly service: string; readonly pullRequest: PullRequest }
  | { readonly kind: 'deployment'; readonly deployment: Deployment }
  | { readonly kind: 'incident'; readonly incident: Incident }
  /**
   * Time spent on an item. Those of items that nobody follows are not kept. `isOld`: it was there before its source was
   * read for the first time, so what is known of it now stands for its whole past.
   */
  | { readonly kind: 'worklog'; readonly worklog: Worklog; readonly isOld: boolean }
  | { readonly kind: 'worklog-gone'; readonly worklogId: string }
  /** An element that could not be used: counted and named, never silently dropped. */
  | {
      readonly kind: 'set-aside';
      readonly scope: ProjectId | null;
      readonly entity:
        | 'item'
        | 'change'
        | 'sprint'
        | 'version'
        | 'status'
        | 'board'
        | 'commit'
        | 'pull-request'
        | 'deployment'
        | 'incident'
        | 'worklog';
      readonly ref: string;
      readonly reason: string;
    };
