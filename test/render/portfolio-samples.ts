import { projectPlan } from '../../src/core/dependencies/project-plan.ts';
import { recentCycleTimes } from '../../src/core/metrics/flow/cycle-time.ts';
import { planCurveOf } from '../../src/core/metrics/value/plan-curve.ts';
import { measure } from '../../src/core/metrics/measure.ts';
import type { Seen, Version } from '../../src/core/model/plan.ts';
import type { ItemHistory, ProjectHistory } from '../../src/core/model/project.ts';
import { defaultThresholds } from '../../src/core/model/thresholds.ts';
import type { WorkItem } from '../../src/core/model/work-item.ts';
import { buildPortfolioDigest } from '../../src/core/reports/portfolio-digest.ts';
import type { PortfolioInput } from '../../src/core/reports/portfolio-input.ts';
import type { PortfolioDigest } from '../../src/core/reports/portfolio-report.ts';
import { dayMs } from '../../src/core/time/instant.ts';
import { openZone } from '../../src/core/time/zone.ts';
import { viewAsOf } from '../../src/core/view/as-of.ts';
import { createRandom } from '../../src/lib/random.ts';
import { aCalendar, aDoneItem, aHistory, aPast, at, aVersion, settings } from '../builders.ts';
import { digestOf, monday, mondayBefore } from './digest-samples.ts';

const calendar = aCalendar('Europe/Paris');

type Programmes = readonly (readonly [id: string, name: string, projects: readonly string[]])[];

/** Programmes as `[id, name, ids of projects]`; none: the portfolio is its projects. */
export function portfolioOf(histories: readonly ProjectHistory[], ...programmes: Programmes): PortfolioDigest {
  return buildPortfolioDigest(portfolioInputOf(histories, ...programmes));
}

export function portfolioInputOf(histories: readonly ProjectHistory[], ...programmes: Programmes): PortfolioInput {
  return {
    asOf: monday,
    since: mondayBefore,
    zone: openZone('Europe/Paris'),
    calendar,
    thresholds: defaultThresholds,
    programmes: programmes.map(([id, name, projects]) => ({ id, name, projects })),
    projects: histories.map((history) => {
      const digest = digestOf(history);
      const view = viewAsOf(history, monday, calendar);
      const deciding = digest.health.about?.id ?? null;
      const plan = projectPlan({ view, metrics: measure(view), since: mondayBefore, deciding, withForecasts: true });
      return { digest, plan, curve: planCurveOf(view), cycleTimes: recentCycleTimes(view) };
    }),
    urlOf: (_, key) => `https://acme.test/browse/${encodeURIComponent(key)}`,
    createRandom,
  };
}

export function renamed(history: ProjectHistory, id: string, name: string): ProjectHistory {
  return { ...history, settings: { ...history.settings, id, name } };
}

const iso = (instant: number) => new Date(instant).toISOString();

function pastWork(prefix: string, perWeek: number): ItemHistory[] {
  return Array.from({ length: 26 * perWeek }, (_, index) => {
    const doneAt = monday - (Math.floor(index / perWeek) * 7 + 1 + (index % 5)) * dayMs;
    const times = { createdAt: iso(doneAt - 20 * dayMs), startedAt: iso(doneAt - 3 * dayMs), doneAt: iso(doneAt) };
    return aDoneItem(`${prefix}-${1000 + index}`, times, { projectKey: prefix });
  });
}

function open(prefix: string, number: number, parts: Partial<WorkItem> = {}): ItemHistory {
  const id = `${prefix}${number}`;
  const item = { id, key: `${prefix}-${number}`, projectKey: prefix, fixVersionIds: [`${prefix}v`], ...parts };
  return aPast({ assignee: 'person-1', createdAt: at('2026-08-03T09:00:00Z'), ...item });
}

type Dates = readonly (readonly [seenAt: string, on: Version['releaseOn']])[];

function project(prefix: string, name: string, items: readonly ItemHistory[], dates: Dates): ProjectHistory {
  const version = (releaseOn: Version['releaseOn']) =>
    aVersion({
      id: `${prefix}v`,
      name: `${prefix.charAt(0)}${1 + (prefix.length % 3)}.${name.length % 10}`,
      projectKey: prefix,
      releaseOn,
    });
  const seen: Seen<Version>[] = [['2026-05-04T08:00:00Z', null] as const, ...dates].map(([when, on]) => ({
    at: at(when),
    value: version(on),
  }));
  const endedAt = monday - dayMs / 80;
  const pull = { source: 'jira', startedAt: endedAt - 60_000, endedAt, outcome: 'done', error: null } as const;
  return aHistory({
    settings: settings({ id: prefix, name, zone: 'Europe/Paris' }),
    items: [...pastWork(prefix, 6), ...items],
    versions: [seen],
    pulls: [{ ...pull, startedAt: at('2026-05-04T07:00:00Z'), endedAt: at('2026-05-04T08:00:00Z') }, pull],
  });
}

/** Accounts is late by six working days since Wednesday, and the shop waits for it. */
export function accountsProject(): ProjectHistory {
  const blocks = (key: string) => ({ links: [{ kind: 'blocks', key }] as const });
  const items = [
    open('ACC', 1, { summary: 'Customer accounts for other teams', ...blocks('SHO-1') }),
    open('ACC', 2, { summary: 'Address book', dueOn: '2026-12-01', ...blocks('SHO-2') }),
    open('ACC', 3, { summary: 'Consent records', links: [{ kind: 'blocked-by', key: 'SHO-3' }] }),
  ];
  return project('ACC', 'Accounts', items, [
    ['2026-06-15T08:00:00Z', '2026-12-02'],
    ['2026-11-18T08:00:00Z', '2026-12-10'],
  ]);
}

export function shopProject(): ProjectHistory {
  const waits = (...keys: readonly string[]) => ({ links: keys.map((key) => ({ kind: 'blocked-by', key }) as const) });
  const items = [
    open('SHO', 1, { summary: 'Pay with an account', ...waits('ACC-1') }),
    open('SHO', 2, { summary: 'Ship to another address', dueOn: '2026-11-27', ...waits('ACC-2') }),
    open('SHO', 3, { summary: 'Newsletter', ...waits('ACC-3') }),
  ];
  return project('SHO', 'Shop', items, [['2026-06-15T08:00:00Z', '2026-12-08']]);
}

/** Sixty of them, one in three in trouble. */
export function sixtyProjects(): readonly ProjectHistory[] {
  return Array.from({ length: 60 }, (_, index) =>
    project(
      `P${index}`,
      `Project ${index} ${'with a long name '.repeat(index % 4)}`,
      Array.from({ length: index % 3 === 0 ? 40 : 2 }, (__, number) =>
        open(`P${index}`, number + 1, {
          summary: `Summary ${'of many words '.repeat(number % 7)}`,
          links: [{ kind: 'blocked-by', key: `P${(index + 7) % 60}-1` }],
        }),
      ),
      [
        ['2026-06-15T08:00:00Z', '2026-12-08'],
        ['2026-11-18T08:00:00Z', index % 2 === 0 ? '2026-12-15' : '2026-12-08'],
      ],
    ),
  );
}
