import type { Link, PlanItem, PlanMilestone, ProjectPlan, Remaining } from '../../../src/core/dependencies/plan.ts';

/** So many working days for certain. */
export function exactly(days: number): Remaining {
  return { quantile: () => days };
}

/** So many working days with this chance, and longer than anything finished so far with the rest of it. */
export function atBest(days: number, chance: number): Remaining {
  return { quantile: (asked) => (asked <= chance ? days : Infinity) };
}

/** Any number of working days from 0 to `most`, all alike. */
export function upTo(most: number): Remaining {
  return { quantile: (chance) => chance * most };
}

export function aPlanItem(id: string, parts: Partial<PlanItem> = {}): PlanItem {
  return {
    kind: 'item',
    id,
    project: 'APOLLO',
    summary: `Work on ${id}`,
    isDone: false,
    isStarted: false,
    isOwned: true,
    isHeld: false,
    startOn: null,
    finishOn: null,
    finishBy: parts.finishOn ? 'due' : null,
    finishMilestone: null,
    finishBeforeOn: parts.finishOn ?? null,
    remaining: null,
    ...parts,
  };
}

export function aPlanMilestone(id: string, parts: Partial<PlanMilestone> = {}): PlanMilestone {
  return {
    id,
    project: 'APOLLO',
    projectName: 'Apollo',
    name: id,
    committedOn: parts.currentOn ?? null,
    currentOn: null,
    beforeOn: parts.currentOn ?? null,
    openKeys: [],
    remaining: null,
    chance: { baseline: null, current: null },
    isDeciding: true,
    ...parts,
  };
}

/** `a>b`: b waits for a. */
export function linksOf(...texts: readonly string[]): readonly Link[] {
  return texts.map((text, index) => {
    const [blocker, blocked] = text.split('>') as [string, string];
    return { blocker, blocked, since: index };
  });
}

export function aPlan(parts: Partial<ProjectPlan> = {}): ProjectPlan {
  return { project: 'APOLLO', projectName: 'Apollo', items: [], links: [], milestones: [], ...parts };
}
