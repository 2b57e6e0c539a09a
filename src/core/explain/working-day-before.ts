import { addDays } from '../time/day.ts';
import type { Day } from '../time/day.ts';
import type { ProjectView } from '../view/view.ts';

const longestBreak = 60;

/** The grid of a forecast has working days only; a calendar without any before this one gives the day before. */
export function workingDayBefore({ calendar }: ProjectView, on: Day): Day {
  const dayBefore = addDays(on, -1);
  for (let day = dayBefore, looked = 0; looked < longestBreak; looked += 1, day = addDays(day, -1))
    if (calendar.fraction(day) > 0) return day;
  return dayBefore;
}
