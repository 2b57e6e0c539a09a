import { defaultThresholds } from '../../src/core/model/thresholds.ts';
import type { DigestNote } from '../../src/core/alerts/digest-note.ts';
import { viewAsOf } from '../../src/core/view/as-of.ts';
import { measure } from '../../src/core/metrics/measure.ts';
import type { Seen, Version } from '../../src/core/model/plan.ts';
import type { ItemHistory, ProjectHistory, Pull } from '../../src/core/model/project.ts';
import type { WorkItem } from '../../src/core/model/work-item.ts';
import { buildProgrammeDigest } from '../../src/core/reports/programme-digest.ts';
import { buildProjectDigest } from '../../src/core/reports/project-digest.ts';
import { buildProjectStatus } from '../../src/core/reports/project-status.ts';
import type { ProjectDigest } from '../../src/core/reports/project-report.ts';
import type { ProjectStatus } from '../../src/core/reports/project-status.ts';
import type { ProgrammeDigest } from '../../src/core/reports/programme-digest.ts';
import { dayMs, hourMs } from '../../src/core/time/instant.ts';
import { openZone } from '../../src/core/time/zone.ts';
import {
  aCalendar,
  aDoneItem,
  aHistory,
  aPast,
  aSprint,
  aVersion,
  at,
  changes,
  settings,
  statuses,
  statusMoves,
} from '../builders.ts';
import { hostileTexts } from './documents.ts';

/** A Monday morning in Paris, and the Monday before. */
export const monday = at('2026-11-23T07:30:00Z');
export const mondayBefore = at('2026-11-16T07:30:00Z');
const paris = openZone('Europe/Paris');
const calendar = aCalendar('Europe/Paris');
const iso = (instant: number) => new Date(instant).toISOString();

export function digestOf(
  history: ProjectHistory,
  { asOf = monday, since = mondayBefore, notes = [] as readonly DigestNote[] } = {},
): ProjectDigest {
  const [now, before] = [asOf, since].map((instant) => {
    const view = viewAsOf(history, instant, calendar);
    return { view, metrics: measure(view) };
  });
  return buildProjectDigest({
    ...now!,
    previous: before!,
    since,
    zone: paris,
    thresholds: defaultThresholds,
    notes,
    urlOf: (key) => `https://acme.test/browse/${encodeURIComponent(key)}`,
  });
}

export function statusOf(history: ProjectHistory, asOf = monday): ProjectStatus {
  const view = viewAsOf(history, asOf, calendar);
  return buildProjectStatus({ view, metrics: measure(view), zone: paris, urlOf: () => null });
}

export function programmeOf(histories: readonly ProjectHistory[]): ProgrammeDigest {
  return buildProgrammeDigest({
    programme: { id: 'SPACE', name: 'Space' },
    asOf: monday,
    since: mondayBefore,
    zone: paris,
    projects: histories.map((history) => digestOf(history)),
  });
}

function pull(endedAt: string): Pull {
  return { source: 'jira', startedAt: at(endedAt) - hourMs, endedAt: at(endedAt), outcome: 'done', error: null };
}

const pulls = [pull('2026-05-04T08:00:00Z'), pull('2026-11-16T07:12:00Z'), pull('2026-11-23T07:12:00Z')];
const apollo = settings({ zone: 'Europe/Paris' });

function seen(
  id: string,
  name: string,
  ...dates: readonly (readonly [string, Version['releaseOn']])[]
): Seen<Version>[] {
  return dates.map(([when, releaseOn]) => ({ at: at(when), value: aVersion({ id, name, releaseOn }) }));
}

/** So many items a week, each in progress for four days, through the last weeks. */
function pastWork(weeks: number, perWeek: number, parts: Partial<WorkItem> = {}): ItemHistory[] {
  return Array.from({ length: weeks * perWeek }, (_, index) => {
    const doneAt = monday - (Math.floor(index / perWeek) * 7 + 1 + (index % 5)) * dayMs;
    const times = { createdAt: iso(doneAt - 20 * dayMs), startedAt: iso(doneAt - 3 * dayMs), doneAt: iso(doneAt) };
    return aDoneItem(`APO-${1000 + index}`, times, { assignee: 'person-1', ...parts });
  });
}

interface OpenParts extends Partial<WorkItem> {
  readonly key: string;
  readonly startedAt?: string;
}

