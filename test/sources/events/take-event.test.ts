import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openApp } from '../../../src/app.ts';
import type { App } from '../../../src/app.ts';
import { check } from '../../../src/cli/check.ts';
import type { Io } from '../../../src/cli/io.ts';
import { startService } from '../../../src/cli/start.ts';
import type { Service } from '../../../src/cli/start.ts';
import { measureProject } from '../../../src/jobs/making/measure-project.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { signatureOf, standardSignatureOf } from '../../../src/sources/events/verify.ts';
import { loadService } from '../../../src/store/service-history.ts';
import { readSheet } from '../../../src/store/sheets.ts';

const secret = 'a-secret-of-the-pipeline';
let directory: string;
let app: App;
let service: Service;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigie-events-'));
  writeFileSync(
    join(directory, 'vigie.yaml'),
    `http: { port: 0 }
sync: { every: "0 0 1 1 *" }
sources:
  files: { kind: jira-export, path: ${directory} }
  pipeline: { kind: events, secret: "\${SECRET}", service: shop }
  hub: { kind: events, from: github, secret: "\${SECRET}", service: shop }
  lab: { kind: events, from: gitlab, secret: "\${SECRET}", service: till }
  hint: { kind: events, secret: "\${SECRET}", hints: files }
  tracker: { kind: events, from: jira, secret: "\${SECRET}", hints: files }
projects:
  SHOP: { scope: { source: files, project: SHO }, delivery: { source: pipeline } }
`,
  );
  writeFileSync(join(directory, 'issues.jsonl'), '');
  app = await openApp({
    config: directory,
    environment: { SECRET: secret, DATABASE_URL: `file:${join(directory, 'vigie.db')}` },
    needs: ['sources', 'words'],
    log: silentLogger,
  });
  service = await startService(app, '0');
});
afterEach(async () => {
  await service.stop();
  await app.close();
  rmSync(directory, { recursive: true, force: true });
});

async function post(source: string, body: object | string, headers: Readonly<Record<string, string>>) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const signed: Readonly<Record<string, string>> = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value === 'sign' ? signatureOf(secret, text) : value]),
  );
  const response = await fetch(`${service.healthUrl}/events/${source}`, {
    method: 'POST',
    body: text,
    headers: signed,
  });
  return { status: response.status, ...((await response.json()) as { expected?: string }) };
}
const bearer = { authorization: `Bearer ${secret}` };
const told = (source: string, name = 'shop') => loadService(app.db, { source, service: name });
const deployed = (id: string, more: object = {}) => ({
  type: 'deployment.finished',
  id,
  env: 'production',
  sha: 'abc',
  result: 'success',
  finishedAt: '2026-11-24T08:30:00Z',
  ...more,
});

