import * as fc from '../../property.ts';
import { expect, it } from 'vitest';
import { measure } from '../../../src/core/metrics/measure.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import { buildBurnUp } from '../../../src/core/reports/charts/burn-up.ts';
import { buildBurndown } from '../../../src/core/reports/charts/burndown.ts';
import { buildChart } from '../../../src/core/reports/charts/build-chart.ts';
import { chartNames } from '../../../src/core/reports/charts/chart-names.ts';
import { dayMs } from '../../../src/core/time/instant.ts';
import { openZone } from '../../../src/core/time/zone.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { pictureOf } from '../../../src/render/chart/picture.ts';
import { aCalendar, aDoneItem, at } from '../../builders.ts';
import { aShop, later } from '../../core/metrics/delivery/a-shop.ts';
import { hourAt, randomProject } from '../../core/metrics/random-project.ts';
import { templates } from '../../shipped-templates.ts';

/** Deployed since the first day of the project. */
const shop = later(aShop(), Math.round((hourAt(0) - at('2026-01-06')) / dayMs));
/** Few of the projects have finished enough for a chart of their cycle times: each is given these. */
const finished = [1, 2, 3, 4, 5, 6].map((days) =>
  aDoneItem(`APO-10${days}`, {
    createdAt: '2025-12-20',
    startedAt: `2025-12-2${days}`,
    doneAt: '2026-01-05T01:00:00Z',
  }),
);

it('draws whatever a project may be like, at any time, in both languages', () => {
  const drawn = new Set<string>();
  fc.assert(
    fc.property(randomProject, fc.integer({ min: 24 * 2, max: 24 * 120 }), (project, hour) => {
      const known = project.known(hour);
      const history = { ...known, items: [...known.items, ...finished], services: [shop] };
      const view = viewAsOf(history, hourAt(hour), aCalendar());
      const metrics = measure(view);
      const input = { view, metrics, zone: openZone('America/New_York'), thresholds: defaultThresholds };
      const charts = [
        ...chartNames.map((name) => buildChart(name, input, null)),
        ...metrics.milestones.map((milestone) => buildBurnUp(input, milestone)),
        ...metrics.sprints.map((sprint) => buildBurndown(input, sprint, 'points')),
      ];
      for (const chart of charts) {
        if (chart === null) continue;
        drawn.add(chart.kind);
        for (const locale of templates.locales) {
          const { svg, alt } = pictureOf(templates, chart, locale);
          expect(`${svg} ${alt}`).not.toMatch(/NaN|Infinity|undefined|null/);
        }
      }
    }),
    { numRuns: 30 },
  );
  expect([...drawn].sort()).toEqual(chartNames.map((name) => `chart-${name}`).sort());
});
