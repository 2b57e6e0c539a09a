import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWorker } from '../../src/jobs/worker.ts';
import type { Worker } from '../../src/jobs/worker.ts';
import { readSheet } from '../../src/store/sheets.ts';
import { at } from '../builders.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';

let stage: JobStage;
let worker: Worker;
beforeEach(async () => {
  const yaml = `zone: Europe/Paris
sources: { files: { kind: jira-export, path: /nowhere } }
sync: { every: "0 0 1 1 *" }
projects:
  APOLLO: { scope: { source: files, project: APO } }
  HERMES: { scope: { source: files, project: HER }, zone: America/New_York }
`;
  stage = await openJobStage(yaml, at('2026-11-24T20:00:00Z'));
  worker = startWorker(stage);
});
afterEach(async () => {
  await worker.stop();
  await stage.close();
});

const dayOf = async (project: string) => (await readSheet(stage.db, project))?.day;
const roundAt = async (instant: string) => {
  stage.now = at(instant);
  await worker.round();
  return [await dayOf('APOLLO'), await dayOf('HERMES')];
};

it('makes the answers of a new day as soon as it has begun where the project is, and not before', async () => {
  expect(await roundAt('2026-11-24T20:00:00Z')).toEqual(['2026-11-24', '2026-11-24']);
  expect(await roundAt('2026-11-24T22:59:00Z')).toEqual(['2026-11-24', '2026-11-24']);
  expect(await roundAt('2026-11-24T23:00:30Z')).toEqual(['2026-11-25', '2026-11-24']);
  expect(await roundAt('2026-11-25T05:00:30Z')).toEqual(['2026-11-25', '2026-11-25']);
});