describe('events of any pipeline', () => {
  it('are stored before they are answered, and once, however often they come', async () => {
    expect(await post('pipeline', deployed('d1'), bearer)).toMatchObject({ status: 202 });
    expect(await post('pipeline', deployed('d1'), bearer)).toMatchObject({ status: 200 });
    expect(await post('pipeline', deployed('d2'), { 'x-hub-signature-256': 'sign' })).toMatchObject({ status: 202 });
    const { deployments } = await told('pipeline');
    expect(deployments.map(({ id, sha, isSuccessful }) => [id, sha, isSuccessful])).toEqual([
      ['d1', 'abc', true],
      ['d2', 'abc', true],
    ]);
    const [measured] = await measureProject(app, 'SHOP', [Date.parse('2026-11-25T12:00:00Z')]);
    expect(measured!.metrics.figures.deploymentsPerWeek.flags).toContain('youngService');
    expect(measured!.metrics.figures.changeLeadTimeHours.flags).not.toContain('notCollected');
  });

  it('are in the answers that are kept after the next look, though no source was pulled', async () => {
    const madeAt = async () => (await readSheet(app.db, 'SHOP'))?.madeAt;
    await service.round();
    const before = await madeAt();
    await post('pipeline', deployed('d1'), bearer);
    await service.round();
    expect(await madeAt()).toBeGreaterThan(before!);
  });

  it('that are nested without end are refused, and not for ever tried again', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const body = JSON.stringify(deployed('d1', { more: 0 })).replace('"more":0', `"more":${deep}`);
    expect(await post('pipeline', body, bearer)).toMatchObject({
      status: 400,
      expected: expect.stringContaining('levels of JSON') as string,
    });
    expect(await post('pipeline', deployed('d1', { more: [[[['[[[[']]]] }), bearer)).toMatchObject({ status: 202 });
  });

  it('about an incident come in any order', async () => {
    const resolved = { type: 'incident.resolved', id: 'i1', resolvedAt: '2026-11-24T10:00:00Z' };
    const opened = { type: 'incident.opened', id: 'i1', openedAt: '2026-11-24T09:00:00Z', cause: 'd1' };
    expect(await post('pipeline', resolved, bearer)).toMatchObject({ status: 202 });
    expect((await told('pipeline')).incidents).toEqual([]);
    expect(await post('pipeline', opened, bearer)).toMatchObject({ status: 202 });
    expect((await told('pipeline')).incidents).toMatchObject([
      { id: 'i1', cause: 'd1', resolvedAt: Date.parse('2026-11-24T10:00:00Z') },
    ]);
  });

  it('in the words of CDEvents: what an incident links to is its cause, whichever comes first', async () => {
    const event = (type: string, id: string, subject: object, links: readonly object[] = []) => ({
      context: { version: '0.5.0', id, type: `dev.cdevents.${type}.0.2.0`, timestamp: '2026-11-24T08:30:00Z', links },
      subject,
    });
    const link = { linkType: 'RELATION', linkKind: 'cause', target: { contextId: 'e7' } };
    const incident = event('incident.detected', 'e8', { id: 'i7', content: { service: { id: 'shop' } } }, [link]);
    expect(await post('pipeline', incident, bearer)).toMatchObject({ status: 202 });
    const content = { environment: { id: 'production' }, artifactId: 'pkg:oci/shop@sha256:1' };
    await post('pipeline', event('service.deployed', 'e7', { id: 'shop', content }), bearer);
    expect((await told('pipeline')).incidents).toMatchObject([{ id: 'i7', cause: 'e7' }]);
  });

  it('of two producers may have one number', async () => {
    for (const source of ['/a', '/b']) {
      const headers = { ...bearer, 'ce-id': '1', 'ce-source': source };
      expect(await post('pipeline', deployed(`of ${source}`), headers)).toMatchObject({ status: 202 });
    }
  });

  it('in the words of CDEvents, with the envelope in the headers', async () => {
    const body = {
      context: {
        version: '0.4.1',
        id: 'e1',
        type: 'dev.cdevents.service.deployed.0.2.0',
        timestamp: '2026-11-24T08:30:00Z',
        source: '/ci',
      },
      subject: { id: 'shop', content: { environment: { id: 'production' }, artifactId: 'pkg:oci/shop@sha256:1' } },
    };
    expect(await post('pipeline', body, bearer)).toMatchObject({ status: 202 });
    expect((await told('pipeline')).deployments).toHaveLength(1);
  });

  it('a merged change is kept with its first commit', async () => {
    const change = {
      type: 'change.merged',
      repo: 'shop',
      pr: 7,
      title: 'SHO-7 pay',
      mergeSha: 'm',
      commits: [
        { sha: 'b', authoredAt: '2026-11-21T08:00:00Z' },
        { sha: 'a', authoredAt: '2026-11-20T08:00:00Z' },
      ],
      mergedAt: '2026-11-24T08:00:00Z',
    };
    expect(await post('pipeline', change, bearer)).toMatchObject({ status: 202 });
    expect((await told('pipeline')).pullRequests).toMatchObject([
      { id: 'shop#7', firstCommitAt: Date.parse('2026-11-20T08:00:00Z'), keys: ['SHO-7'], shas: ['b', 'a'] },
    ]);
  });

  it.each<[string, object | string, Readonly<Record<string, string>>, number, RegExp]>([
    ['forged', deployed('d9'), { authorization: 'Bearer nothing' }, 401, /^nothing is said$/],
    ['unsigned', deployed('d9'), {}, 401, /^nothing is said$/],
    [
      'signed for another body',
      deployed('d9'),
      { 'x-hub-signature-256': signatureOf(secret, '{}') },
      401,
      /^nothing is said$/,
    ],
    ['no JSON', 'hello', bearer, 400, /expected JSON/],
    ['nothing of its own', { type: 'deployment.finished' }, bearer, 400, /id: expected/],
    [
      'no zone',
      deployed('d9', { finishedAt: '2026-11-24 08:30' }),
      bearer,
      400,
      /finishedAt: expected a time with its zone/,
    ],
    [
      'of tomorrow, as of a clock that is wrong or a zone that is left out',
      deployed('d9', { finishedAt: '2999-11-24T08:30:00Z' }),
      bearer,
      400,
      /^finishedAt: expected a time up to now/,
    ],
    ['of a result that nobody knows', deployed('d9', { result: 'maybe' }), bearer, 400, /^result: expected success/],
    ['too large', `"${'x'.repeat(1_100_000)}"`, bearer, 413, /at most/],
  ])('%s: refused, and nothing is stored', async (_, body, headers, status, expected) => {
    const answer = await post('pipeline', body, headers);
    expect(answer.status).toBe(status);
    expect(answer.expected ?? 'nothing is said').toMatch(expected);
    expect((await told('pipeline')).deployments).toEqual([]);
  });

  it('of an environment that has no users are taken and left out', async () => {
    expect(await post('pipeline', deployed('d3', { env: 'staging' }), bearer)).toMatchObject({ status: 202 });
    expect((await told('pipeline')).deployments).toEqual([]);
  });

  it('only wake the source that can be asked, where there is one', async () => {
    const pulls = async () =>
      (await app.db.selectFrom('pull').select('id').where('source', '=', 'files').execute()).length;
    await service.round();
    const before = await pulls();
    expect(await post('hint', { anything: true }, bearer)).toMatchObject({ status: 202 });
    await expect.poll(pulls).toBe(before + 1);
    expect(await post('hint', { anything: true }, bearer)).toMatchObject({ status: 202 });
    await expect.poll(pulls).toBe(before + 2);
  });
});

