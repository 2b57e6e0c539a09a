import type { ItemKey } from '../model/ids.ts';
import type { RagThresholds } from '../metrics/milestones/rag.ts';
import type { Colour, ForecastDates, ForecastWork, MilestoneFigures } from '../metrics/milestone-figures.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { PlannedBuffer } from '../metrics/milestones/planned-buffer.ts';
import type { DistanceProof } from './distance-proof.ts';
import type { ExplanationHead } from './explanation-head.ts';

/** How each number about a milestone came about, down to the keys of its items. Plain data: words stand in the template. */
export interface MilestoneExplanation extends ExplanationHead {
  readonly kind: 'milestone-explanation';
  /** The figures as every report has them: what follows is where they come from. */
  readonly milestone: Omit<MilestoneFigures, 'openKeys'>;
  readonly promise: PromiseProof;
  readonly slip: {
    /** From the first promise to what is reached: the finish, or the later of the date and today. */
    readonly committed: DistanceProof | null;
    /** From the date in force to the same. */
    readonly last: DistanceProof | null;
    /** From the first promise to the date in force: what moving the date hides. */
    readonly gloss: DistanceProof | null;
  };
  readonly scope: ScopeProof;
  /** Null without one, and where several teams have each their own. */
  readonly forecast: ForecastProof | null;
  /** Where several teams have work in it: what each would say, and what follows for all; left out elsewhere. */
  readonly teams?: TeamsProof;
  readonly buffer: PlannedBuffer | null;
  /** What would turn the clock of the date in force green; null where it is green, or says nothing. */
  readonly green: GreenProof | null;
  readonly health: HealthProof | null;
}

export interface PromiseProof {
  /** Moment from which on the first promise holds; null when it is not known. */
  readonly committedAt: Instant | null;
  /** Every value that the date was known to have by as-of, oldest first. */
  readonly dates: readonly { readonly at: Instant; readonly on: Day | null; readonly by: string | null }[];
}

export interface ScopeProof {
  readonly done: readonly ItemKey[];
  readonly open: readonly ItemKey[];
  /** Came in after the promise was made; null without a promise. */
  readonly enteredSince: readonly ItemKey[] | null;
  /** In the scope when the promise was made, and not any more. */
  readonly leftSince: readonly ItemKey[] | null;
}

/** What the forecast was made from, and the chance on both sides of each of its dates. */
export interface ForecastProof {
  /** Items that have to be finished: its own, and those of milestones that come first. */
  readonly need: number;
  readonly own: number;
  readonly ahead: readonly ItemKey[];
  /** What the items that have to be finished become until they are (metrics.md 3.4). */
  readonly growth: GrowthProof;
  /** The whole weeks that it was made from, oldest first. */
  readonly weeks: readonly {
    /** Its Monday. */
    readonly on: Day;
    /** Items finished in it. */
    readonly keys: readonly ItemKey[];
    /** Capacity as a part of a normal week. */
    readonly exposure: number;
  }[];
  readonly noise: number;
  /** Items a normal week, at each length of memory. */
  readonly paces: readonly number[];
  /** The team that it is of; left out in projects without teams. */
  readonly team?: string | null;
  /** Teams that share the work: their paces add up. Left out where one does it. */
  readonly pool?: {
    readonly correlation: number;
    readonly teams: readonly {
      readonly team: string | null;
      readonly noise: number;
      readonly paces: readonly number[];
    }[];
  };
  /** Levels at which P50, P85 and P95 of a team were asked, where they are not the plain ones. */
  readonly levels?: readonly number[];
  readonly dates: readonly {
    readonly level: number;
    readonly on: Day;
    readonly chance: number;
    /** The working day before: not yet enough. */
    readonly before: { readonly on: Day; readonly chance: number } | null;
  }[];
}

/** A milestone over teams is done when each of them has done its own (metrics.md 3.4). */
export interface TeamsProof {
  readonly correlation: number;
  readonly parts: readonly {
    /** Null: what no team takes. */
    readonly team: string | null;
    readonly isByAll: boolean;
    readonly openKeys: readonly ItemKey[];
    readonly dates: ForecastDates | null;
    readonly noForecast: string | null;
    readonly historyWeeks: number;
    /** Chance that its own part is done by the 85 % date of the whole; null without one. */
    readonly chance: number | null;
    readonly forecast: ForecastProof | null;
  }[];
  readonly dates: readonly {
    readonly level: number;
    readonly on: Day;
    readonly chance: number;
    /** The chances of the parts multiplied, and the least of them: between these lies the chance. */
    readonly independent: number;
    readonly weakest: number;
    readonly before: { readonly on: Day; readonly chance: number };
  }[];
}

export interface GrowthProof extends Omit<ForecastWork, 'learnedFrom'> {
  /** Finished milestones, newest first, and what the team did in all from some of their weeks until their end. */
  readonly learnedFrom: readonly {
    readonly name: string;
    readonly endedOn: Day;
    readonly weeks: readonly { readonly need: number; readonly finished: number }[];
  }[];
  /** What came in, week by week, oldest first; null where it is not counted apart. */
  readonly arrivals: { readonly firstOn: Day | null; readonly weekly: readonly number[]; readonly pace: number } | null;
}

export interface HealthProof {
  readonly thresholds: RagThresholds;
  /** One line an evaluation, oldest first. */
  readonly evaluations: readonly {
    readonly on: Day;
    readonly baseline: { readonly probability: number | null; readonly colour: Colour };
    readonly current: { readonly probability: number | null; readonly colour: Colour };
  }[];
}

/** The date, and the cut, that a digest asks about (voice.md 3), each with its chance and that of a little less. */
export interface GreenProof {
  /** A chance of this much turns the clock green: the limit and what keeps it from flickering. */
  readonly level: number;
  readonly date: {
    readonly on: Day;
    readonly chance: number;
    readonly before: { readonly on: Day; readonly chance: number };
    /** Items to be finished by then: a later date lets other work come first. */
    readonly need: number;
  } | null;
  /** Items out with the date as it is; null where no cut saves it. */
  readonly cut: { readonly items: number; readonly chance: number; readonly withOneLess: number } | null;
}
