import { describe, expect, it } from 'vitest';
import { explainMilestone } from '../../src/core/explain/explain-milestone.ts';
import { measure } from '../../src/core/metrics/measure.ts';
import { defaultForecast } from '../../src/core/model/forecast-settings.ts';
import type { ItemHistory } from '../../src/core/model/project.ts';
import { defaultThresholds } from '../../src/core/model/thresholds.ts';
import type { AnswerInput } from '../../src/core/reports/answer-input.ts';
import type { AnyReport } from '../../src/core/reports/any-report.ts';
import { buildProjectCapacity } from '../../src/core/reports/project-capacity.ts';
import { buildProjectForecast } from '../../src/core/reports/project-forecast.ts';
import { teamCapacityOf } from '../../src/core/reports/team-loads.ts';
import { openZone } from '../../src/core/time/zone.ts';
import { viewAsOf } from '../../src/core/view/as-of.ts';
import { loadTemplates, render, renderTemplate } from '../../src/render/templates.ts';
import { toText } from '../../src/render/text.ts';
import { aCalendar, aHistory, aVersion, at, settings } from '../builders.ts';
import { finishedBy, firstMonday, openFor, teamsBy } from '../core/metrics/teams/team-projects.ts';
import { digestOf, statusOf } from './digest-samples.ts';

const templates = loadTemplates([new URL('../../templates', import.meta.url).pathname]);
const asOf = at('2026-05-25T08:30:00Z');
const weekBefore = at('2026-05-18T08:30:00Z');
const steady = (count: number, weeks = 20) => Array.from({ length: weeks }, () => count);

function historyOf(items: readonly ItemHistory[], pool: 'own' | 'shared' = 'own') {
  const release = aVersion({ id: '1', name: 'Release 2', releaseOn: '2026-06-19' });
  return aHistory({
    items,
    settings: settings({
      teams: teamsBy(['Web', 'Payments'], { pool }),
      forecast: { ...defaultForecast, growth: 'none' },
    }),
    versions: [[{ at: at(`${firstMonday}T08:00:00Z`), value: release }]],
    pulls: ['2026-01-05T08:00:00Z', '2026-05-25T08:00:00Z'].map((end) => ({
      source: 'jira',
      startedAt: at(end) - 60_000,
      endedAt: at(end),
      outcome: 'done',
      error: null,
    })),
  });
}

const web = finishedBy('Web', [6, 3, 8, 2, 5, 9, 1, 6, 4, 7, 3, 8, 5, 2, 7, 4, 6, 3, 8, 3]);
const payments = finishedBy('Payments', [...steady(2, 10), ...steady(3, 10)], { from: 3000 });
const open = [...openFor('Web', 12, { from: 100 }), ...openFor('Payments', 14, { from: 200 })];

interface Case {
  readonly items: readonly ItemHistory[];
  readonly pool?: 'own' | 'shared';
}

/** Teams in words: digests up to their threads, short answers whole. */
function textsOf({ items, pool = 'own' }: Case, locale: string): string {
  const history = historyOf(items, pool);
  const view = viewAsOf(history, asOf, aCalendar('Europe/Paris'));
  const metrics = measure(view);
  const input: AnswerInput = {
    view,
    metrics,
    zone: openZone('Europe/Paris'),
    thresholds: defaultThresholds,
    urlOf: () => null,
  };
  const capacity = buildProjectCapacity(input);
  const figures = metrics.milestones.find(({ id }) => id === '1')!;
  const text = (report: AnyReport) => toText(render(templates, report, locale));
  const [digest] = text(digestOf(history, { asOf, since: weekBefore })).split(/^─+$/m);
  const explanation = explainMilestone(view, {
    figures,
    definitions: metrics.definitions,
    thresholds: defaultThresholds.health,
  });
  return [
    digest!,
    text(statusOf(history, asOf)),
    text(buildProjectForecast(input, { milestone: null, by: null, items: null })!),
    text(capacity),
    ...capacity.teams!.flatMap(({ team }) => (team === null ? [] : [text(teamCapacityOf(capacity, team)!)])),
    toText(renderTemplate(templates, 'milestone-explanation', explanation, locale)),
  ].join(`\n${'='.repeat(40)}\n`);
}

const cases: Readonly<Record<string, Case>> = {
  'one-decides': { items: [...web, ...payments, ...open] },
  'not-shared-out': {
    items: [...web, ...payments, ...openFor('Web', 8, { from: 100 }), ...openFor(null, 22, { from: 300 })],
  },
  'a-new-team': { items: [...web, ...open, ...finishedBy('Payments', [...steady(0, 18), 1, 1], { from: 3000 })] },
  'a-silent-team': {
    items: [...web, ...open, ...finishedBy('Payments', [3, 3, 3, 3, ...steady(0, 16)], { from: 3000 })],
  },
  'one-pool': { items: [...web, ...payments, ...open], pool: 'shared' },
};

describe.each(['en', 'fr'])('teams in words, in %s', (locale) => {
  it.each(Object.entries(cases))('%s', async (name, one) => {
    await expect(textsOf(one, locale)).toMatchFileSnapshot(`golden/teams/${name}.${locale}.txt`);
  });
});

it('no team is named where none stands out, and none in a project without teams', () => {
  const even = [...web, ...payments, ...openFor('Web', 10, { from: 100 }), ...openFor('Payments', 6, { from: 200 })];
  for (const report of [statusOf(historyOf(even)), statusOf(aHistory({ items: even }))])
    expect(toText(render(templates, report, 'en'))).not.toMatch(/team/i);
});
