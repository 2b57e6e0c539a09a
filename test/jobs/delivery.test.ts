import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryHistory } from '../../src/core/model/delivery.ts';
import type { SourceRecord } from '../../src/core/model/record.ts';
import { evaluateProject } from '../../src/jobs/alerts/evaluate-alerts.ts';
import { readAlerts } from '../../src/store/alerts.ts';
import { endPull, startPull } from '../../src/store/pulls.ts';
import { savePage } from '../../src/store/save-page.ts';
import { at } from '../builders.ts';
import { aShop, later } from '../core/metrics/delivery/a-shop.ts';
import { sam } from '../demo/slack/stage.ts';
import { openSlackStage } from './slack-stage.ts';
import type { SlackStage } from './slack-stage.ts';

const apollo = 'C0APOLLO';
/** Slow and failing since a good three weeks. */
const shop = later(aShop(), 182);
let stage: SlackStage;
beforeAll(async () => {
  stage = await openSlackStage({ apollo: ', delivery: { source: files, service: shop }' });
  await savePage(stage.app.db, 'files', { records: recordsOf(shop), cursor: {} }, at('2026-11-24T06:10:00Z'));
});
afterAll(() => stage.close());

function recordsOf({ service, commits, pullRequests = [], deployments, incidents }: DeliveryHistory): SourceRecord[] {
  return [
    ...commits.map((commit) => ({ kind: 'commit', service, commit }) as const),
    ...pullRequests.map((pullRequest) => ({ kind: 'pull-request', service, pullRequest }) as const),
    ...deployments.map((deployment) => ({ kind: 'deployment', deployment }) as const),
    ...incidents.map((incident) => ({ kind: 'incident', incident }) as const),
  ];
}

const own = () => stage.slack.messages(apollo, sam.id).filter(({ onlyFor }) => onlyFor === sam.id);

describe('delivery in Slack', () => {
  it('answers /pmo dora with the figures of the service, its trend and its newest deployments', async () => {
    await stage.slack.command({ user: sam.id, channel: apollo, text: 'dora apollo as-of 2026-11-23' });
    await expect.poll(() => own().length).toBeGreaterThan(0);
    const words = JSON.stringify(own()[0]!.blocks);
    expect(words).toMatch(/deployments a week/);
    expect(words).toMatch(/Changes take longer/);
    expect(words).toMatch(/run-37/);
  });

  it('posts one alert when it gets worse on two days in a row, with the evidence', async () => {
    const { app } = stage;
    for (const day of ['2026-11-26', '2026-11-27']) {
      const id = await startPull(app.db, { source: 'files', projects: ['APOLLO'], startedAt: at(`${day}T06:00:00Z`) });
      await endPull(app.db, id, { outcome: 'done', error: null, endedAt: at(`${day}T06:01:00Z`) });
      const dueAt = at(`${day}T11:00:00Z`);
      await evaluateProject(app, await readAlerts(app.db, 'APOLLO', dueAt), { at: dueAt, dueAt });
    }
    await stage.service.round();
    const alerts = stage.slack.messages(apollo).filter(({ text }) => text.includes('Delivery has become worse'));
    expect(alerts).toHaveLength(1);
    const words = JSON.stringify(alerts[0]!.blocks);
    expect(words).toMatch(/a change takes 5\.\d days to reach the users/);
    expect(words).toMatch(/chance that this is no accident/);
    expect(words).toMatch(/shop#\d+/);
    expect(words).not.toMatch(/missing the date/);
  });
});
