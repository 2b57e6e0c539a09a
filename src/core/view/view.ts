import type { DeliveryHistory } from '../model/delivery.ts';
import type { ItemId, ItemKey, PersonId, SprintId, VersionId } from '../model/ids.ts';
import type { Board, Sprint, Version } from '../model/plan.ts';
import type { Absence, ProjectOutline, ProjectSettings } from '../model/project.ts';
import type { ItemLink } from '../model/work-item.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { Timeline } from './timeline.ts';

/** How far an item is (metrics.md 2.1). `unmapped`: its status has no known meaning, so it is neither started nor done. */
export type Phase = 'not-started' | 'started' | 'done' | 'unmapped';

/** A status as it was read at a moment: its id, its name then, and what it means. */
export interface StatusValue {
  readonly id: string | null;
  readonly name: string | null;
  readonly phase: Phase;
  readonly isBlocked: boolean;
}

/** A stretch of being done: from its entry into done to its reopening; `until` is null while it lasts at as-of. */
export interface DoneSpan {
  readonly from: Instant;
  readonly until: Instant | null;
}

/** Why an item cannot go on: flagged, in a blocked status, or waiting for an item that is not done (metrics.md 2.2). */
export interface Block {
  readonly kind: 'flagged' | 'status' | 'link';
  /** The item that it waits for; null for a flag or a status. */
  readonly by: ItemKey | null;
  readonly since: Instant;
}

/** One item as it was at as-of, with the past of the fields that figures need, cut at as-of. */
export interface ItemView {
  readonly id: ItemId;
  readonly key: ItemKey;
  readonly summary: string;
  readonly type: { readonly name: string; readonly isSubtask: boolean; readonly isEpic: boolean };
  readonly createdAt: Instant;
  /** When it left the project, if it did by as-of. */
  readonly goneAt: Instant | null;
  /** Stretches before as-of in which it was not in the project: only for asking about an earlier day. */
  readonly absences: readonly Absence[];
  readonly status: StatusValue;
  readonly statusSince: Instant;
  readonly isDone: boolean;
  /** First entry into a started status; null when it never was in one, or its history is not known. */
  readonly startedAt: Instant | null;
  /** Last entry into done such that it is still done; null while open. */
  readonly doneAt: Instant | null;
  readonly doneSpans: readonly DoneSpan[];
  /** False for an item that is done without any trace of when: it counts as done and in no week. */
  readonly isDoneTimeKnown: boolean;
  readonly resolution: string | null;
  /** Done with a resolution that counts as delivered work (not in `excludedResolutions`). */
  readonly isDelivered: boolean;
  readonly assignee: PersonId | null;
  readonly sprintIds: readonly SprintId[];
  readonly fixVersionIds: readonly VersionId[];
  /** Versions in which it was found. */
  readonly affectsVersionIds: readonly VersionId[];
  readonly dueOn: Day | null;
  readonly points: number | null;
  readonly parentKey: ItemKey | null;
  readonly isFlagged: boolean;
  readonly links: readonly ItemLink[];
  readonly labels: readonly string[];
  readonly components: readonly string[];
  readonly priority: string | null;
  /** Null where nobody knows. */
  readonly hasDescription: boolean | null;
  /** Newest change by a person, of anything but links, labels and components; without any, creation: its own sign of life. */
  readonly activeAt: Instant;
  /** Open blocks, oldest first; empty for items that are done. */
  readonly blocks: readonly Block[];
  /** Items that it waits for and of which nothing is known. */
  readonly unknownBlockers: readonly ItemKey[];
  /** False when its history is missing or cut. */
  readonly isComplete: boolean;
  readonly past: ItemPast;
}

/** The past of one item's fields, each from creation to as-of. */
export interface ItemPast {
  readonly status: Timeline<StatusValue>;
  readonly resolution: Timeline<string | null>;
  readonly sprints: Timeline<readonly SprintId[]>;
  readonly fixVersions: Timeline<readonly VersionId[]>;
  readonly dueOn: Timeline<Day | null>;
  /** Who changed the due date, by the instant of the change. */
  readonly dueOnBy: ReadonlyMap<Instant, PersonId | null>;
  readonly points: Timeline<number | null>;
  readonly parent: Timeline<ItemKey | null>;
  readonly assignee: Timeline<PersonId | null>;
  readonly priority: Timeline<string | null>;
  readonly flagged: Timeline<boolean>;
  readonly labels: Timeline<readonly string[]>;
  /** Empty unless a team of the project goes by component: nothing else asks for their past. */
  readonly components: Timeline<readonly string[]>;
  /** Each link as `<kind>:<key>`. */
  readonly links: Timeline<readonly string[]>;
  /**
   * Instants at which somebody did something to it, oldest first; bots do nothing, a link may be another item's, and to sort
   * it by label or component is no work on it.
   */
  readonly activity: readonly Instant[];
}

