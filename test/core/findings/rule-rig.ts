import type { Finding } from '../../../src/core/findings/finding.ts';
import type { RuleInput } from '../../../src/core/findings/rule.ts';
import { rules } from '../../../src/core/findings/rules.ts';
import type { RuleName } from '../../../src/core/findings/rules.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { measure } from '../../../src/core/metrics/measure.ts';
import type { Seen, Version } from '../../../src/core/model/plan.ts';
import type { ItemHistory, ProjectHistory } from '../../../src/core/model/project.ts';
import type { Status, WorkItem } from '../../../src/core/model/work-item.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { addDays } from '../../../src/core/time/day.ts';
import { aCalendar, aDoneItem, aHistory, aPast, aVersion, at, statuses, statusMoves } from '../../builders.ts';

/** A Monday morning, after 20 whole weeks of `aTeam`. */
export const monday = '2026-05-25T08:30:00Z';
export const weekBefore = '2026-05-18T08:30:00Z';
const calendar = aCalendar();

/** The input of the rules for a project at an instant; `since` is the last report, null for the first one. */
export function inputAt(
  parts: Partial<ProjectHistory>,
  { asOf = monday, since = weekBefore }: { readonly asOf?: string; readonly since?: string | null } = {},
): RuleInput {
  const history = aHistory(parts);
  const view = viewAsOf(history, at(asOf), calendar);
  const previous = since === null ? null : measure(viewAsOf(history, at(since), calendar));
  return { view, metrics: measure(view), previous, thresholds: defaultThresholds };
}

/** What one rule finds, in its order. */
export function find(
  rule: RuleName,
  parts: Partial<ProjectHistory>,
  when: Parameters<typeof inputAt>[1] = {},
): readonly Finding[] {
  return rules[rule](inputAt(parts, when));
}

/** A team that finishes so many items each week, each in `days` days ending on a Wednesday, from 5 January on. */
export function aTeam({ weeks = 20, perWeek = 3, days = 3 } = {}): ItemHistory[] {
  return Array.from({ length: weeks * perWeek }, (_, index) => {
    const doneOn = addDays('2026-01-07', Math.floor(index / perWeek) * 7);
    const startedOn = addDays(doneOn, 1 - days);
    return aDoneItem(`APO-${1000 + index}`, {
      createdAt: `${startedOn}T07:00:00Z`,
      startedAt: `${startedOn}T08:00:00Z`,
      doneAt: `${doneOn}T12:00:00Z`,
    });
  });
}

/** An open item that came into its statuses at these instants; owned and made in January unless said otherwise. */
export function anOpenItem(
  key: string,
  moves: readonly (readonly [when: string, status: Status])[],
  parts: Partial<WorkItem> = {},
): ItemHistory {
  const createdAt = parts.createdAt ?? at('2026-01-05T08:00:00Z');
  const status = moves.at(-1)?.[1] ?? statuses.toDo;
  return aPast({ key, createdAt, status, assignee: 'someone', ...parts }, statusMoves(statuses.toDo, ...moves));
}

/** What pulls saw of a version. */
export function seen(
  ...snapshots: readonly (readonly [when: string, version: Partial<Version>])[]
): readonly Seen<Version>[] {
  return snapshots.map(([when, version]) => ({ at: at(when), value: aVersion(version) }));
}

/** Version 900 with this date from January on, moved as said. */
export function aDatedVersion(releaseOn: Day, ...moves: readonly (readonly [when: string, on: Day | null])[]) {
  return seen(
    ['2026-01-02', { id: '1', name: 'earlier' }],
    ...[['2026-01-06', releaseOn] as const, ...moves].map(([when, on]) => [when, { releaseOn: on }] as const),
  );
}
