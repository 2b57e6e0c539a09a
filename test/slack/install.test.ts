import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { startService } from '../../src/cli/start.ts';
import type { Service } from '../../src/cli/start.ts';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { checkWorkspaces } from '../../src/jobs/workspaces/check-workspaces.ts';
import { deliverDue } from '../../src/jobs/posting/deliver.ts';
import { openInstallations } from '../../src/jobs/workspaces/installations.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { listInstallations } from '../../src/store/installations.ts';
import { enqueue, findDelivery } from '../../src/store/outbox.ts';
import { listTroubles } from '../../src/store/troubles.ts';
import { claire, heinz, openStage, sam } from '../demo/slack/stage.ts';

let directory: string;
let acme: SlackServer;
let globex: SlackServer;
let app: App;
let service: Service;

const secrets = {
  CLIENT_SECRET: 'a-client-secret-of-the-demo',
  STATE_SECRET: 'a-state-secret-of-ours',
  SIGNING_SECRET: 'a-signing-secret-of-the-demo',
  SEAL_SECRET: 'what-seals-the-tokens',
};

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigie-install-'));
  const app = { signingSecret: secrets.SIGNING_SECRET };
  acme = await openStage({ team: { name: 'Acme', id: 'T0ACME' }, app });
  globex = await openStage({
    team: { name: 'Globex', id: 'T0GLOBEX' },
    app: { ...app, botToken: 'xoxb-nobody' },
    users: [claire, heinz],
    channels: [{ id: 'C0ZEUS', name: 'zeus' }],
  });
  acme.join(globex);
});
afterEach(async () => {
  await service.stop();
  await app.close();
  await acme.close();
  await globex.close();
  rmSync(directory, { recursive: true, force: true });
});

async function open(more = '', seal = ', encryptionSecret: "${SEAL_SECRET}"'): Promise<void> {
  writeFileSync(
    join(directory, 'vigie.yaml'),
    `slack: { signingSecret: "\${SIGNING_SECRET}", apiUrl: "${acme.apiUrl}", settle: 2, oauth: { clientId: "1.2", clientSecret: "\${CLIENT_SECRET}", stateSecret: "\${STATE_SECRET}"${seal}${more} } }
http: { port: 0 }
sources: { files: { kind: jira-export, path: ${directory} } }
sync: { every: "0 0 1 1 *" }
operator: { channel: C0APOLLO }
projects:
  APOLLO: { name: Apollo, scope: { source: files, project: APO }, channel: C0APOLLO }
  ZEUS: { name: Zeus, scope: { source: files, project: ZEU }, channel: C0ZEUS }
channels: { C0ZEUS: { workspace: T0GLOBEX }, C0APOLLO: { workspace: T0ACME } }
`,
  );
  const environment = { ...secrets, DATABASE_URL: `file:${join(directory, 'vigie.db')}` };
  app = await openApp({ config: directory, environment, needs: ['slack', 'words'], log: silentLogger });
  service = await startService(app, '0');
  acme.grants.redirectUrl = `${service.url}/slack/oauth_redirect`;
  for (const slack of [acme, globex]) slack.requestUrl = `${service.url}/slack/events`;
}

/** Somebody opens the page of installation, agrees in Slack, and is sent back. */
async function install(team: string, { cookies = true, deny = false } = {}): Promise<Response> {
  const page = await fetch(`${service.url}/slack/install`);
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const link = /href="([^"]*oauth\/v2\/authorize[^"]*)"/.exec(await page.text())![1]!.replaceAll('&amp;', '&');
  const consent = await fetch(`${link}&team=${team}${deny ? '&deny=1' : ''}`, { redirect: 'manual' });
  return fetch(consent.headers.get('location')!, { headers: cookies ? { cookie } : {} });
}

const stored = () => openInstallations(app.config, app)!;
const teams = async () => (await listInstallations(app.db)).map(({ team }) => team);

