import { describe, expect, it } from 'vitest';
import { forbiddenImports, readSources } from './architecture.ts';

const sources = readSources(new URL('../src', import.meta.url).pathname);

describe('who may import whom', () => {
  it('holds for every file of src', () => {
    expect(sources.length).toBeGreaterThan(10);
    expect(forbiddenImports(sources)).toEqual([]);
  });

  it.each([
    ['core/metrics/flow.ts', "import { readFileSync } from 'node:fs';"],
    ['core/metrics/flow.ts', "import { z } from 'zod';"],
    ['core/time/day.ts', "import { systemClock } from '../../lib/clock.ts';"],
    ['core/reports/project-report.ts', "import type { Message } from '../../render/message.ts';"],
    ['lib/http.ts', "import type { Day } from '../core/time/day.ts';"],
    ['store/facts.ts', "import type { Page } from '../sources/source.ts';"],
    ['slack/app.ts', "import { deliver } from '../jobs/posting/deliver.ts';"],
    ['slack/app.ts', "export { render } from '../render/templates.ts';"],
    ['slack/app.ts', "const jobs = await import('../jobs/report.ts');"],
    ['config/load.ts', "import { openJira } from '../sources/jira/client.ts';"],
    ['demo/portfolio.ts', "import { openDatabase } from '../store/database.ts';"],
    ['jobs/report.ts', "import { createApp } from '../app.ts';"],
    ['helpers/thing.ts', ''],
  ])('sees a planted violation in %s: %s', (path, text) => {
    expect(forbiddenImports([{ path, text }])).toHaveLength(1);
  });

  it.each([
    ['sources/jira/index.ts', "import type { WorkItem } from '../../core/model/work-item.ts';"],
    ['config/schema.ts', "import { sourceKinds } from '../sources/registry.ts';"],
    [
      'jobs/pulling/sync.ts',
      "import type { Source } from '../sources/source.ts';\nimport { savePage } from '../store/facts.ts';",
    ],
    ['cli/run.ts', "import { createApp } from '../app.ts';"],
  ])('lets through what the table allows: %s', (path, text) => {
    expect(forbiddenImports([{ path, text }])).toEqual([]);
  });
});
