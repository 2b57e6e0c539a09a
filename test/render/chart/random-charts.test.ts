import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { measure } from '../../../src/core/metrics/measure.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import { buildBurnUp } from '../../../src/core/reports/charts/burn-up.ts';
import { buildBurndown } from '../../../src/core/reports/charts/burndown.ts';
import { buildChart, chartNames } from '../../../src/core/reports/charts/build-chart.ts';
import { openZone } from '../../../src/core/time/zone.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { pictureOf } from '../../../src/render/chart/picture.ts';
import { loadTemplates } from '../../../src/render/templates.ts';
import { aCalendar } from '../../builders.ts';
import { hourAt, randomProject } from '../../core/metrics/random-project.ts';

const templates = loadTemplates([new URL('../../../templates', import.meta.url).pathname]);

it('draws whatever a project may be like, at any time, in both languages', () => {
  const drawn = new Set<string>();
  fc.assert(
    fc.property(randomProject, fc.integer({ min: 24 * 2, max: 24 * 120 }), (project, hour) => {
      const view = viewAsOf(project.known(hour), hourAt(hour), aCalendar());
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
    { numRuns: 60, seed: 7 },
  );
  expect([...drawn].sort()).toEqual(chartNames.map((name) => `chart-${name}`).sort());
}, 60_000);
