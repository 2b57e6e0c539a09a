import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { forbiddenImports, readSources, roomsOf, toolsThatKnowOthers, upwardImports } from './architecture.ts';

const root = new URL('../', import.meta.url).pathname;
const sources = readSources(`${root}src`);
const map = readFileSync(`${root}src/README.md`, 'utf8');
const top = roomsOf(map, '# The map');
const rooms: readonly (readonly [string, readonly string[]])[] = [
  ['core', roomsOf(map, 'Inside `core`')],
  ['jobs', roomsOf(map, 'Inside `jobs`')],
];

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

describe('the rooms of a folder, in the order of the map', () => {
  it.each(rooms)('%s: none imports one that comes after it', (folder, order) => {
    expect(upwardImports(sources, folder, order)).toEqual([]);
  });

  it.each([
    ['core', 'core/model/plan.ts', "import type { ProjectView } from '../view/view.ts';"],
    ['core', 'core/metrics/forecast/when.ts', "import { assess } from '../../findings/assess.ts';"],
    ['core', 'core/guesses/guess.ts', ''],
    ['jobs', 'jobs/context.ts', "import type { Target } from './targets/digest-target.ts';"],
    ['jobs', 'jobs/making/made.ts', "import { work } from '../worker.ts';"],
  ])('sees a planted violation in %s: %s: %s', (folder, path, text) => {
    const [, order] = rooms.find(([name]) => name === folder)!;
    expect(upwardImports([{ path, text }], folder, order)).toHaveLength(1);
  });
});

describe('the map', () => {
  const at = (folder: string) => readdirSync(`${root}src/${folder}`, { withFileTypes: true });
  const foldersIn = (folder: string) =>
    at(folder)
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);

  it.each([['', top] as const, ...rooms])(
    'names each folder in src/%s, and none that is not there',
    (folder, named) => {
      expect(named.filter((name) => !/\.(ts|js)$/.test(name)).sort()).toEqual(foldersIn(folder).sort());
    },
  );

  it('names each file at the top', () => {
    const files = at('').flatMap((entry) => (entry.isFile() && entry.name !== 'README.md' ? [entry.name] : []));
    expect(top.filter((name) => /\.(ts|js)$/.test(name)).sort()).toEqual(files.sort());
  });

  it('names no file that is not there', () => {
    const names = [...map.matchAll(/`([a-z/-]+\.(?:ts|js))`/g)].map(([, name]) => name!);
    const there = readdirSync(root, { recursive: false, encoding: 'utf8' }).concat(
      ['src', 'test', 'bench'].flatMap((folder) =>
        readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
      ),
    );
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !there.some((path) => `/${path}`.endsWith(`/${name}`)))).toEqual([]);
  });
});

describe('one folder a tool', () => {
  it('knows no other tool', () => {
    expect(toolsThatKnowOthers(sources)).toEqual([]);
  });

  it('sees a planted violation', () => {
    const text = "import { normalizeIssue } from '../gitlab/normalize-issue.ts';";
    expect(toolsThatKnowOthers([{ path: 'sources/github/pull.ts', text }])).toHaveLength(1);
  });
});
