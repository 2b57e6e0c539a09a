import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { startService } from '../../src/cli/start.ts';
import type { Service } from '../../src/cli/start.ts';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { evaluateProject, pastEvaluations } from '../../src/jobs/evaluate-alerts.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { eventsPath } from '../../src/slack/receiver.ts';
import { listDecisions, readAlerts } from '../../src/store/alerts.ts';
import { savePage } from '../../src/store/save-page.ts';
import { aDoneItem, aPast, aVersion, at, statuses } from '../builders.ts';
import { claire, openStage, sam } from '../demo/slack/stage.ts';

const channel = 'C0APOLLO';
/** A Wednesday noon; the version was moved on Tuesday. */
const noon = at('2026-11-25T11:00:00Z');

let directory: string;
let slack: SlackServer;
let app: App;
let service: Service;

/** The worker's path to the channel: database, outbox, HTTP, Slack; the buttons back over signed HTTP into Bolt. */
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigie-buttons-'));
  slack = await openStage();
  writeFileSync(
    join(directory, 'vigie.yaml'),
    `slack: { botToken: "\${BOT_TOKEN}", signingSecret: "\${SIGNING_SECRET}", apiUrl: "${slack.apiUrl}" }
zone: Europe/Paris
http: { port: 0 }
sources: { files: { kind: jira-export, path: ${directory} } }
sync: { every: "0 0 1 1 *" }
projects: { APOLLO: { name: Apollo, scope: { source: files, project: APO }, channel: ${channel} } }
`,
  );
  app = await openApp({
    config: directory,
    environment: {
      BOT_TOKEN: slack.bot.botToken,
      SIGNING_SECRET: slack.bot.signingSecret,
      DATABASE_URL: `file:${join(directory, 'vigie.db')}`,
    },
    needs: ['slack', 'words'],
    log: silentLogger,
  });
  await pull('2026-12-18', '2026-11-16T07:00:00Z');
  await pull('2027-01-29', '2026-11-24T06:00:00Z');
  await evaluate(noon);
  // The service looks at the real time: what is due by then is not what is tested here.
  await app.db
    .updateTable('alert_state')
    .set({ last_due: at('2999-01-01T00:00:00Z') })
    .execute();
  service = await startService(app, '0');
  slack.requestUrl = `${service.url}${eventsPath}`;
  await service.round();
});
afterEach(async () => {
  await service.stop();
  await app.close();
  await slack.close();
  rmSync(directory, { recursive: true, force: true });
});

async function evaluate(until: number): Promise<void> {
  const [dueAt] = pastEvaluations(app, 'APOLLO', until, 1);
  await evaluateProject(app, await readAlerts(app.db, 'APOLLO', dueAt!), { at: dueAt!, dueAt: dueAt! });
}

async function pull(releaseOn: `${number}-${number}-${number}`, seenAt: string): Promise<void> {
  const done = Array.from({ length: 20 }, (_, index) =>
    aDoneItem(`APO-${100 + index}`, { createdAt: '2026-08-03T09:00:00Z', doneAt: '2026-10-05T15:00:00Z' }),
  );
  const open = aPast({
    key: 'APO-1',
    createdAt: at('2026-08-03T09:00:00Z'),
    fixVersionIds: ['900'],
    summary: '<!channel> <https://evil.example|PROJ-1> *Land*',
  });
  await savePage(
    app.db,
    'files',
    {
      records: [
        ...Object.values(statuses).map((status) => ({ kind: 'status', status }) as const),
        { kind: 'version', scope: 'APOLLO', version: aVersion({ id: '900', name: '<!here> 1.0', releaseOn }) },
        ...[...done, open].flatMap(({ item, changes }) => [
          { kind: 'item', scope: 'APOLLO', item } as const,
          { kind: 'history', itemId: item.id, changes, isComplete: true } as const,
        ]),
      ] as Parameters<typeof savePage>[2]['records'],
      cursor: {},
    },
    at(seenAt),
  );
}

const alert = () => slack.messages(channel, sam.id)[0]!;
const words = (message = alert()) => JSON.stringify(message.blocks);
const buttons = () => [...words().matchAll(/"action_id":"(alert-\w+)"/g)].map(([, action]) => action);
const press = (user: { id: string }, action: string) =>
  slack.interact({ user: user.id, channel, messageTs: alert().ts, actionId: action });
