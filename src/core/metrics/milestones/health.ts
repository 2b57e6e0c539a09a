import { addDays, dayNumber } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import type { ClockHealth, GreenIf } from '../milestone-figures.ts';
import type { Outlook } from '../forecast/outlook.ts';
import { createOutlooks, onceInProgress } from '../forecast/outlook.ts';
import { createLearner } from '../forecast/learned-levels.ts';
import type { Prospect, Wish } from './prospect.ts';
import { createProspects } from './prospects.ts';
import type { Prospects } from './prospects.ts';
import { evaluateRag } from './rag.ts';
import type { RagState, RagThresholds } from './rag.ts';
import { redByDependency } from './red-dependency.ts';
import { clocks, standingsAt } from './standing.ts';
import type { Clock, Standing } from './standing.ts';
import type { Milestone } from './milestones.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';

/** Working days before as-of on whose ends the chance is looked at: a colour has to be confirmed, and may not flicker. */
const evaluations = 10;

/** One evaluation of all open milestones. */
export interface Evaluation {
  readonly at: Instant;
  readonly today: Day;
  /** Of the project as a whole. */
  readonly outlook: Outlook;
  readonly standings: readonly Standing[];
  readonly prospectOf: Prospects;
}

/**
 * The ends of the working days before as-of, and as-of itself, oldest first: as the project was known then. The colours
 * follow from the history alone, whichever reports were made on the way. One after the other, since all of them at once
 * are a tenth of the memory of a large project.
 */
export function* evaluationsOf(view: ProjectView, milestones: readonly Milestone[]): Generator<Evaluation> {
  const asking = askingOf(view, milestones);
  const instants = [...daysBefore(view), view.asOf];
  const inProgress = onceInProgress(asking.items, instants[0]!);
  for (const at of instants) yield evaluate(view, milestones, { ...asking, at, inProgress });
}

/** The evaluation at one instant alone, for those who ask for a date of then. */
export function evaluationAt(view: ProjectView, milestones: readonly Milestone[], at: Instant): Evaluation {
  const asking = askingOf(view, milestones);
  return evaluate(view, milestones, { ...asking, at, inProgress: asking.items });
}

/** What all evaluations of a project have in common. */
interface Asking {
  readonly items: readonly ItemView[];
  readonly outlookAt: ReturnType<typeof createOutlooks>;
  readonly learn: ReturnType<typeof createLearner>;
  readonly prospectsAt: ReturnType<typeof createProspects>;
}

/** By the milestones of a view, which are made once. */
const known = new WeakMap<readonly Milestone[], Asking>();

function askingOf(view: ProjectView, milestones: readonly Milestone[]): Asking {
  let asking = known.get(milestones);
  if (!asking) {
    const items = [...view.counted, ...view.gone];
    const outlookAt = createOutlooks(view, items);
    asking = { items, outlookAt, learn: createLearner(), prospectsAt: createProspects(view, milestones) };
    known.set(milestones, asking);
  }
  return asking;
}

interface At extends Asking {
  readonly at: Instant;
  readonly inProgress: readonly ItemView[];
}

function evaluate(
  view: ProjectView,
  milestones: readonly Milestone[],
  { at, outlookAt, learn, inProgress, prospectsAt }: At,
): Evaluation {
  const outlook = outlookAt(at, { learn, inProgress });
  const standings = standingsAt(view, milestones, at);
  const today = view.calendar.zone.dayAt(at);
  return { at, today, outlook, standings, prospectOf: prospectsAt({ at, outlook, standings, learn, inProgress }) };
}

function daysBefore({ calendar, today }: ProjectView): readonly Instant[] {
  const instants: Instant[] = [];
  // Weeks of holidays end the search: it is no use to look at a colour of last season.
  for (let day = addDays(today, -1); instants.length < evaluations; day = addDays(day, -1)) {
    if (dayNumber(today) - dayNumber(day) > 6 * evaluations) break;
    if (calendar.fraction(day) > 0) instants.push(calendar.zone.endOf(day) - 1);
  }
  return instants.reverse();
}

/**
 * Chance of finishing by the date of a clock; null without a date or a forecast that may colour (grade D may not), and
 * for a milestone with no item in it: nothing speaks for it.
 */
export function chanceOf(standing: Standing, clock: Clock, prospectOf: Prospects): number | null {
  const dueOn = standing.dueOn[clock];
  if (dueOn === null) return null;
  if (standing.open.length === 0) return standing.size > 0 ? 1 : null;
  const prospect = prospectOf(standing);
  if (prospect.noForecast !== null || prospect.grade === 'D') return null;
  return prospect.chance({ clock }, dueOn);
}

/** Its day is over and its work is not; a date without work of its own cannot be. */
export function isOverdue({ dueOn, milestone }: Standing, clock: Clock, today: Day): boolean {
  const on = dueOn[clock];
  return on !== null && on < today && !milestone.isOnlyDate;
}

