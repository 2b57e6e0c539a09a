import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { startService } from '../../src/cli/start.ts';
import type { Service } from '../../src/cli/start.ts';
import { startWorkerThread } from '../../src/cli/worker-thread.ts';
import { listPulls } from '../../src/store/pulls.ts';

let directory: string;
let app: App;
let service: Service;
let told: string[];
let madeAnew: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigie-thread-'));
  told = [];
  madeAnew = [];
});
afterEach(async () => {
  await service.stop();
  await app.close();
  rmSync(directory, { recursive: true, force: true });
});

const issue = {
  id: '1',
  key: 'APO-1',
  fields: {
    summary: 'First',
    created: '2026-11-02T09:00:00.000+0000',
    updated: '2026-11-02T09:00:00.000+0000',
    status: { id: '1', name: 'To Do', statusCategory: { key: 'new' } },
    issuetype: { id: '1', name: 'Story', subtask: false },
    project: { id: '1', key: 'APO' },
  },
};

/** A service whose worker is in a thread; the thread reads this config by itself. */
async function start(yaml: string): Promise<void> {
  const environment = { DATABASE_URL: `file:${join(directory, 'vigie.db')}`, LOG_LEVEL: 'fatal' };
  const note = (_: object, message: string) => void told.push(message);
  const onMadeAnew = (projects: readonly string[]) => void madeAnew.push(...projects);
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: note };
  writeFileSync(join(directory, 'vigie.yaml'), 'locale: en\n');
  app = await openApp({ config: directory, environment, needs: ['words'], log });
  writeFileSync(join(directory, 'vigie.yaml'), yaml);
  service = await startService(app, '0', () => startWorkerThread({ config: directory, environment, log, onMadeAnew }));
}

const ready = async () => {
  const response = await fetch(`${service.healthUrl}/readyz`);
  return (await response.json()) as { checks: Record<string, string> };
};

describe('the worker in a thread of its own', () => {
  it('does its rounds on the same database, and is over when the service is', async () => {
    writeFileSync(join(directory, 'issues.jsonl'), `${JSON.stringify(issue)}\n`);
    await start(
      `sources: { files: { kind: jira-export, path: ${directory} } }\nprojects: { APO: { name: Apollo, scope: { source: files, project: APO } } }\n`,
    );
    expect((await ready()).checks).toMatchObject({ worker: 'ok' });
    await service.round();
    expect(await listPulls(app.db, 'APO')).toMatchObject([{ outcome: 'done' }]);
    expect(await app.db.selectFrom('sheet').select('project').execute()).toEqual([{ project: 'APO' }]);
    expect(told).toEqual([]);
    // Messages come in order: this one before that of the round.
    expect(madeAnew).toEqual(['APO']);
    await service.stop();
    await expect
      .poll(() =>
        fetch(`${service.healthUrl}/readyz`).then(
          () => 'up',
          () => 'down',
        ),
      )
      .toBe('down');
  });

  it('that falls is told, is no longer ready, and keeps nobody waiting', async () => {
    await start('projects: { APO: { scope: { source: nowhere, project: APO } } }\n');
    await service.round();
    await expect.poll(() => told.join()).toMatch(/the worker has failed.*started again/);
    expect((await ready()).checks).toMatchObject({ worker: 'not running' });
    await service.round();
  });
});
