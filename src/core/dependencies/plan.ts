import type { ItemKey, ProjectId } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { NodeId } from './network.ts';

/** Odds of how many working days something still takes. */
export interface Remaining {
  /** Working days within which it is done with this chance (0 to 1); Infinity where nothing of the kind is known. */
  quantile(chance: number): number;
}

/** What a planned day rests on: the item's own due date, the end of its sprint, or the date of a milestone it is in. */
export type PlanBasis = 'due' | 'sprint' | 'milestone';

/** An item as far as the order of work is concerned. `opaque`: named in a link, and nothing is known of it (7.1). */
export interface PlanItem {
  readonly kind: 'item' | 'opaque';
  readonly id: ItemKey;
  /** Where it is planned; null for one that is only known by a link. */
  readonly project: ProjectId | null;
  readonly summary: string;
  readonly isDone: boolean;
  readonly isStarted: boolean;
  readonly isOwned: boolean;
  /** Flagged, or in a blocked status. */
  readonly isHeld: boolean;
  /** Start of the sprint that it waits in; null without one, and once it is started. */
  readonly startOn: Day | null;
  readonly finishOn: Day | null;
  readonly finishBy: PlanBasis | null;
  /** Id of the milestone that gives `finishOn`; null where another basis does. */
  readonly finishMilestone: NodeId | null;
  /** The same day as it was known at the start of the period. */
  readonly finishBeforeOn: Day | null;
  /** Null for items of which too little is known; nothing for one that closes with its open parts. */
  readonly remaining: Remaining | null;
}

/** A date that a project holds itself to. */
export interface PlanMilestone {
  readonly id: NodeId;
  readonly project: ProjectId;
  readonly projectName: string;
  readonly name: string;
  /** The promise that holds: the first one, or the last that people agreed on since. */
  readonly committedOn: Day | null;
  readonly currentOn: Day | null;
  /** `currentOn` at the start of the period. */
  readonly beforeOn: Day | null;
  /** Open items in it. */
  readonly openKeys: readonly ItemKey[];
  /** The working days its own team needs for it; null without a forecast that may colour. */
  readonly remaining: Remaining | null;
  readonly chance: { readonly baseline: number | null; readonly current: number | null };
  /** Is it the milestone that the health of its project speaks about? Then the programme needs it (7.4). */
  readonly isDeciding: boolean;
}

/** `blocked` cannot be finished before `blocker`. */
export interface Link {
  readonly blocker: NodeId;
  readonly blocked: NodeId;
  /** Since when it is known; null without a history of links. */
  readonly since: Instant | null;
  /** `blocker` is a part of `blocked`, which closes with the last of its parts (metrics.md 7.1); left out for a link. */
  readonly isPart?: true;
}

/** What of one project matters to the others: items with links, milestones. Small, so that its history can be let go. */
export interface ProjectPlan {
  readonly project: ProjectId;
  readonly projectName: string;
  readonly items: readonly PlanItem[];
  readonly links: readonly Link[];
  readonly milestones: readonly PlanMilestone[];
}