async function post(channel: string, key: string): Promise<string> {
  const at = app.clock.now();
  const about = {
    kind: 'operator',
    channel,
    report: 'operator',
    project: null,
    scheduleId: null,
    slot: null,
    asOf: at,
  };
  const message = { root: { text: key, blocks: [] }, replies: [] };
  await enqueue(app.db, { ...about, key, dueAt: at, expiresAt: at + 86_400_000, message }, at);
  await deliverDue(app, { channel, signal: AbortSignal.timeout(20_000) });
  const { state, error } = (await findDelivery(app.db, key))!;
  return error === null ? state : `${state}: ${error}`;
}
const told = (slack: SlackServer, channel: string) => slack.messages(channel).map(({ text }) => text);

describe('several workspaces', () => {
  it('install the app, each with its own token, and are each answered and posted to in their own', async () => {
    await open();
    expect((await install('T0ACME')).status).toBe(200);
    expect((await install('T0GLOBEX')).status).toBe(200);
    expect(await teams()).toEqual(['T0ACME', 'T0GLOBEX']);
    expect([await post('C0APOLLO', 'to acme'), await post('C0ZEUS', 'to globex')]).toEqual(['sent', 'sent']);
    expect(told(acme, 'C0APOLLO')).toEqual(['to acme']);
    expect(told(globex, 'C0ZEUS')).toEqual(['to globex']);
    for (const [slack, user, channel] of [
      [acme, sam, 'C0APOLLO'],
      [globex, claire, 'C0ZEUS'],
    ] as const) {
      expect(await slack.command({ user: user.id, channel, text: 'status' })).toMatchObject({ ok: true, status: 200 });
      const answers = () => slack.messages(channel, user.id).filter(({ onlyFor }) => onlyFor === user.id);
      await expect.poll(() => answers().length).toBe(1);
      expect(answers()[0]!.text).toMatch(/Apollo|Zeus/);
      expect(slack.violations).toEqual([]);
    }
  });

  it('have forms and App Home each in their own', async () => {
    await open();
    await install('T0GLOBEX');
    await globex.event({ type: 'app_home_opened', user: claire.id, channel: 'D1', tab: 'home' });
    await expect.poll(() => globex.workspace.homeOf(claire.id)).not.toBe(null);
    expect(JSON.stringify(globex.workspace.homeOf(claire.id)!.content)).toContain('Zeus');
    await globex.command({ user: claire.id, channel: 'C0ZEUS', text: 'subscribe' });
    await expect.poll(() => globex.workspace.viewsOf(claire.id).length).toBe(1);
    expect(acme.workspace.homeOf(claire.id)).toBe(null);
  });

  it('whose app is not there are not answered, and nothing is posted there', async () => {
    await open();
    await install('T0ACME');
    await globex.command({ user: claire.id, channel: 'C0ZEUS', text: 'status' });
    expect(await post('C0ZEUS', 'lost')).toMatch(/^planned: .*not installed in the workspace T0GLOBEX/);
    expect(globex.messages('C0ZEUS', claire.id)).toEqual([]);
  });

  it.each([
    ['without the cookie of the page', 'T0ACME', { cookies: false }],
    ['by somebody who says no', 'T0ACME', { deny: true }],
    ['of a workspace that the config does not name', 'T0GLOBEX', {}],
  ])('cannot be installed %s', async (_name, team, how) => {
    await open(', workspaces: [T0ACME]');
    const answer = await install(team, how);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await teams()).toEqual([]);
    expect(await answer.text()).not.toMatch(/xoxb|a-client-secret/);
  });

  it('keep their tokens sealed where there is a secret for it, and nowhere else', async () => {
    await open();
    await install('T0ACME');
    const token = [...acme.bot.issued.keys()][0]!;
    expect((await stored().find('T0ACME'))!.bot!.token).toBe(token);
    expect((await listInstallations(app.db))[0]!.body).not.toContain(token);
    for (const file of ['vigie.db', 'vigie.db-wal'])
      expect(readFileSync(join(directory, file)).includes(Buffer.from(token)), file).toBe(false);
    const other = openInstallations(
      {
        ...app.config,
        slack: { ...app.config.slack!, oauth: { ...app.config.slack!.oauth!, encryptionSecret: 'x'.repeat(16) } },
      },
      app,
    )!;
    await expect(other.find('T0ACME')).rejects.toThrow(/encryptionSecret/);
  });
});