function openItem({ startedAt, ...item }: OpenParts): ItemHistory {
  const moves = startedAt ? statusMoves(statuses.toDo, [startedAt, statuses.doing]) : [];
  const createdAt = item.createdAt ?? at('2026-08-03T09:00:00Z');
  return aPast({ assignee: 'person-1', ...item, createdAt, status: startedAt ? statuses.doing : statuses.toDo }, moves);
}

const in14 = { fixVersionIds: ['900'] };
const inSprint = { sprintIds: ['31'] };

/** A release that was moved twice, the last time in this week; a blocked item; a sprint; work that nobody owns. */
export function usualProject(): ProjectHistory {
  const items = [
    ...pastWork(26, 6),
    openItem({ key: 'APO-198', summary: 'Refunds in full', ...in14, links: [{ kind: 'blocked-by', key: 'APO-77' }] }),
    openItem({ key: 'APO-77', summary: 'Customer accounts for other teams', startedAt: '2026-11-18T09:00:00Z' }),
    openItem({ key: 'APO-231', summary: 'Payout batches', ...in14, startedAt: '2026-11-02T09:00:00Z' }),
    openItem({ key: 'APO-240', summary: 'Receipts by mail', ...in14, ...inSprint, startedAt: '2026-11-19T09:00:00Z' }),
    openItem({
      key: 'APO-241',
      summary: 'Currency table',
      ...in14,
      ...inSprint,
      assignee: null,
      startedAt: '2026-11-18T09:00:00Z',
    }),
    ...Array.from({ length: 9 }, (_, index) => openItem({ key: `APO-${250 + index}`, ...in14 })),
    aPast(
      { key: 'APO-270', summary: 'Export for Finance', ...in14, createdAt: at('2026-11-02T09:00:00Z') },
      changes(['2026-11-18T10:00:00Z', 'fixVersion', null, '900']),
    ),
    aPast(
      { key: 'APO-214', summary: 'Instalment plans', assignee: 'person-2', status: statuses.doing },
      statusMoves(
        statuses.toDo,
        ['2026-10-01T09:00:00Z', statuses.doing],
        ['2026-10-05T09:00:00Z', statuses.done],
        ['2026-10-07T09:00:00Z', statuses.doing],
        ['2026-11-10T09:00:00Z', statuses.done],
        ['2026-11-19T09:00:00Z', statuses.doing],
      ),
    ),
    ...Array.from({ length: 3 }, (_, index) => openItem({ key: `APO-${300 + index}`, fixVersionIds: ['901'] })),
  ];
  const sprint = (id: string, startedAt: string, endAt: string, completedAt: string | null) =>
    aSprint({
      id,
      name: `Sprint ${id}`,
      state: completedAt ? 'closed' : 'active',
      startAt: at(startedAt),
      activatedAt: at(startedAt),
      endAt: at(endAt),
      completedAt: completedAt ? at(completedAt) : null,
    });
  return aHistory({
    settings: apollo,
    items,
    pulls,
    versions: [
      seen(
        '900',
        '1.4',
        ['2026-05-04T08:00:00Z', null],
        ['2026-06-15T08:00:00Z', '2026-09-30'],
        ['2026-09-23T08:00:00Z', '2026-10-30'],
        ['2026-11-18T08:00:00Z', '2026-12-04'],
      ),
      seen('901', '1.5', ['2026-05-04T08:00:00Z', null], ['2026-06-15T08:00:00Z', '2027-02-26']),
    ],
    sprints: [[{ at: monday - dayMs, value: sprint('31', '2026-11-16T09:00:00Z', '2026-11-27T16:00:00Z', null) }]],
  });
}

/** On track, a few items done, nothing else. */
export function quietProject(): ProjectHistory {
  return aHistory({
    settings: settings({ id: 'HERMES', name: 'Hermes', zone: 'Europe/Paris' }),
    items: [...pastWork(26, 8), openItem({ key: 'APO-1', ...in14 }), openItem({ key: 'APO-2', ...in14 })],
    pulls,
    versions: [seen('900', '2.0', ['2026-05-04T08:00:00Z', null], ['2026-06-15T08:00:00Z', '2027-01-29'])],
  });
}

/** Made this morning: nothing in it. */
export function emptyProject(): ProjectHistory {
  return aHistory({ settings: settings({ id: 'NEW', name: 'New', zone: 'Europe/Paris' }), pulls: [pulls[2]!] });
}

