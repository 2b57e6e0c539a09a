import { afterEach, describe, expect, it } from 'vitest';
import { forgetRequests } from '../../src/jobs/workspaces/forget-requests.ts';
import { takeOnce } from '../../src/store/inbox.ts';
import { at } from '../builders.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';

let stage: JobStage;
afterEach(() => stage.close());

const start = at('2026-11-24T08:00:00Z');
const dayMs = 86_400_000;

describe('requests that were taken', () => {
  it('are remembered for a week, and then let go, once a day', async () => {
    stage = await openJobStage('locale: en\n', start);
    const isNew = (id: string) => takeOnce(stage.db, { source: 'slack', id, at: stage.now });
    await forgetRequests(stage);
    expect(await isNew('old')).toBe(true);
    stage.now = start + 6 * dayMs;
    expect(await forgetRequests(stage)).toBe(true);
    expect(await isNew('old')).toBe(false);
    expect(await isNew('young')).toBe(true);
    stage.now = start + 6.5 * dayMs;
    expect(await forgetRequests(stage)).toBe(false);
    stage.now = start + 8 * dayMs;
    expect((await Promise.all([forgetRequests(stage), forgetRequests(stage)])).filter(Boolean)).toHaveLength(1);
    expect([await isNew('old'), await isNew('young')]).toEqual([true, false]);
  });
});