describe('webhooks of GitHub and GitLab', () => {
  const hub = (event: string) => ({
    'x-github-event': event,
    'x-github-delivery': `${event}-1`,
    'x-hub-signature-256': 'sign',
  });
  const lab = (event: string) => ({ 'x-gitlab-event': event, 'x-gitlab-token': secret });

  it('a deployment of GitHub that succeeded, and a merged pull request', async () => {
    const status = {
      action: 'created',
      deployment: { id: 42, sha: 'abc', ref: 'v1', environment: 'production' },
      deployment_status: { state: 'success', environment: 'production', created_at: '2026-11-24T08:30:00Z' },
    };
    expect(await post('hub', status, hub('deployment_status'))).toMatchObject({ status: 202 });
    expect(await post('hub', status, hub('deployment_status'))).toMatchObject({ status: 200 });
    const pull = {
      action: 'closed',
      repository: { name: 'shop' },
      pull_request: {
        number: 9,
        merged: true,
        title: 'Mend SHO-9',
        user: { type: 'Bot' },
        head: { ref: 'hotfix/sho-9' },
        created_at: '2026-11-23T08:00:00Z',
        merged_at: '2026-11-24T08:00:00Z',
        merge_commit_sha: 'abc',
      },
    };
    expect(await post('hub', pull, hub('pull_request'))).toMatchObject({ status: 202 });
    expect(await post('hub', { zen: 'ok' }, hub('ping'))).toMatchObject({ status: 200 });
    const { deployments, pullRequests } = await told('hub');
    expect(deployments).toMatchObject([{ id: 'github-42', sha: 'abc', version: 'v1' }]);
    expect(pullRequests).toMatchObject([{ id: 'shop#9', isBot: true, isHotfix: true, firstCommitAt: null }]);
  });

  it('a branch that was deployed is no version, one of a hotfix was not planned, and one that was cancelled is none', async () => {
    const status = (id: number, ref: string) => ({
      action: 'created',
      deployment: { id, sha: `abc${id}`, ref, environment: 'production' },
      deployment_status: { state: 'success', environment: 'production', created_at: `2026-11-24T08:3${id}:00Z` },
    });
    for (const [index, ref] of ['main', 'refs/tags/v1.2.0', 'hotfix/sho-9'].entries())
      await post('hub', status(index, ref), { ...hub('deployment_status'), 'x-github-delivery': ref });
    expect((await told('hub')).deployments.map(({ version, isPlanned }) => [version, isPlanned])).toEqual([
      [null, true],
      ['v1.2.0', true],
      [null, false],
    ]);
    const cancelled = { object_kind: 'deployment', status: 'canceled', deployment_id: 7, environment: 'production' };
    expect(
      await post('lab', { ...cancelled, status_changed_at: '2026-11-24 08:30:00 UTC' }, lab('Deployment Hook')),
    ).toMatchObject({ status: 200 });
    expect((await told('lab', 'till')).deployments).toEqual([]);
  });

  it('a merge request that was merged without a merge commit became its last commit', async () => {
    const merge = {
      object_kind: 'merge_request',
      project: { path_with_namespace: 'acme/till' },
      object_attributes: {
        action: 'merge',
        iid: 4,
        created_at: '2026-11-23 08:00:00 UTC',
        updated_at: '2026-11-24 08:00:00 UTC',
        merge_commit_sha: null,
        last_commit: { id: 'tip' },
      },
    };
    await post('lab', merge, lab('Merge Request Hook'));
    expect((await told('lab', 'till')).pullRequests).toMatchObject([{ id: 'acme/till!4', mergeSha: 'tip' }]);
  });

  it('a form, as GitHub sends it unless it is told otherwise, is refused with what to do', async () => {
    const form = `payload=${encodeURIComponent('{"action":"created"}')}`;
    expect(await post('hub', form, hub('deployment_status'))).toMatchObject({
      status: 400,
      expected: expect.stringContaining('application/json') as string,
    });
  });

  it('a deployment of GitLab that failed is an attempt; a merge request keeps its mark', async () => {
    const deployment = {
      object_kind: 'deployment',
      status: 'failed',
      status_changed_at: '2026-11-24 09:30:00 +0100',
      deployment_id: 5,
      environment: 'production',
      short_sha: 'abc',
      ref: 'main',
    };
    expect(await post('lab', deployment, lab('Deployment Hook'))).toMatchObject({ status: 202 });
    const merge = {
      object_kind: 'merge_request',
      project: { path_with_namespace: 'acme/till' },
      object_attributes: {
        action: 'merge',
        iid: 3,
        title: 'Pay',
        source_branch: 'x',
        created_at: '2026-11-23 08:00:00 UTC',
        merged_at: '2026-11-24 08:00:00 UTC',
        merge_commit_sha: 'abc',
      },
    };
    expect(await post('lab', merge, lab('Merge Request Hook'))).toMatchObject({ status: 202 });
    const { deployments, pullRequests } = await told('lab', 'till');
    expect(deployments).toMatchObject([
      { id: 'gitlab-5', isSuccessful: false, finishedAt: Date.parse('2026-11-24T08:30:00Z') },
    ]);
    expect(pullRequests).toMatchObject([{ id: 'acme/till!3', mergedAt: Date.parse('2026-11-24T08:00:00Z') }]);
    expect(await post('lab', deployment, { ...lab('Deployment Hook'), 'x-gitlab-token': 'wrong' })).toEqual({
      status: 401,
      ok: false,
    });
  });
});

