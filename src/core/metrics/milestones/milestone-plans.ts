import type { ItemKey } from '../../model/ids.ts';
import type { ForecastSettings } from '../../model/forecast-settings.ts';
import type { Day } from '../../time/day.ts';
import type { ProjectView } from '../../view/view.ts';
import { keysOf } from '../../view/item-key.ts';
import { effectiveItems, learnSplits, meanPace, outgrows, usualSplits } from '../forecast/demand.ts';
import { learnFlowFactors, splitsOfFlow } from '../forecast/flow-factors.ts';
import type { Work } from '../forecast/forecast.ts';
import type { Outlook } from '../forecast/outlook.ts';
import { fitPace } from '../forecast/pace.ts';
import type { Pace } from '../forecast/pace.ts';
import type { Asked } from '../forecast/work-plan.ts';
import { arrivalsOf } from './arrivals.ts';
import type { Arrivals } from './arrivals.ts';
import { closedScopes } from './closed-scopes.ts';
import { createFinishedMilestones } from './finished-milestones.ts';
import type { Finished, Moment } from './finished-milestones.ts';
import type { Milestone } from './milestones.ts';
import { openBlockers } from './open-blockers.ts';
import type { OpenBlockers } from './open-blockers.ts';
import { plannedStart } from './planned-start.ts';
import type { Standing } from './standing.ts';

/** Pace at which items come into a milestone before anything is known of it: next to none. */
const priorArrivals = 0.25;
const leastArrivalWeeks = 4;

/** What a forecast of a milestone was made for, and what was added to its open items (metrics.md 3.4). */
export interface PlanBasis {
  /** Items that have to be finished: its own, those that come first, and those that they wait for. */
  readonly need: number;
  /** How they multiply until they are done; `none` also where the project's past has no answer. */
  readonly growth: ForecastSettings['growth'];
  /** What that is learned from, newest first; empty when nothing was learned. */
  readonly learnedFrom: readonly Finished[];
  /** The settings ask for what was learned, and no milestone is finished that it could be learned from. */
  readonly isUnlearned: boolean;
  /** Items that are finished in all by then, each as likely as the others. */
  readonly counts: readonly number[];
  readonly arrivals: (Arrivals & { /** Items a normal week. */ readonly pace: number }) | null;
  /** Scope grows at least as fast as the team finishes: there is no date. */
  readonly isOutgrown: boolean;
  /** Part of the team that it has for itself; null when the team goes by the order of dates. */
  readonly share: number | null;
  readonly startsOn: Day | null;
  /** Items that it waits for and that are not its own. */
  readonly waitsFor: readonly ItemKey[];
  /** Items of other projects that it waits for: nothing was added for them. */
  readonly waitsElsewhere: readonly ItemKey[];
}

/** The plans of the open milestones at one moment. */
export interface Plans {
  /** What to ask an outlook for when this standing needs so many items; 0 and fewer are nothing to do. */
  askedFor(standing: Standing, need: number): Asked;
  /** Where the plan for the date in force comes from. */
  basisOf(standing: Standing): PlanBasis;
}

/** Makes the plans of a project's milestones as the settings of the project want them, at any moment up to as-of. */
export function createPlans(
  view: ProjectView,
  milestones: readonly Milestone[],
  settings: ForecastSettings,
): (moment: Moment & { readonly outlook: Outlook }) => Plans {
  const finishedAt = createFinishedMilestones(view, milestones);
  return (moment) => {
    const growth = learnGrowth(view, settings, settings.growth === 'none' ? [] : finishedAt(moment));
    const parts = new Map<Standing, Parts>();
    const partsOf = (standing: Standing): Parts => {
      let known = parts.get(standing);
      if (!known) parts.set(standing, (known = readParts(view, standing, { settings, growth, moment })));
      return known;
    };
    const asked = new Map<Standing, Map<number, Asked>>();
    const alike = new Map<number, Asked>();
    return {
      askedFor: (standing, need) => {
        let known = asked.get(standing);
        if (!known) asked.set(standing, (known = new Map()));
        let answer = known.get(need);
        if (answer === undefined) known.set(need, (answer = plan(standing, need, partsOf(standing))));
        // Milestones that need as many items are the same question, which the outlook answers once.
        const items = usualItems(answer);
        if (items === null) return answer;
        const first = alike.get(items) ?? answer;
        alike.set(items, first);
        known.set(need, first);
        return first;
      },
      basisOf: (standing) => basis(standing, partsOf(standing), moment),
    };
  };
}

/** The items of a plan that only multiplies as all others do, so that their number says it all; null for another. */
function usualItems(asked: Asked): number | null {
  if (typeof asked === 'number' || typeof asked.work === 'number') return null;
  const { work, share, later } = asked;
  return work.growth.arrivals === null && share === 1 && later === null ? work.items : null;
}