/**
 * The colour of each clock of each open milestone, by the id of the milestone (metrics.md 4.6). Another date is another
 * question: its clock starts anew, or a move would leave the colour of the old date standing beside the new one.
 */
export function coloursOf(series: Iterable<Evaluation>, thresholds: RagThresholds): Colours {
  const told = createColourClocks(thresholds);
  for (const evaluation of series) told.add(evaluation);
  return told.colours;
}

export type Colours = ReadonlyMap<Milestone, Readonly<Record<Clock, ClockHealth>>>;

/** The same for evaluations that are handed over one at a time, oldest first. */
export function createColourClocks(thresholds: RagThresholds): {
  add(evaluation: Evaluation): void;
  readonly colours: Colours;
} {
  const states = new Map<Milestone, Record<Clock, RagState | null>>();
  const dates = new Map<Milestone, Readonly<Record<Clock, Day | null>>>();
  const colours = new Map<Milestone, Record<Clock, ClockHealth>>();
  const add = ({ standings, prospectOf, today }: Evaluation) => {
    for (const standing of standings) {
      const before = states.get(standing.milestone) ?? { baseline: null, current: null };
      const health = { baseline: unknown, current: unknown };
      for (const clock of clocks) {
        const dateBefore = dates.get(standing.milestone)?.[clock];
        if (dateBefore !== undefined && dateBefore !== standing.dueOn[clock]) before[clock] = null;
        // That everything is done is a fact, and no chance that could flicker.
        if (standing.open.length === 0 && standing.size > 0) before[clock] = null;
        const overdue = isOverdue(standing, clock, today);
        const probability = overdue ? 0 : chanceOf(standing, clock, prospectOf);
        before[clock] = evaluateRag(before[clock], { probability, isOverdue: overdue }, thresholds);
        health[clock] = { colour: before[clock].colour, probability };
      }
      states.set(standing.milestone, before);
      dates.set(standing.milestone, standing.dueOn);
      colours.set(standing.milestone, health);
    }
  };
  return { add, colours };
}

/** The colours at the last evaluation, with the red that comes from what a milestone waits for (`redByDependency`). */
export function withDependencies(colours: Colours, view: ProjectView, { standings }: Evaluation): Colours {
  const isRed = ({ milestone }: Standing, clock: Clock) => colours.get(milestone)?.[clock].colour === 'red';
  const red = redByDependency(view, standings, isRed);
  if (red.size === 0) return colours;
  const all = new Map(colours);
  for (const [{ milestone }, held] of red) {
    const health = { ...colours.get(milestone)! };
    for (const clock of clocks) {
      const heldBy = held[clock];
      if (heldBy) health[clock] = { ...health[clock], colour: 'red', heldBy };
    }
    all.set(milestone, health);
  }
  return all;
}

const unknown: ClockHealth = { colour: 'unknown', probability: null };

/**
 * What would make a clock green (voice.md 3): the date that it would need with the work as it is, and how many of its
 * open items would have to leave with the date as it is. Null for a clock that is green, says nothing, or holds already.
 */
export function greenIfOf(
  standing: Standing,
  clock: Clock,
  { prospect, today, health, thresholds }: GreenIfContext,
): GreenIf | null {
  const dueOn = standing.dueOn[clock];
  const openItems = standing.open.length;
  if (dueOn === null || openItems === 0 || health.colour === 'green' || health.colour === 'unknown') return null;
  if (prospect.noForecast !== null) return { dueOn: null, itemsOut: null, openItems };
  const level = Number((thresholds.green + thresholds.hysteresis).toFixed(12));
  const isGreenWithout = (out: number) => out === openItems || prospect.chance({ clock, out }, dueOn) >= level;
  const greenOn = level < 1 ? dateFor(prospect, clock, level) : null;
  // Nothing has to be done: it holds already, and is green once it has held for long enough.
  if (greenOn !== null && greenOn <= dueOn) return null;
  return {
    dueOn: greenOn,
    itemsOut: dueOn < today ? null : leastThat(openItems, isGreenWithout),
    openItems,
  };
}

export interface GreenIfContext {
  readonly prospect: Prospect;
  readonly today: Day;
  readonly health: ClockHealth;
  readonly thresholds: RagThresholds;
}

/**
 * The first date that has this chance. To move there lets the work of other milestones come first, which may ask for a
 * later date yet: the search goes on until the date holds. It ends, since every round adds at least one item.
 */
function dateFor(prospect: Prospect, clock: Clock, level: number): Day | null {
  let wish: Wish = { clock };
  for (;;) {
    const on = prospect.when(wish, [level])[0] ?? null;
    if (on === null) return null;
    const needs = prospect.needs(wish);
    const there: Wish = { clock, datedOn: on };
    if (prospect.needs(there).every((need, index) => need <= needs[index]!)) return on;
    wish = there;
  }
}

/** The least number from 0 to `most` for which it holds; it holds for `most`, and for every number above one that it holds for. */
function leastThat(most: number, holds: (count: number) => boolean): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
