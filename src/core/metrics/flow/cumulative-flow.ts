import { addDays } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import type { ItemView } from '../../view/view.ts';
import type { CumulativeFlow } from '../figures.ts';
import type { Figure } from '../figure.ts';
import { gradeOfGaps, share } from '../grade.ts';
import type { FlowBase } from './flow-base.ts';
import { stagesOf } from './stages.ts';
import { weekIndexOf } from './throughput.ts';

/**
 * The items behind the last week of the flow: at each stage those that had come so far and no further by its end. What has
 * entered a stage are these and those of all stages to its right.
 */
export function itemsByStage({ view, weeks }: FlowBase): readonly (readonly ItemView[])[] {
  const { names, stageOf } = stagesOf(view.boards);
  const found = names.map((): ItemView[] => []);
  for (const item of view.counted) {
    if (weeks.count === 0 || item.createdAt >= weeks.to) continue;
    let reached = 0;
    for (const { at, value } of item.past.status) if (at < weeks.to) reached = Math.max(reached, stageOf(value));
    found[reached]!.push(item);
  }
  return found;
}

/**
 * Cumulative flow (metrics.md 2.2). An item that moves back stays counted where it had been, so that the lines cannot
 * fall. Items with a cut history enter where they are first seen.
 */
export function cumulativeFlow({ view, weeks }: FlowBase): Figure<CumulativeFlow> {
  const { names, stageOf } = stagesOf(view.boards);
  const counts = names.map(() => Array.from({ length: weeks.count }, () => 0));
  const enter = (stage: number, at: Instant) => {
    const week = at < weeks.from ? 0 : weekIndexOf(at, weeks, view.calendar);
    if (week !== null && weeks.count > 0) counts[stage]![week]! += 1;
  };
  for (const { createdAt, past } of view.counted) {
    enter(0, createdAt);
    let reached = 0;
    for (const { at, value } of past.status) {
      const stage = stageOf(value);
      for (let next = reached + 1; next <= stage; next += 1) enter(next, at);
      reached = Math.max(reached, stage);
    }
  }
  for (const line of counts) for (let week = 1; week < line.length; week += 1) line[week]! += line[week - 1]!;
  const cut = view.counted.filter(({ isComplete }) => !isComplete).length;
  return {
    value:
      weeks.firstOn === null
        ? null
        : {
            stages: names,
            weeks: Array.from({ length: weeks.count }, (_, week) => addDays(weeks.firstOn!, 7 * week)),
            counts,
          },
    unit: 'item',
    n: view.counted.length,
    window: weeks.count === 0 ? null : { from: weeks.from, to: weeks.to },
    grade: gradeOfGaps(share(cut, view.counted.length)),
    flags: weeks.count === 0 ? ['noCompleteWeek'] : cut > 0 ? ['truncatedHistories'] : [],
    evidence: [],
  };
}