describe('webhooks that come again, late, in another order or from somebody else', () => {
  const end = (state: string, at: string, delivery: string) =>
    post(
      'hub',
      {
        action: 'created',
        deployment: { id: 42, sha: 'abc', ref: 'v1', environment: 'production' },
        deployment_status: { state, environment: 'production', created_at: at },
      },
      { 'x-github-event': 'deployment_status', 'x-github-delivery': delivery, 'x-hub-signature-256': 'sign' },
    );

  it('the last end of a deployment counts, not the one that came last', async () => {
    expect(await end('success', '2026-11-24T08:30:00Z', 'b')).toMatchObject({ status: 202 });
    expect(await end('failure', '2026-11-24T08:00:00Z', 'a')).toMatchObject({ status: 202 });
    expect((await told('hub')).deployments).toMatchObject([
      { isSuccessful: true, finishedAt: Date.parse('2026-11-24T08:30:00Z') },
    ]);
  });

  it('a webhook of GitLab that is signed with its time is taken once, and not when it is old', async () => {
    const deployment = {
      object_kind: 'deployment',
      status: 'success',
      status_changed_at: '2026-11-24 09:30:00 +0100',
      deployment_id: 6,
      environment: 'production',
      short_sha: 'abc',
    };
    const sent = (secondsAgo: number, id: string) => {
      const timestamp = String(Math.floor(Date.now() / 1000) - secondsAgo);
      const signature = standardSignatureOf(secret, { id, timestamp, body: JSON.stringify(deployment) });
      const signed = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
      return post('lab', deployment, { 'x-gitlab-event': 'Deployment Hook', ...signed });
    };
    expect(await sent(3_600, 'm0')).toEqual({ status: 401, ok: false });
    expect((await told('lab', 'till')).deployments).toEqual([]);
    expect(await sent(1, 'm1')).toMatchObject({ status: 202 });
    expect(await sent(1, 'm1')).toMatchObject({ status: 200 });
    expect((await told('lab', 'till')).deployments).toHaveLength(1);
  });

  it('a webhook of Jira makes Jira be asked, once however often it comes, and only when it is signed', async () => {
    const pulls = async () =>
      (await app.db.selectFrom('pull').select('id').where('source', '=', 'files').execute()).length;
    await service.round();
    const before = await pulls();
    const issue = { webhookEvent: 'jira:issue_updated', issue: { key: 'SHO-1' } };
    const jira = { 'x-hub-signature': 'sign', 'x-atlassian-webhook-identifier': 'w1' };
    expect(await post('tracker', issue, { 'x-hub-signature': signatureOf(secret, '{}') })).toMatchObject({
      status: 401,
    });
    expect(await post('tracker', issue, {})).toMatchObject({ status: 401 });
    expect(await post('tracker', issue, jira)).toMatchObject({ status: 202 });
    expect(await post('tracker', issue, jira)).toMatchObject({ status: 200 });
    await expect.poll(pulls).toBe(before + 1);
  });
});

describe('vigie check', () => {
  const look = async () => {
    let said = '';
    const io: Io = {
      stdin: (async function* () {})(),
      isTerminal: false,
      stdout: (text) => void (said += text),
      stderr: () => undefined,
      environment: { SECRET: secret, DATABASE_URL: `file:${join(directory, 'vigie.db')}` },
    };
    await check({ config: directory, json: false }, io);
    return said;
  };

  it('says of a source of events whether any came, and how to send one', async () => {
    expect(await look()).toMatch(
      /warning\s+source pipeline: .*\/events\/pipeline, found none has come yet\n.*vigie start/,
    );
    await post('pipeline', deployed('d1'), bearer);
    await post('hint', { anything: true }, bearer);
    const said = await look();
    expect(said).toMatch(/ok\s+source pipeline: last event at 20/);
    expect(said).toMatch(/ok\s+source hint: last event at 20/);
  });

  it('says when there is no source to ask', async () => {
    const path = join(directory, 'vigie.yaml');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('hints: files', 'hints: pipelin'));
    expect(await look()).toMatch(
      /sources\.hint\.hints: expected the name of a source that can be asked: files, found "pipelin"/,
    );
  });
});