const heard = async (user: { id: string }, count: number) => {
  const own = () => slack.messages(channel, user.id).filter(({ onlyFor }) => onlyFor === user.id);
  await expect.poll(() => own().length, { timeout: 20_000 }).toBe(count);
  return own().at(-1)!;
};

describe('buttons of an alert', () => {
  it('acknowledge it once, in the message, the log and the state, however often they are pressed', async () => {
    expect(alert().text).toBe('▲ Apollo · Milestone slipped — &lt;!here&gt; 1.0 moved from 18 Dec to 29 Jan 2027');
    expect(buttons()).toEqual(['alert-acknowledge', 'alert-snooze', 'alert-why']);
    const { ts } = alert();
    expect(await press(sam, 'alert-acknowledge')).toMatchObject({ ok: true, status: 200 });
    await expect.poll(() => words(), { timeout: 20_000 }).toContain(`Acknowledged by ${sam.name}`);
    expect([alert().ts, buttons()]).toEqual([ts, ['alert-why']]);
    const decisions = await listDecisions(app.db, 'APOLLO');
    expect(decisions).toMatchObject([{ actor: sam.id, kind: 'acknowledged', episode: '2026-11-25' }]);
    const { state } = await readAlerts(app.db, 'APOLLO', 0);
    expect(Object.values(state.incidents)).toMatchObject([{ acknowledgedAt: decisions[0]!.at }]);
    expect(slack.violations).toEqual([]);
  });

  it('tell the second of two who press at once who was first', async () => {
    await Promise.all([press(sam, 'alert-acknowledge'), press(claire, 'alert-acknowledge')]);
    await expect.poll(() => words(), { timeout: 20_000 }).toMatch(/Acknowledged by/);
    const whispers = () =>
      [sam, claire].flatMap(({ id }) => slack.messages(channel, id).filter(({ onlyFor }) => onlyFor === id));
    await expect
      .poll(() => whispers().map(({ text }) => text), { timeout: 20_000 })
      .toEqual([expect.stringMatching(/nothing has changed|rien n’a changé/)]);
    expect(await listDecisions(app.db, 'APOLLO')).toHaveLength(1);
  });

  it('keep it quiet for three working days', async () => {
    await press(sam, 'alert-snooze');
    await expect.poll(() => words(), { timeout: 20_000 }).toContain('Quiet until');
    const [decision] = await listDecisions(app.db, 'APOLLO');
    const { until } = decision!.detail as { until: number };
    expect(decision).toMatchObject({ actor: sam.id, kind: 'snoozed' });
    expect(until).toBeGreaterThan(decision!.at + 2 * 86_400_000);
    expect(buttons()).toEqual(['alert-acknowledge', 'alert-why']);
  });

  it('tell the person alone why, in their language, with the text of others as text', async () => {
    await press(claire, 'alert-why');
    const answer = await heard(claire, 1);
    expect(answer.text).toMatch(/^Apollo · Jalon décalé/);
    expect(words(answer)).toContain('Ce qui s’est passé');
    expect(slack.messages(channel, sam.id).filter(({ onlyFor }) => onlyFor !== null)).toEqual([]);
    for (const said of [words(answer), words()]) {
      expect(said).not.toMatch(/"type":"(broadcast|link)"[^}]*evil|"type":"broadcast"/);
    }
  });

  it('are no answer to what is over', async () => {
    const { ts } = alert();
    const kept = await readAlerts(app.db, 'APOLLO', 0);
    const incidents = Object.entries(kept.state.incidents).map(([key, one]) => [key, { ...one, state: 'resolved' }]);
    await app.db
      .updateTable('alert_state')
      .set({ state: JSON.stringify({ ...kept.state, incidents: Object.fromEntries(incidents) as object }) })
      .execute();
    await slack.interact({ user: sam.id, channel, messageTs: ts, actionId: 'alert-acknowledge' });
    expect((await heard(sam, 1)).text).toMatch(/^This alert is over/);
    expect(await listDecisions(app.db, 'APOLLO')).toEqual([]);
  });
});