/** What the past of the project says about how open items multiply. */
interface LearnedGrowth {
  readonly kind: ForecastSettings['growth'];
  readonly learnedFrom: readonly Finished[];
  readonly isUnlearned: boolean;
  splitsOf(items: number): readonly number[];
}

const noGrowth: LearnedGrowth = { kind: 'none', learnedFrom: [], isUnlearned: false, splitsOf: () => [1] };
const unlearned: LearnedGrowth = { ...noGrowth, isUnlearned: true };

function learnGrowth(
  view: ProjectView,
  { growth: kind }: ForecastSettings,
  learnedFrom: readonly Finished[],
): LearnedGrowth {
  if (kind === 'triangle') return { ...noGrowth, kind, splitsOf: usualSplits };
  if (kind === 'splits') {
    const splits = learnSplits(closedScopes(view, learnedFrom));
    return splits === null ? unlearned : { ...noGrowth, kind, learnedFrom, splitsOf: () => splits };
  }
  if (kind === 'none') return noGrowth;
  const factors = learnFlowFactors(learnedFrom.map(({ needs }) => needs));
  if (factors === null) return unlearned;
  return { ...noGrowth, kind, learnedFrom, splitsOf: (items) => splitsOfFlow(factors, items) };
}

/** What one milestone adds to the items that it needs. */
interface Parts {
  readonly growth: LearnedGrowth;
  readonly share: number | null;
  readonly startsOn: Day | null;
  readonly blockers: OpenBlockers;
  readonly arrivals: Arrivals;
  readonly arrivalPace: Pace | null;
}

interface Context {
  readonly settings: ForecastSettings;
  readonly growth: LearnedGrowth;
  readonly moment: Moment & { readonly outlook: Outlook };
}

const noBlockers: OpenBlockers = { own: [], elsewhere: [] };
const noArrivals: Arrivals = { firstOn: null, weekly: [] };

function readParts(view: ProjectView, standing: Standing, { settings, growth, moment: { at } }: Context): Parts {
  const { milestone } = standing;
  const { shares } = settings;
  const share = shares[milestone.id] ?? shares[milestone.name] ?? null;
  // The flow of the whole team is no measure of what a part of it does, nor of what happens to an item with a date.
  const isOther = growth.kind === 'flow' && (share !== null || milestone.kind === 'item');
  const own = isOther ? noGrowth : growth;
  const isDiscovered = settings.discovery && own.kind !== 'flow' && milestone.kind !== 'item';
  const arrivals = isDiscovered ? arrivalsOf(milestone, at, view) : noArrivals;
  return {
    growth: own,
    share,
    startsOn: settings.startDelay ? plannedStart(view, standing, at) : null,
    blockers: settings.blockers
      ? openBlockers(view, [...standing.open, ...standing.itemsFirst('current')], at)
      : noBlockers,
    arrivals,
    arrivalPace:
      arrivals.weekly.length >= leastArrivalWeeks
        ? fitPace({ weekly: arrivals.weekly, priorPace: priorArrivals })
        : null,
  };
}

function plan({ open }: Standing, need: number, parts: Parts): Asked {
  if (need <= 0) return 0;
  const { share, startsOn, blockers } = parts;
  // A part of the team that is its own waits for nobody's items but those that block.
  const items = (share === null ? need : Math.min(need, open.length)) + blockers.own.length;
  const work = workOf(items, parts);
  if (share === null && startsOn === null) return typeof work === 'number' ? work : { work, share: 1, later: null };
  const later = startsOn === null ? null : { work: workOf(Math.min(items, open.length), parts), startsOn };
  return { work, share: share ?? 1, later };
}

function workOf(items: number, { growth, arrivalPace }: Parts): Work {
  const splits = growth.splitsOf(items);
  if (arrivalPace === null && splits.every((factor) => factor === 1)) return items;
  return { items, growth: { splits, arrivals: arrivalPace } };
}

function basis(standing: Standing, parts: Parts, { outlook }: Context['moment']): PlanBasis {
  const { share, arrivals, arrivalPace, blockers, startsOn } = parts;
  const need = (share === null ? standing.need.current : standing.open.length) + blockers.own.length;
  const splits = parts.growth.splitsOf(need);
  return {
    need,
    growth: parts.growth.kind,
    learnedFrom: parts.growth.learnedFrom,
    isUnlearned: parts.growth.isUnlearned,
    counts: effectiveItems({ items: need, growth: { splits, arrivals: null } }),
    arrivals: arrivalPace === null ? null : { ...arrivals, pace: meanPace(arrivalPace) },
    isOutgrown: outlook.supply !== null && outgrows(arrivalPace, outlook.supply, share ?? 1),
    share,
    startsOn,
    waitsFor: keysOf(blockers.own),
    waitsElsewhere: blockers.elsewhere,
  };
}