/** Three weeks old, with a date: too little for a forecast. */
export function youngProject(): ProjectHistory {
  return aHistory({
    settings: settings({ id: 'YOUNG', name: 'Young', zone: 'Europe/Paris' }),
    items: [
      ...[11, 12, 18, 19].map((day, index) =>
        aDoneItem(`APO-${index + 1}`, {
          createdAt: '2026-11-04T09:00:00Z',
          startedAt: `2026-11-${day - 1}T09:00:00Z`,
          doneAt: `2026-11-${day}T09:00:00Z`,
        }),
      ),
      openItem({ key: 'APO-9', ...in14, createdAt: at('2026-11-04T09:00:00Z') }),
    ],
    pulls: [pull('2026-11-04T12:00:00Z'), pulls[2]!],
    versions: [seen('900', '0.1', ['2026-11-04T11:30:00Z', '2026-12-18'])],
  });
}

/** No date was ever recorded: the histories alone are left, pulled years later. */
export function undatedProject(): ProjectHistory {
  return aHistory({
    settings: settings({ id: 'OLD', name: 'Old', zone: 'Europe/Paris' }),
    items: [
      ...pastWork(20, 3, in14),
      ...Array.from({ length: 7 }, (_, index) => openItem({ key: `APO-${index + 1}`, ...in14 })),
    ],
    versions: [seen('900', '3.0', ['2028-01-10T08:00:00Z', '2028-02-01'])],
  });
}

/** Its date passed two weeks ago, the source failed, and histories are cut. */
export function overdueProject(): ProjectHistory {
  const base = quietProject();
  const failed: Pull = { ...pulls[2]!, outcome: 'failed', error: 'Jira answers 401' };
  return {
    ...base,
    settings: settings({ id: 'LATE', name: 'Late', zone: 'Europe/Paris' }),
    pulls: [pulls[0]!, pulls[1]!, failed],
    items: base.items.map((item, index) => (index % 20 === 0 ? { ...item, isComplete: false } : item)),
    setAside: [{ entity: 'item', ref: 'APO-404', reason: 'no status', at: mondayBefore }],
    versions: [seen('900', '2.0', ['2026-05-04T08:00:00Z', null], ['2026-06-15T08:00:00Z', '2026-11-06'])],
  };
}

/** Far more of everything than a message holds. */
export function hugeProject(): ProjectHistory {
  const many = Array.from({ length: 400 }, (_, index) =>
    openItem({
      key: `APO-${5000 + index}`,
      summary: `${index} ${'lorem ipsum dolor sit amet '.repeat(index % 7 === 0 ? 40 : 2)}`,
      fixVersionIds: [`${900 + (index % 30)}`],
      isFlagged: index % 3 === 0,
      ...(index % 2 === 0 ? { startedAt: '2026-09-01T09:00:00Z' } : {}),
      ...(index % 5 === 0 ? { dueOn: '2026-10-05' as const, assignee: null } : {}),
    }),
  );
  return aHistory({
    settings: settings({ id: 'HUGE', name: 'Huge', zone: 'Europe/Paris' }),
    items: [...pastWork(30, 40), ...many],
    pulls,
    versions: Array.from({ length: 30 }, (_, index) =>
      seen(
        String(900 + index),
        `Release ${index + 1} of a name that is much longer than anybody would want it to be`,
        ['2026-05-04T08:00:00Z', null],
        ['2026-06-15T08:00:00Z', '2026-11-27'],
        ['2026-11-17T08:00:00Z', '2026-12-31'],
      ),
    ),
  });
}

/** Names and titles out to break the message. */
export function hostileProject(): ProjectHistory {
  const usual = usualProject();
  const text = (index: number) => hostileTexts[index % hostileTexts.length]!;
  return {
    ...usual,
    settings: settings({ id: 'EVIL', name: text(0), zone: 'Europe/Paris' }),
    items: usual.items.map((item, index) => ({ ...item, item: { ...item.item, summary: text(index) } })),
    versions: usual.versions.map((snapshots, index) =>
      snapshots.map((snapshot) => ({ ...snapshot, value: { ...snapshot.value, name: text(index + 2) } })),
    ),
    sprints: usual.sprints.map((snapshots) =>
      snapshots.map((snapshot) => ({ ...snapshot, value: { ...snapshot.value, name: text(8) } })),
    ),
  };
}
