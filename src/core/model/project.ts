import type { Instant } from '../time/instant.ts';
import type { Day } from '../time/day.ts';
import type { BudgetSettings } from './budget.ts';
import type { Change } from './change.ts';
import type { DeliveryHistory } from './delivery.ts';
import type { ForecastSettings } from './forecast-settings.ts';
import type { PersonId, ProjectId, SourceId } from './ids.ts';
import type { Board, Seen, Sprint, Version } from './plan.ts';
import type { Rebaseline } from './rebaseline.ts';
import type { TeamSettings } from './team-settings.ts';
import type { Status, WorkItem } from './work-item.ts';
import type { WorklogVersion } from './worklog.ts';

/** One item with its whole kept past. `changes` are in order of time, then of id and part. */
export interface ItemHistory {
  readonly item: WorkItem;
  readonly changes: readonly Change[];
  /** False when the source gave no history, or only a part. */
  readonly isComplete: boolean;
  /** When a census found it gone from the project's scope; null while it is there. */
  readonly goneAt: Instant | null;
  /** Stretches that are over in which it was not in the project, oldest first; left out when there were none. */
  readonly absences?: readonly Absence[];
}

/** Away from `from` (null: from the beginning) until the pull that found it. */
export interface Absence {
  readonly from: Instant | null;
  readonly until: Instant;
}

/** One finished or failed pull of a source, as far as it concerns this project. */
export interface Pull {
  readonly source: SourceId;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly outcome: 'done' | 'failed' | 'interrupted' | 'running';
  readonly error: string | null;
}

export interface SetAside {
  readonly entity: string;
  readonly ref: string;
  readonly reason: string;
  readonly at: Instant;
}

/** A milestone that stands in the config or was promised by hand, with every value it ever had, oldest first. */
export interface NamedMilestone {
  readonly id: string;
  readonly name: string;
  readonly dates: readonly { readonly at: Instant; readonly on: Day | null; readonly by: string | null }[];
  /** What has to be done for it: version names, item keys, labels; empty when it is only a date. */
  readonly scope: {
    readonly versions: readonly string[];
    readonly items: readonly string[];
    readonly labels: readonly string[];
  };
}

/** An item that meets all that is given is an incident; of a list, one is enough, whatever its case. */
export interface IncidentRule {
  readonly types: readonly string[];
  readonly labels: readonly string[];
  /** Key of the tool's own project, where the scope holds several. */
  readonly project: string | null;
}

/** How this project reads its statuses and its time; comes from the config. */
export interface ProjectSettings {
  readonly id: ProjectId;
  readonly name: string;
  readonly zone: string;
  /** Status names (or ids) that the config maps by hand; they win over the category. */
  readonly statuses: {
    readonly notStarted: readonly string[];
    readonly started: readonly string[];
    readonly done: readonly string[];
    readonly blocked: readonly string[];
  };
  /** Resolutions that do not count as delivered work. */
  readonly excludedResolutions: readonly string[];
  /** Types that are defects, compared without regard to case; Bug and Defect when left out. */
  readonly defectTypes?: readonly string[];
  /** Persons that are none: what they do to an item is no sign that somebody works on it. None when left out. */
  readonly bots?: readonly PersonId[];
  /** Somebody may agree on new promises for its milestones; false when left out. */
  readonly mayRebaseline?: boolean;
  /** Labels that say why an item came into a running sprint; none when left out. */
  readonly sprintReasons?: readonly string[];
  /** Whether the time that people log is read, and whether they have to log it; left out where no source reads it. */
  readonly worklogs?: 'optional' | 'mandatory';
  /** What it may cost; left out where nobody says. */
  readonly budget?: BudgetSettings;
  /** What items weigh in the plan of earned value: 1 each, or their points; items when left out. */
  readonly planBy?: 'items' | 'points';
  /** How dates of milestones are forecast; `defaultForecast` when left out. */
  readonly forecast?: ForecastSettings;
  /** Its teams; left out where all of it is the work of one. */
  readonly teams?: TeamSettings;
  /** Which source tells of which services; null or left out where none does. */
  readonly delivery?: {
    readonly source: SourceId;
    /** What it calls them, the main one first; never empty. */
    readonly services: readonly string[];
    /** Which items of the project are incidents of its services; left out where its items tell of none. */
    readonly incidents?: IncidentRule;
    /** Days, both included, on which nothing is to be deployed; none when left out. */
    readonly freezes?: readonly { readonly from: Day; readonly to: Day }[];
  } | null;
}

/** Everything kept about one project: the one argument that figures are made from. */
export interface ProjectHistory {
  readonly settings: ProjectSettings;
  readonly items: readonly ItemHistory[];
  /**
   * Items of other projects that items here wait for, and what those wait for in turn, as far as they are kept: without
   * them a blocker's state is unknown.
   */
  readonly linked?: readonly ItemHistory[];
  readonly statuses: readonly Status[];
  /** For each sprint and version all that was seen of it, oldest first; never empty. */
  readonly sprints: readonly (readonly Seen<Sprint>[])[];
  readonly versions: readonly (readonly Seen<Version>[])[];
  readonly boards: readonly (readonly Seen<Board>[])[];
  readonly milestones: readonly NamedMilestone[];
  /** New promises that people agreed on, oldest first; left out where there are none. */
  readonly rebaselines?: readonly Rebaseline[];
  readonly pulls: readonly Pull[];
  /** Pulls of the source of its deployments, where none of its items come from there. */
  readonly deliveryPulls?: readonly Pull[];
  readonly setAside: readonly SetAside[];
  /** Every state of the time spent on its items, those of one worklog together, oldest first; left out where nobody reads them. */
  readonly worklogs?: readonly WorklogVersion[];
  /** Commits, deployments and incidents of each service that the project delivers; left out where it names none. */
  readonly services?: readonly DeliveryHistory[];
}

/** A project without its items, which may be too many to be held at once, but for what reading any of them needs. */
export interface ProjectOutline extends Omit<ProjectHistory, 'items' | 'linked'> {
  /** Types of the items, once each, in the order of items; of one name, the last tells whether it is an epic. */
  readonly itemTypes: readonly WorkItem['type'][];
  /** Statuses that items are in, once each, in the order of items. */
  readonly itemStatuses: readonly Status[];
}