describe('a token', () => {
  /** As if so many seconds were left of it. */
  async function leave(seconds: number): Promise<void> {
    const held = (await stored().find('T0ACME'))!;
    const expiresAt = Math.floor(Date.now() / 1000) + seconds;
    await stored().save('T0ACME', { ...held, bot: { ...held.bot!, expiresAt } });
  }
  const renewals = () => acme.calls.filter(({ method }) => method === 'oauth.v2.access').length - 1;

  it('is renewed before a post when it ends soon, once for all who post at that moment', async () => {
    await open();
    await install('T0ACME');
    const before = (await stored().find('T0ACME'))!.bot!.token;
    expect(await post('C0APOLLO', 'one')).toBe('sent');
    expect(renewals()).toBe(0);
    await leave(3600);
    const directoryOf = app.directoryOf!;
    await Promise.all([1, 2, 3].map(async () => (await directoryOf('C0APOLLO')).channel('C0APOLLO', 0)));
    expect(await post('C0APOLLO', 'two')).toBe('sent');
    expect(renewals()).toBe(1);
    const after = (await stored().find('T0ACME'))!.bot!;
    expect(after.token).not.toBe(before);
    expect(after.expiresAt).toBeGreaterThan(Date.now() / 1000 + 7200);
    // The one that was good for once is used up: with the new one it goes on.
    await leave(60);
    expect(await post('C0APOLLO', 'three')).toBe('sent');
    expect(renewals()).toBe(2);
  });

  it('is used to its end while another process renews it', async () => {
    await open();
    await install('T0ACME');
    await leave(3600);
    const busy = stored().alone('T0ACME', async () => {
      expect(await post('C0APOLLO', 'meanwhile')).toBe('sent');
      expect(renewals()).toBe(0);
    });
    await busy;
    expect(told(acme, 'C0APOLLO')).toEqual(['meanwhile']);
  });

  it('that cannot be renewed any more waits for a person', async () => {
    await open();
    await install('T0ACME');
    acme.bot.issued.forEach((_, token) => acme.bot.issued.set(token, Date.now() - 1000));
    await leave(-1);
    acme.faults.next(
      { kind: 'refuse', error: 'invalid_refresh_token', accepted: false },
      { method: 'oauth.v2.access', times: 9 },
    );
    expect(await post('C0APOLLO', 'late')).toMatch(/^planned: .*token_expired/);
  });
});

describe('a workspace that takes the app out', () => {
  it('is forgotten, told of, and posted to again once the app is back', async () => {
    await open();
    await install('T0ACME');
    await install('T0GLOBEX');
    await globex.uninstall();
    await expect.poll(teams).toEqual(['T0ACME']);
    expect(await listTroubles(app.db)).toMatchObject([{ subject: 'workspace:T0GLOBEX', code: 'workspace-gone' }]);
    await deliverDue(app, { channel: 'C0APOLLO', signal: AbortSignal.timeout(20_000) });
    expect(told(acme, 'C0APOLLO')).toEqual([expect.stringMatching(/^The workspace Globex .* has taken the app out/)]);
    expect(await post('C0ZEUS', 'waiting')).toMatch(/not installed/);
    expect((await install('T0GLOBEX')).status).toBe(200);
    expect(await listTroubles(app.db)).toEqual([]);
    await app.db.updateTable('delivery').set({ not_before: 0 }).where('channel', '=', 'C0ZEUS').execute();
    await deliverDue(app, { channel: 'C0ZEUS', signal: AbortSignal.timeout(20_000) });
    expect(told(globex, 'C0ZEUS')).toEqual(['waiting']);
  });
});

describe('the check', () => {
  it('says what to open while nobody has installed it, and looks at each workspace after', async () => {
    await open();
    expect(await checkWorkspaces(app)).toMatchObject([
      { what: 'slack.oauth', todo: expect.stringMatching(/\/slack\/install/) },
    ]);
    await install('T0ACME');
    await install('T0GLOBEX');
    expect(await checkWorkspaces(app)).toEqual([]);
    globex.workspace.channels.get('C0ZEUS')!.isShared = true;
    expect(await checkWorkspaces(app)).toMatchObject([{ what: 'workspace T0GLOBEX: channel C0ZEUS' }]);
  });
});
