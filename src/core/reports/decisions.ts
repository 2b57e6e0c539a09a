import type { LaterDate } from '../dependencies/later-date.ts';
import { blockersOf } from '../findings/blocker-chain.ts';
import type { Finding } from '../findings/finding.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import type { ItemView, ProjectView } from '../view/view.ts';
import type { Day } from '../time/day.ts';
import type { RefOf } from './item-ref.ts';
import type { Decision } from './decision.ts';

/** Names that one question can bear. */
const named = 3;

interface Asking {
  readonly view: ProjectView;
  readonly about: MilestoneFigures | null;
  /** All that the digest knows of: a date moved behind theirs lets their work come first. */
  readonly milestones: readonly MilestoneFigures[];
  readonly findings: readonly Finding[];
  /** What other projects make of the date, where that matters. */
  readonly later?: LaterDate | null | undefined;
  readonly thresholds: Thresholds;
  readonly refOf: RefOf;
}

/** What a person has to answer, most pressing first. Each question has a role and a day; its words are in the templates. */
export function decisionsOf(asking: Asking): readonly Decision[] {
  return [
    ...overdue(asking),
    ...releasedWithOpenItems(asking),
    ...keepBlocked(asking),
    ...redateOrCut(asking),
    ...unowned(asking),
  ];
}

/** The day of the answer: after the time that people have, but before the thing itself happens. */
function answerBy({ view, thresholds }: Asking, before: Day | null): Day {
  const by = view.calendar.add(view.today, thresholds.digest.answerWorkingDays);
  return before !== null && before > view.today && before < by ? before : by;
}

function overdue(asking: Asking): readonly Decision[] {
  const large = asking.findings.filter(
    ({ rule, subject }) => rule === 'MILESTONE_OVERDUE' && subject === asking.about?.id,
  );
  return large.map(({ facts }) => ({
    question: 'OVERDUE_MILESTONE',
    role: 'releaseManager',
    facts,
    items: [],
    blockers: [],
    chain: [],
    by: answerBy(asking, null),
  }));
}

/** One question for all releases of the period: they often share the items that stayed behind. */
function releasedWithOpenItems(asking: Asking): readonly Decision[] {
  const found = asking.findings.filter(({ rule }) => rule === 'RELEASED_WITH_OPEN_ITEMS');
  if (found.length === 0) return [];
  const names = found.flatMap(({ facts }) => (typeof facts['milestone'] === 'string' ? [facts['milestone']] : []));
  const open = [...new Set(found.flatMap(({ evidence }) => evidence))];
  return [
    {
      question: 'RELEASED_WITH_OPEN_ITEMS',
      role: 'releaseManager',
      facts: {
        milestones: names.slice(0, named),
        moreMilestones: Math.max(0, names.length - named),
        openItems: open.length,
        finishedOn: found.map(({ facts }) => String(facts['finishedOn'])).reduce((a, b) => (a > b ? a : b)),
      },
      items: open.slice(0, named).map(asking.refOf),
      blockers: [],
      chain: [],
      by: answerBy(asking, null),
    },
  ];
}

/** An item that has long been blocked holds a milestone that is close or not green: keep it in, or let it go? */
function keepBlocked(asking: Asking): readonly Decision[] {
  const { about, view, thresholds, refOf } = asking;
  if (!about || about.currentOn === null) return [];
  const { colour } = about.health.current;
  const isClose = view.calendar.distance(view.today, about.currentOn) <= thresholds.digest.nextWorkingDays;
  if (colour !== 'red' && colour !== 'amber' && !isClose) return [];
  const blocked = about.openKeys
    .map((key) => view.itemsByKey.get(key))
    .filter((item): item is ItemView => item !== undefined && item.blocks.length > 0);
  const [first] = blocked.sort((a, b) => a.blocks[0]!.since - b.blocks[0]!.since);
  if (!first) return [];
  const sinceOn = view.calendar.zone.dayAt(first.blocks[0]!.since);
  const workingDays = view.calendar.distance(sinceOn, view.today);
  if (workingDays < thresholds.items.blockedHighWorkingDays) return [];
  const itemsOut = about.greenIf.current?.itemsOut ?? null;
  const { by, chain } = blockersOf(first, view);
  return [
    {
      question: 'KEEP_IN_MILESTONE',
      role: 'productOwner',
      facts: {
        milestone: about.name,
        sinceOn,
        workingDays,
        dueOn: about.currentOn,
        blockedItems: blocked.length,
        isGreenWithout: itemsOut !== null && itemsOut > 0 && itemsOut <= blocked.length,
      },
      items: [refOf(first.key)],
      blockers: by.slice(0, named).map(refOf),
      chain: chain.map(refOf),
      by: answerBy(asking, about.currentOn),
    },
  ];
}

/** The date is not likely to hold: another date, or less in it? */
function redateOrCut(asking: Asking): readonly Decision[] {
  const { about, view } = asking;
  if (!about?.forecast || about.currentOn === null || about.currentOn < view.today) return [];
  if (about.health.current.colour !== 'red' && about.health.current.colour !== 'amber') return [];
  const green = about.greenIf.current;
  if (green === null) return [];
  return [
    {
      question: 'REDATE_OR_CUT',
      role: 'projectManager',
      facts: {
        milestone: about.name,
        dueOn: about.currentOn,
        p85On: about.forecast.p85,
        greenOn: green.dueOn,
        itemsOut: green.itemsOut,
        openItems: about.openItems,
        first: overtaken(asking, green.dueOn),
        ...heldUp(asking, green.dueOn),
      },
      items: [],
      blockers: [],
      chain: [],
      by: answerBy(asking, about.currentOn),
    },
  ];
}

/** Milestones whose work would come first if the one in question were moved to this day: for them, later than P85 tells. */
function overtaken({ about, milestones }: Asking, greenOn: Day | null): readonly string[] {
  return milestones
    .filter(({ kind, state, openItems }) => kind !== 'item' && state === 'open' && openItems > 0)
    .filter(
      ({ currentOn }) => currentOn !== null && currentOn > about!.currentOn! && greenOn !== null && currentOn < greenOn,
    )
    .map(({ name }) => name)
    .slice(0, named);
}

/** A date that its own work makes green may still be too early for what it waits for in other projects. */
function heldUp(
  { later }: Asking,
  greenOn: Day | null,
): { readonly isHeldUp: boolean; readonly heldUntil: Day | null } {
  if (!later || greenOn === null) return { isHeldUp: false, heldUntil: null };
  return { isHeldUp: later.p85On === null || later.p85On > greenOn, heldUntil: later.p85On };
}

/** Open items that nobody owns, close before the date. */
function unowned(asking: Asking): readonly Decision[] {
  const { about, view, thresholds, refOf } = asking;
  if (!about || about.currentOn === null || about.currentOn < view.today) return [];
  if (view.calendar.distance(view.today, about.currentOn) > thresholds.items.unownedWorkingDays) return [];
  const keys = about.openKeys.filter((key) => view.itemsByKey.get(key)?.assignee === null);
  if (keys.length === 0) return [];
  return [
    {
      question: 'UNOWNED',
      role: 'teamLead',
      facts: { milestone: about.name, items: keys.length, dueOn: about.currentOn },
      items: keys.slice(0, named).map(refOf),
      blockers: [],
      chain: [],
      by: answerBy(asking, about.currentOn),
    },
  ];
}
