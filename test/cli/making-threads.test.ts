import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { readConfigFiles } from '../../src/config/load.ts';
import { openMakingThreads } from '../../src/cli/making-threads.ts';
import type { MakingThreads } from '../../src/cli/making-threads.ts';
import { partOf } from '../../src/core/reports/project-sheet.ts';
import { made, makeHere } from '../../src/jobs/making/made.ts';
import type { MakingName } from '../../src/jobs/making/made.ts';
import type { Picture } from '../../src/render/document.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import type { SourceRecord } from '../../src/core/model/record.ts';
import { savePage } from '../../src/store/save-page.ts';
import { aPast, aVersion, at } from '../builders.ts';
import { doneDaily, recordsOf } from '../jobs/pull-items.ts';

let directory: string;
let app: App;
let threads: MakingThreads;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigie-making-'));
  writeFileSync(
    join(directory, 'vigie.yaml'),
    `sources: { files: { kind: jira-export, path: ${directory} } }
projects: { APO: { name: Apollo, scope: { source: files, project: APO } } }
`,
  );
  const environment = { DATABASE_URL: `file:${join(directory, 'vigie.db')}`, LOG_LEVEL: 'fatal' };
  app = await openApp({ config: directory, environment, needs: ['words'], log: silentLogger });
  await savePage(app.db, 'files', { records: records(), cursor: {} }, at('2026-11-20T07:00:00Z'));
  threads = openMakingThreads({ config: directory, environment });
});
afterAll(async () => {
  await threads.stop();
  await app.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A team that finishes an item a day, and a version with open items. */
function records(): readonly SourceRecord[] {
  const open = [1, 2].map((n) =>
    aPast({ key: `APO-${n}`, createdAt: at('2026-08-03T09:00:00Z'), fixVersionIds: ['900'] }),
  );
  const versions = [aVersion({ id: '900', name: '1.0', releaseOn: '2026-12-18' })];
  return recordsOf('APO', [...doneDaily(60), ...open], versions);
}

const about = { project: 'APO', asOf: at('2026-11-23T08:00:00Z'), zone: 'Europe/Paris' };
const asks: readonly (readonly [MakingName, object])[] = [
  ...(['status', 'milestones', 'risks', 'sprint', 'capacity', 'budget', 'delivery', 'forecast'] as const).map(
    (name) => ['partAt', { ...about, name }] as const,
  ),
  ['forecast', { ...about, milestone: '1.0', by: null, items: null }],
  ['forecast', { ...about, milestone: null, by: '2026-12-11', items: 7 }],
  ['forecast', { ...about, milestone: 'no such', by: null, items: null }],
  ['explanation', { ...about, asked: 'cycleTimeDays' }],
  ['explanation', { ...about, asked: 'period' }],
  ['chart', { ...about, name: 'cumulative-flow' }],
  ['projectDigest', about],
  ['portfolioDigest', { ...about, projects: ['APO'] }],
];

describe('what is made in a thread of its own', () => {
  it.each(asks)('of %s %j is what it is here', async (name, ask) => {
    const [here, there] = [await makeHere(app, name, ask), await threads.elsewhere(name, ask)];
    expect(there).toEqual(here);
    expect(JSON.stringify(there)).toBe(JSON.stringify(here));
  });

  it('is drawn there too, to the same pixels', async () => {
    const chart = await makeHere(app, 'chart', { ...about, name: 'cumulative-flow' });
    const [there] = (await threads.elsewhere('pictures', { charts: [chart], locale: 'fr' })) as readonly Picture[];
    const [here] = (await makeHere(app, 'pictures', { charts: [chart], locale: 'fr' })) as readonly Picture[];
    expect(there).toEqual(here);
    const pixels = await threads.elsewhere('png', { svg: there!.svg });
    expect(
      Buffer.from(pixels as Uint8Array)
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    const pixelsHere = await makeHere(app, 'png', { svg: here!.svg });
    expect(Buffer.compare(pixels as Uint8Array, pixelsHere as Uint8Array)).toBe(0);
  });

  it('keeps the newest answers where everybody reads them', async () => {
    const kept = await made({ ...app, elsewhere: threads.elsewhere }, 'sheet', { project: 'APO' });
    expect(kept.sheet.status.project).toEqual({ id: 'APO', name: 'Apollo' });
    expect(await app.db.selectFrom('sheet').select(['project', 'made_at']).execute()).toEqual([
      { project: 'APO', made_at: kept.madeAt },
    ]);
  });

  it('is of each answer what the whole sheet of that moment tells, with its pictures', async () => {
    const kept = await made(app, 'sheet', { project: 'APO' });
    const names = ['status', 'milestones', 'risks', 'sprint', 'capacity', 'budget', 'delivery', 'forecast'] as const;
    for (const name of names) {
      const part = await made(app, 'partAt', { project: 'APO', asOf: kept.madeAt, name });
      expect(part).toEqual(partOf(kept.sheet, name));
    }
  });

  it('is made once for all who ask for it at the same time', async () => {
    const ask = { ...about, asked: 'cycleTimeDays' };
    const [one, other] = [threads.elsewhere('explanation', ask), threads.elsewhere('explanation', { ...ask })];
    expect(await one).toBe(await other);
  });

  it('does not mind what becomes of the files of the config, nor a database that comes later', async () => {
    const home = join(directory, 'later');
    const environment = { DATABASE_URL: `file:${join(home, 'data', 'vigie.db')}`, LOG_LEVEL: 'fatal' };
    const config = readConfigFiles(directory);
    const late = openMakingThreads({ config, environment });
    try {
      const yaml = readFileSync(join(directory, 'vigie.yaml'), 'utf8');
      writeFileSync(join(directory, 'vigie.yaml'), 'nonsense: true\n');
      writeFileSync(home, 'no folder');
      await expect(late.elsewhere('partAt', { ...about, name: 'status' })).rejects.toThrow(/later|database/);
      rmSync(home);
      expect(await late.elsewhere('partAt', { ...about, name: 'status' })).toMatchObject({
        answer: { project: { name: 'Apollo' } },
      });
      writeFileSync(join(directory, 'vigie.yaml'), yaml);
    } finally {
      await late.stop();
    }
  });

  it('that fails says why, and the next one is made', async () => {
    await expect(threads.elsewhere('sheet', { project: 'NOBODY' })).rejects.toThrow(/NOBODY|undefined/);
    expect(await threads.elsewhere('partAt', { ...about, name: 'status' })).toMatchObject({
      answer: { project: { id: 'APO' } },
    });
  });
});
