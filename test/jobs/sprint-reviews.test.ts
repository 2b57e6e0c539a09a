import { afterEach, describe, expect, it } from 'vitest';
import type { Sprint } from '../../src/core/model/plan.ts';
import { deliverDue } from '../../src/jobs/posting/deliver.ts';
import { planSprintReviews } from '../../src/jobs/digests/plan-sprint-reviews.ts';
import { renderDueDigests } from '../../src/jobs/digests/render-digests.ts';
import { saveSubscription } from '../../src/store/subscriptions.ts';
import { endPull, startPull } from '../../src/store/pulls.ts';
import { saveSnapshots } from '../../src/store/snapshots.ts';
import { aSprint, at } from '../builders.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';

const config = `slack: { botToken: "\${TOKEN}", signingSecret: "\${SECRET}" }
sources: { files: { kind: jira-export, path: nowhere } }
projects: { APOLLO: { name: Apollo, scope: { source: files, project: APO }, channel: C1 } }
reports: [{ report: sprint-review, on: sprint-close, projects: all }]
`;

let stage: JobStage;
afterEach(() => stage.close());

/** A pull that shows these sprints; it stays open when `isOpen` says so. */
async function pullSprints(when: string, sprints: readonly Partial<Sprint>[], { isOpen = false } = {}): Promise<void> {
  const startedAt = at(when);
  const id = await startPull(stage.db, { source: 'files', projects: ['APOLLO'], startedAt });
  const seen = sprints.map((value) => ({ project: 'APOLLO', kind: 'sprint' as const, value: aSprint(value) }));
  await saveSnapshots(stage.db, 'files', seen, startedAt + 1000);
  if (!isOpen) await endPull(stage.db, id, { outcome: 'done', error: null, endedAt: startedAt + 60_000 });
}

async function wake(when: string): Promise<void> {
  stage.now = at(when);
  await planSprintReviews(stage);
  await renderDueDigests(stage);
  await deliverDue(stage, { signal: new AbortController().signal });
}

const running = (id: string): Partial<Sprint> => ({
  id,
  name: `Sprint ${id}`,
  state: 'active',
  startAt: at('2026-11-09T08:00:00Z'),
  activatedAt: at('2026-11-09T08:00:00Z'),
  endAt: at('2026-11-20T16:00:00Z'),
});
const closed = (id: string, completedAt: string): Partial<Sprint> => ({
  ...running(id),
  state: 'closed',
  completedAt: at(completedAt),
});
const keys = () => stage.poster.posted.filter(({ number }) => number === 0).map(({ key }) => key);

describe('reviews at the close of a sprint', () => {
  it('are posted, too, where somebody asked for them in Slack', async () => {
    stage = await openJobStage(config.replace(/reports:.*/, 'reports: []'), at('2026-11-10T08:00:00Z'));
    const wish = { report: 'sprint-review', subject: 'APOLLO', channel: 'C1', every: 'sprint-close' };
    await saveSubscription(stage.db, { ...wish, createdBy: 'U1', createdAt: stage.now });
    await wake('2026-11-10T08:00:00Z');
    await pullSprints('2026-11-10T08:10:00Z', [running('33')]);
    await pullSprints('2026-11-20T16:15:00Z', [closed('33', '2026-11-20T16:00:00Z')]);
    await wake('2026-11-20T16:20:00Z');
    expect(keys()).toEqual(['digest:sprint-review:APOLLO:C1:sprint 33']);
  });

  it('are posted once when a pull shows it closed, however often the worker wakes and the sprint is seen', async () => {
    stage = await openJobStage(config, at('2026-11-10T08:00:00Z'));
    await wake('2026-11-10T08:00:00Z');
    await pullSprints('2026-11-10T08:10:00Z', [running('33')]);
    await wake('2026-11-10T08:20:00Z');
    expect(keys()).toEqual([]);
    await pullSprints('2026-11-20T16:15:00Z', [closed('33', '2026-11-20T16:00:00Z')]);
    await wake('2026-11-20T16:20:00Z');
    await wake('2026-11-20T16:21:00Z');
    await pullSprints('2026-11-21T08:00:00Z', [{ ...closed('33', '2026-11-20T16:00:00Z'), name: 'Renamed' }]);
    await wake('2026-11-21T08:05:00Z');
    expect(keys()).toEqual(['digest:sprint-review:APOLLO:C1:sprint 33']);
  });

  it('wait for the end of the pull: the last changes of the items come after the sprint', async () => {
    stage = await openJobStage(config, at('2026-11-10T08:00:00Z'));
    await wake('2026-11-10T08:00:00Z');
    await pullSprints('2026-11-10T08:10:00Z', [running('33')]);
    await pullSprints('2026-11-20T16:15:00Z', [closed('33', '2026-11-20T16:00:00Z')], { isOpen: true });
    await wake('2026-11-20T16:16:00Z');
    expect(keys()).toEqual([]);
    await pullSprints('2026-11-20T16:30:00Z', []);
    await wake('2026-11-20T16:32:00Z');
    expect(keys()).toHaveLength(1);
  });

  it('come after an outage, but not those that are too old to be of use', async () => {
    stage = await openJobStage(config, at('2026-10-01T08:00:00Z'));
    await wake('2026-10-01T08:00:00Z');
    await pullSprints('2026-10-01T08:10:00Z', [running('31')]);
    await wake('2026-10-01T08:20:00Z');
    await pullSprints('2026-11-21T08:00:00Z', [
      closed('31', '2026-10-09T16:00:00Z'),
      closed('32', '2026-11-13T16:00:00Z'),
      closed('33', '2026-11-20T16:00:00Z'),
    ]);
    await wake('2026-11-21T08:05:00Z');
    expect(keys()).toEqual(['digest:sprint-review:APOLLO:C1:sprint 32', 'digest:sprint-review:APOLLO:C1:sprint 33']);
    const { state } = await stage.db
      .selectFrom('delivery')
      .select('state')
      .where('dedup_key', '=', 'digest:sprint-review:APOLLO:C1:sprint 31:0')
      .executeTakeFirstOrThrow();
    expect(state).toBe('expired');
  });

  it('are not owed for sprints that were closed before we looked', async () => {
    stage = await openJobStage(config, at('2026-11-16T08:00:00Z'));
    await wake('2026-11-16T08:00:00Z');
    await pullSprints('2026-11-16T08:01:00Z', [
      closed('32', '2026-11-06T16:00:00Z'),
      closed('33', '2026-11-15T16:00:00Z'),
    ]);
    await wake('2026-11-16T08:05:00Z');
    expect(keys()).toEqual(['digest:sprint-review:APOLLO:C1:sprint 33']);
  });
});
