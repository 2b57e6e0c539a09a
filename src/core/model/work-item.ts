import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { ItemId, ItemKey, PersonId, SprintId, StatusId, VersionId } from './ids.ts';

/** `new` not started, `indeterminate` in progress, `done`; `unknown` when the tool gives none that we know. */
export type StatusCategory = 'new' | 'indeterminate' | 'done' | 'unknown';

export interface Status {
  readonly id: StatusId;
  readonly name: string;
  readonly category: StatusCategory;
}

/** How one item stands to another; `blocked-by` and `blocks` are the two ends of one link. */
export type LinkKind = 'blocked-by' | 'blocks' | 'duplicates' | 'relates';

export interface ItemLink {
  readonly kind: LinkKind;
  readonly key: ItemKey;
}

/** A work item as its source gives it now. Its past is in its changes; core reads both through `viewAsOf` only. */
export interface WorkItem {
  readonly id: ItemId;
  readonly key: ItemKey;
  readonly projectKey: string;
  readonly summary: string;
  readonly type: { readonly name: string; readonly isSubtask: boolean; readonly isEpic: boolean };
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly status: Status | null;
  /** Name of the resolution, null while open. */
  readonly resolution: string | null;
  readonly resolvedAt: Instant | null;
  readonly assignee: PersonId | null;
  readonly sprintIds: readonly SprintId[];
  readonly fixVersionIds: readonly VersionId[];
  readonly affectsVersionIds: readonly VersionId[];
  readonly startOn: Day | null;
  readonly dueOn: Day | null;
  readonly points: number | null;
  /** Remaining or original estimate of work, in seconds. */
  readonly estimateSeconds: number | null;
  readonly parentKey: ItemKey | null;
  readonly isFlagged: boolean;
  readonly links: readonly ItemLink[];
  readonly labels: readonly string[];
  readonly components: readonly string[];
  readonly priority: string | null;
  /** Left out where the source does not say; the text itself is not kept. */
  readonly hasDescription?: boolean;
}
