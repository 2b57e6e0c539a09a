import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobContext } from '../../src/jobs/context.ts';
import { refreshSheets } from '../../src/jobs/making/make-sheet.ts';
import { measureAhead } from '../../src/jobs/making/measure-ahead.ts';
import { measureProject } from '../../src/jobs/making/measure-project.ts';
import { createRecentViews } from '../../src/jobs/recent-views.ts';
import type { RecentViews } from '../../src/jobs/recent-views.ts';
import { savePage } from '../../src/store/save-page.ts';
import { aPast, at } from '../builders.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';
import { recordsOf } from './pull-items.ts';

const config = `sources: { files: { kind: jira-export, path: nowhere } }
projects: { APOLLO: { name: Apollo, scope: { source: files, project: APO } } }
`;
const [monday, tuesday] = [at('2026-11-23T08:00:00Z'), at('2026-11-24T08:00:00Z')];

let stage: JobStage;
let context: JobContext;
beforeEach(async () => {
  stage = await openJobStage(config, tuesday);
  context = { ...stage, recent: createRecentViews() };
  await save('APO-1');
});
afterEach(() => stage.close());

async function save(key: string): Promise<void> {
  const records = recordsOf('APOLLO', [aPast({ key, createdAt: at('2026-11-02T09:00:00Z') })]);
  await savePage(stage.db, 'files', { records, cursor: {} }, at('2026-11-20T07:00:00Z'));
}

describe('what was measured a short while ago', () => {
  it('is not measured again, instant by instant, in the order that is asked for', async () => {
    const [first] = await measureProject(context, 'APOLLO', [monday]);
    const [later, again] = await measureProject(context, 'APOLLO', [tuesday, monday]);
    expect(again).toBe(first);
    expect(later!.view.asOf).toBe(tuesday);
    expect((await measureProject(context, 'APOLLO', [tuesday]))[0]).toBe(later);
  });

  it('is measured again once something else is stored, or the project is read otherwise', async () => {
    const [first] = await measureProject(context, 'APOLLO', [monday]);
    const thresholds = { ...stage.config.thresholds, digest: { ...stage.config.thresholds.digest, next: 1 } };
    const [other] = await measureProject({ ...context, config: { ...stage.config, thresholds } }, 'APOLLO', [monday]);
    expect(other).not.toBe(first);
    await save('APO-2');
    const [anew] = await measureProject(context, 'APOLLO', [monday]);
    expect(anew!.view.items.map(({ key }) => key)).toEqual(['APO-1', 'APO-2']);
  });

  it('may have been measured ahead, for the very moment of the answers that are kept', async () => {
    const recent = createRecentViews();
    const kept: number[] = [];
    const watched: RecentViews = {
      find: (key) => recent.find(key),
      keep(key, measured) {
        kept.push(key.asOf);
        recent.keep(key, measured);
      },
    };
    expect(await refreshSheets(stage)).toEqual(['APOLLO']);
    stage.now = tuesday + 60_000;
    await measureAhead({ ...context, recent: watched }, { projects: ['APOLLO'] });
    const [asked] = await measureProject({ ...context, recent: watched }, 'APOLLO', [tuesday]);
    expect(asked!.view.asOf).toBe(tuesday);
    // With the beginning of the period that a digest would tell.
    expect(kept).toEqual([tuesday, tuesday - 7 * 86_400_000]);
  });

  it('is measured each time where nothing is kept', async () => {
    const [first] = await measureProject(stage, 'APOLLO', [monday]);
    expect((await measureProject(stage, 'APOLLO', [monday]))[0]).not.toBe(first);
  });
});