export interface SprintView {
  readonly sprint: Sprint;
  /** As of then, from the sprint's own event times. */
  readonly state: Sprint['state'];
  readonly startedAt: Instant | null;
  readonly completedAt: Instant | null;
  /** Planned end. */
  readonly endAt: Instant | null;
  /** `datesFromLaterSnapshot`: the plan was first seen after as-of. */
  readonly flags: readonly string[];
}

/** A date in force since `at`, and who set it. */
export interface DatedValue {
  readonly at: Instant;
  readonly on: Day | null;
  readonly by: PersonId | null;
}

export interface VersionView {
  readonly version: Version;
  /** Release dates as seen while it was not released, oldest first, same values merged; empty when none is known. */
  readonly dates: readonly DatedValue[];
  /** Known and in force at as-of. */
  readonly releaseOn: Day | null;
  /** Day of the release, when it was released by as-of; where nobody wrote it down, the day on which it was seen. */
  readonly releasedOn: Day | null;
  /** False when it was released before anybody looked, on a day that nobody wrote down: `releasedOn` is none then. */
  readonly isReleaseDayKnown: boolean;
  readonly isArchived: boolean;
  readonly firstSeenAt: Instant;
  /** True when its dates were first seen together with the project itself: earlier moves are not known. */
  readonly isSeenFromStart: boolean;
  /** False before its first snapshot: dates are not known. */
  readonly isSeen: boolean;
}

/** Time that somebody spent on an item of the project, as it was known at as-of. */
export interface WorklogView {
  readonly item: ItemView;
  readonly by: PersonId | null;
  /** When it was entered. */
  readonly createdAt: Instant;
  /** When the work was done. */
  readonly startedAt: Instant;
  readonly seconds: number;
}

/** A project as it was known at `asOf`: the one argument of every figure and finding. */
export interface ProjectView {
  /** What is kept of the project but for its items: their raw past is let go once it is read. */
  readonly history: ProjectOutline;
  readonly settings: ProjectSettings;
  readonly asOf: Instant;
  readonly today: Day;
  readonly calendar: Calendar;
  /** Items that exist in the project at as-of, sub-tasks included, in order of key. */
  readonly items: readonly ItemView[];
  /** By the key of then, and by any other key that the item ever had. */
  readonly itemsByKey: ReadonlyMap<ItemKey, ItemView>;
  /** Items of other projects that items here wait for or hold up, and what those wait for in turn, as far as kept. */
  readonly linkedByKey: ReadonlyMap<ItemKey, ItemView>;
  /** `items` without sub-tasks, which would count their parents twice (metrics.md 0.5). */
  readonly counted: readonly ItemView[];
  /** Counted items that left the project by as-of: only for asking what was known on a day before that. */
  readonly gone: readonly ItemView[];
  /** All that left, sub-tasks included, by any key that they ever had. */
  readonly goneByKey: ReadonlyMap<ItemKey, ItemView>;
  readonly sprints: readonly SprintView[];
  readonly versions: readonly VersionView[];
  readonly boards: readonly Board[];
  /** Cut at as-of, the main one first; empty where the project names no service. */
  readonly services: readonly DeliveryHistory[];
  /** Time logged by then, in order of the work; null where nobody reads it: that is not none. */
  readonly worklogs: readonly WorklogView[] | null;
  /** End of the newest good pull by as-of; null while there was none. */
  readonly dataAt: Instant | null;
  /** Facts of items from after `dataAt` up to as-of, which a later pull brought; 0 while `dataAt` is null. */
  readonly lateFacts: number;
  /** Statuses met in the histories up to as-of that have no known meaning, by name. */
  readonly unmappedStatuses: readonly string[];
}
