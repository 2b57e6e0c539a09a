import type { ItemHistory } from '../../../../src/core/model/project.ts';
import type { TeamRule, TeamSettings } from '../../../../src/core/model/team-settings.ts';
import type { WorkItem } from '../../../../src/core/model/work-item.ts';
import { addDays } from '../../../../src/core/time/day.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { aDoneItem, aPast, at } from '../../../builders.ts';

export function aRule(name: string, parts: Partial<TeamRule> = {}): TeamRule {
  return { name, components: [], labels: [], assignees: [], boards: [], projects: [], ...parts };
}

/** Teams that go by a component of their own name. */
export function teamsBy(names: readonly string[], parts: Partial<TeamSettings> = {}): TeamSettings {
  const rules = names.map((name) => aRule(name, { components: [name] }));
  return { rules, pool: 'own', correlation: 0.3, decidesWorkingDays: 5, ...parts };
}

export const firstMonday: Day = '2026-01-05';

/** Items that a team finished, so many in each week, on its Wednesday; keys from a number of its own on. */
export function finishedBy(
  team: string | null,
  perWeek: readonly number[],
  { from = 1000, since = firstMonday }: { readonly from?: number; readonly since?: Day } = {},
): ItemHistory[] {
  let key = from;
  return perWeek.flatMap((count, week) =>
    Array.from({ length: count }, () =>
      aDoneItem(
        `APO-${key++}`,
        {
          createdAt: `${since}T08:00:00Z`,
          startedAt: `${addDays(since, 7 * week + 1)}T08:00:00Z`,
          doneAt: `${addDays(since, 7 * week + 2)}T12:00:00Z`,
        },
        { components: team === null ? [] : [team] },
      ),
    ),
  );
}

/** Items that wait in a version from the first day on. */
export function openFor(
  team: string | null,
  count: number,
  { from, version = '1', ...parts }: Partial<WorkItem> & { readonly from: number; readonly version?: string },
): ItemHistory[] {
  return Array.from({ length: count }, (_, index) =>
    aPast({
      key: `APO-${from + index}`,
      createdAt: at(`${firstMonday}T08:00:00Z`),
      components: team === null ? [] : [team],
      fixVersionIds: [version],
      ...parts,
    }),
  );
}
