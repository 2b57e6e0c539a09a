import { createRandom } from '../../lib/random.ts';
import { logWork } from './log-work.ts';
import { isDone, statusIds } from './site.ts';
import type { Site, SiteIssue } from './site.ts';
import { instantOn, isWorkday } from './workdays.ts';

const dayMs = 86_400_000;

interface Spell {
  readonly issue: SiteIssue;
  readonly from: number;
  readonly to: number;
}

/**
 * The time that a team logs on what it works on: most of each day, now and then late, sometimes forgotten. It has chances
 * of its own, so that nothing else of the portfolio depends on it.
 */
export function logTeamWork(
  site: Site,
  projectKey: string,
  { from, to, now, seed }: { readonly from: number; readonly to: number; readonly now: number; readonly seed: number },
): void {
  const random = createRandom(seed);
  const spells = spellsOf(site, projectKey, now);
  const people = [...new Set(spells.flatMap(({ issue }) => issue.assignee ?? []))].sort();
  for (let day = from; day <= to; day++) {
    if (!isWorkday(day)) continue;
    const startedAt = instantOn(day, 9 * 60);
    const running = spells.filter((spell) => spell.from < startedAt + dayMs / 3 && spell.to > startedAt);
    for (const by of people) {
      const [isAway, isForgotten, hours, delay, choice] = [random(), random(), random(), random(), random()];
      const own = running.filter(({ issue }) => issue.assignee === by);
      const some = own.length > 0 ? own : running;
      const spell = some[Math.floor(choice * some.length)];
      if (isAway < 0.08 || isForgotten < 0.05 || !spell) continue;
      const late = delay < 0.05 ? 12 * dayMs * (1 - delay * 10) : delay < 0.2 ? dayMs : 0;
      const at = Math.floor(startedAt + 8.5 * 3_600_000 + late);
      if (at > now) continue;
      logWork(site, spell.issue, { at, by }, { startedAt, seconds: 900 * Math.round(20 + 10 * hours) });
    }
  }
}

/** When each item was in progress; an item that is not owned by anybody is worked on by whoever is free. */
function spellsOf(site: Site, projectKey: string, now: number): Spell[] {
  const spells: Spell[] = [];
  for (const issue of site.issues.values()) {
    if (issue.projectKey !== projectKey || issue.type === 'Epic') continue;
    const moves = issue.histories.flatMap(({ at, items }) =>
      items.filter(({ field }) => field === 'status').map(({ to }) => ({ at, to })),
    );
    const begun = moves.find(({ to }) => to === statusIds.inProgress);
    if (!begun) continue;
    spells.push({ issue, from: begun.at, to: isDone(site, issue) ? moves.at(-1)!.at : now });
  }
  return spells;
}
