import { appendFileSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from '../../property.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at } from '../../builders.ts';
import { deploymentsOf, incidentsOf, makeEventsFolder, openEvents, pullFrom, reasonsOf } from './events-folder.ts';

let files: ReturnType<typeof makeEventsFolder>;
beforeEach(() => {
  files = makeEventsFolder();
});
afterEach(() => files.remove());

const deployed = (id: string, more: object = {}) => ({
  type: 'deployment.finished',
  id,
  service: 'shop',
  env: 'production',
  finishedAt: '2026-11-02T10:00:00Z',
  ...more,
});
const opened = (id: string, more: object = {}) => ({
  type: 'incident.opened',
  id,
  service: 'shop',
  openedAt: '2026-11-02T11:00:00Z',
  ...more,
});
const resolved = (id: string, more: object = {}) => ({
  type: 'incident.resolved',
  id,
  resolvedAt: '2026-11-02T12:00:00Z',
  ...more,
});
const pullEvents = async (events: readonly (object | string)[], settings = {}) =>
  (await pullFrom(openEvents(files.writeEvents('events.jsonl', events), settings))).records;

describe('plain events (metrics.md 5.5)', () => {
  it('are deployments and incidents with all that they tell', async () => {
    const records = await pullEvents([
      deployed('d1', { sha: 'abc', version: '1.4', startedAt: '2026-11-02T09:50:00Z', result: 'SUCCESS' }),
      deployed('d2', { result: 'failed', finishedAt: '2026-11-02T12:00:00+02:00' }),
      deployed('d3', { remediates: 'i1' }),
      deployed('d4', { remediates: 'i1', planned: true }),
      opened('i1', { cause: 'd1', resolvedAt: '2026-11-02T11:30:00Z' }),
    ]);
    expect(deploymentsOf(records)).toEqual([
      {
        id: 'd1',
        service: 'shop',
        finishedAt: at('2026-11-02T10:00:00Z'),
        isSuccessful: true,
        isPlanned: true,
        remediates: null,
        sha: 'abc',
        version: '1.4',
      },
      expect.objectContaining({ id: 'd2', isSuccessful: false, finishedAt: at('2026-11-02T10:00:00Z'), sha: null }),
      expect.objectContaining({ id: 'd3', isPlanned: false, remediates: 'i1' }),
      expect.objectContaining({ id: 'd4', isPlanned: true, remediates: 'i1' }),
    ]);
    expect(incidentsOf(records)).toEqual([
      {
        id: 'i1',
        service: 'shop',
        openedAt: at('2026-11-02T11:00:00Z'),
        resolvedAt: at('2026-11-02T11:30:00Z'),
        cause: 'd1',
      },
    ]);
    expect(records).toHaveLength(5);
  });

  it('of one id are one, and later lines win; one id of two services is two', async () => {
    const records = await pullEvents([
      deployed('d1', { result: 'failure' }),
      deployed('d1', { service: 'till' }),
      deployed('d1', { result: 'success', finishedAt: '2026-11-03T10:00:00Z' }),
    ]);
    expect(deploymentsOf(records).map(({ service, isSuccessful }) => [service, isSuccessful])).toEqual([
      ['till', true],
      ['shop', true],
    ]);
  });

  it.each([
    ['opened, then resolved', [opened('i'), resolved('i')], '2026-11-02T12:00:00Z'],
    ['in the other order', [resolved('i'), opened('i')], '2026-11-02T12:00:00Z'],
    ['opened twice, as webhooks come', [opened('i'), resolved('i'), opened('i')], '2026-11-02T12:00:00Z'],
    [
      'corrected',
      [opened('i'), resolved('i'), resolved('i', { resolvedAt: '2026-11-02T13:00:00Z' })],
      '2026-11-02T13:00:00Z',
    ],
    ['not over yet', [opened('i'), { type: 'incident.updated', id: 'i', severity: 'high' }], null],
    ['opened again later', [opened('i'), resolved('i'), opened('i', { openedAt: '2026-11-02T14:00:00Z' })], null],
    [
      'told to be open again',
      [opened('i'), resolved('i'), { type: 'incident.updated', id: 'i', resolvedAt: null }],
      null,
    ],
  ])('merge to one incident: %s', async (_what, events, end) => {
    const records = await pullEvents(events);
    expect(incidentsOf(records)).toMatchObject([
      { id: 'i', service: 'shop', resolvedAt: end === null ? null : at(end) },
    ]);
    expect(records).toHaveLength(1);
  });

  it('take the service of the config where they name none, and the name of the source at last', async () => {
    const event = [{ id: 'd', finishedAt: '2026-11-02T10:00:00Z' }];
    expect(deploymentsOf(await pullEvents(event, { service: 'shop' }))).toMatchObject([{ service: 'shop' }]);
    expect(deploymentsOf(await pullEvents(event))).toMatchObject([{ service: 'pipeline' }]);
  });

  it('count only where users are', async () => {
    const events = [
      deployed('d1', { env: 'staging' }),
      deployed('d1', { env: 'Production' }),
      deployed('d2', { env: 'staging' }),
      deployed('d3', { env: undefined }),
      opened('i1', { env: 'staging' }),
      resolved('i1'),
    ];
    const records = await pullEvents(events);
    expect(deploymentsOf(records).map(({ id }) => id)).toEqual(['d1', 'd3']);
    expect(records).toHaveLength(2);
    const staged = await pullEvents(events, { environments: ['staging'] });
    expect(deploymentsOf(staged).map(({ id }) => id)).toEqual(['d1', 'd2', 'd3']);
    expect(incidentsOf(staged)).toHaveLength(1);
  });

  it('come in the envelope of CloudEvents, too', async () => {
    const { type, id, ...data } = deployed('d1');
    const records = await pullEvents([{ specversion: '1.0', type, id, source: '/ci', data }]);
    expect(deploymentsOf(records)).toMatchObject([{ id: 'd1', service: 'shop' }]);
  });
});

describe('merged changes', () => {
  const merged = {
    type: 'change.merged',
    repo: 'shop',
    pr: 12,
    service: 'shop',
    title: 'APO-7 Pay with a card',
    mergeSha: 'abc',
    commits: [{ sha: 'c1', authoredAt: '2026-11-01T09:00:00Z' }],
    mergedAt: '2026-11-02T09:00:00Z',
  };

  it('are pull requests of their service; of several lines about one the last counts', async () => {
    const records = await pullEvents([merged, { ...merged, title: 'APO-8 Pay with a card' }]);
    expect(records).toEqual([
      {
        kind: 'pull-request',
        service: 'shop',
        pullRequest: expect.objectContaining({
          id: 'shop#12',
          keys: ['APO-8'],
          mergeSha: 'abc',
          firstCommitAt: at('2026-11-01T09:00:00Z'),
          mergedAt: at('2026-11-02T09:00:00Z'),
        }) as unknown,
      },
    ]);
  });

  it('without a time of merging are set aside, by their number', async () => {
    const { mergedAt: _left, ...rest } = merged;
    const records = await pullEvents([rest]);
    expect(records).toMatchObject([{ kind: 'set-aside', entity: 'pull-request', ref: '12' }]);
  });
});

describe('lines that cannot be used', () => {
  it.each([
    ['{"type":', /line 2: expected one event as JSON, found/],
    ['[1]', /line 2: expected an event as an object, found \[1\]/],
    [deployed('d', { finishedAt: '2026-11-02T10:00:00' }), /line 2: finishedAt: .*in which zone/],
    [deployed('d', { finishedAt: '2026-11-02 10:00' }), /in which zone/],
    [deployed('d', { finishedAt: 1793613600 }), /finishedAt: expected a time with its zone.*found 1793613600$/],
    [deployed('d', { finishedAt: '2026-02-30T10:00:00Z' }), /finishedAt: expected a time/],
    [deployed('d', { finishedAt: null }), /finishedAt: expected when it reached the users/],
    [deployed('d', { result: 'amber' }), /result: expected success or failure, found "amber"/],
    [deployed('d', { planned: 'maybe' }), /planned: expected true or false, found "maybe"/],
    [deployed(''), /id: expected a name/],
    [
      { ...deployed('d'), type: 'deployment.finnished' },
      /type: expected deployment.finished.*found "deployment.finnished"/,
    ],
    [{ type: 'incident.opened', id: 'i' }, /openedAt: expected a time, as the event is incident.opened/],
    [opened('i', { resolvedAt: '2026-11-02T10:59:59Z' }), /resolvedAt: expected a time from openedAt on/],
    [resolved('i'), /expected a line that says when the incident opened/],
    [{ __proto__: null, constructor: 'x' }, /type: expected/],
  ])('%j', async (line, reason) => {
    const records = await pullEvents([deployed('good'), line, deployed('better')]);
    expect(deploymentsOf(records).map(({ id }) => id)).toEqual(['good', 'better']);
    expect(reasonsOf(records)).toEqual([expect.stringMatching(reason)]);
    expect(records).toHaveLength(3);
  });

  it('are named by the id that they give, so that a good line of it lifts them, else by their number', async () => {
    const records = await pullEvents([deployed('d', { result: 'amber' }), 'rubbish']);
    expect(records.map((record) => (record.kind === 'set-aside' ? [record.entity, record.ref] : []))).toEqual([
      ['deployment', 'd'],
      ['deployment', 'line 2'],
    ]);
  });

  it('never stop the reading, whatever stands there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.json(), fc.string()), { maxLength: 6 }), async (lines) => {
        const text = lines.map((line) => line.replace(/[\r\n]/g, ' '));
        const records = await pullEvents([...text, deployed('last')]);
        expect(deploymentsOf(records).map(({ id }) => id)).toContain('last');
      }),
      { numRuns: 60 },
    );
  });
});

describe('CDEvents', () => {
  const service = (type: string, more: object = {}) => ({
    context: { version: '0.4.1', id: `e-${type}`, source: '/ci', type, timestamp: '2026-11-02T10:00:00.5Z', ...more },
    subject: {
      id: 'shop',
      type: 'service',
      content: { environment: { id: 'prod' }, artifactId: 'pkg:oci/shop@sha256%3Aab' },
    },
  });
  const incident = (type: string, timestamp: string, links: readonly object[] = []) => ({
    context: { specversion: '0.5.0', id: `${type} ${timestamp}`, source: '/watch', type, timestamp, links },
    subject: { id: 'incident-7', content: { service: { id: 'shop' }, environment: { id: 'prod' } } },
  });

  it('are matched by subject and predicate, whatever their version', async () => {
    const records = await pullEvents([
      service('dev.cdevents.service.deployed.0.1.1'),
      service('dev.cdevents.service.upgraded.0.3.0-draft'),
      service('dev.cdevents.service.rolledback.9.0.0'),
      service('dev.cdevents.service.removed.0.1.0'),
      service('dev.cdevents.pipelinerun.finished.0.2.0'),
    ]);
    expect(
      deploymentsOf(records).map(({ id, service: name, isPlanned, version }) => [id, name, isPlanned, version]),
    ).toEqual([
      ['e-dev.cdevents.service.deployed.0.1.1', 'shop', true, 'pkg:oci/shop@sha256%3Aab'],
      ['e-dev.cdevents.service.upgraded.0.3.0-draft', 'shop', true, 'pkg:oci/shop@sha256%3Aab'],
      ['e-dev.cdevents.service.rolledback.9.0.0', 'shop', false, 'pkg:oci/shop@sha256%3Aab'],
    ]);
    expect(records).toHaveLength(3);
  });

  it('of one incident are one, opened when it was first seen and caused by the deployment it points to', async () => {
    const cause = 'e-dev.cdevents.service.deployed.0.1.1';
    const link = (contextId: string) => ({ linkType: 'RELATION', linkKind: 'TRIGGER', target: { contextId } });
    const records = await pullEvents([
      service('dev.cdevents.service.deployed.0.1.1'),
      incident('dev.cdevents.incident.detected.0.1.0', '2026-11-02T11:00:00Z', [link(cause), link('some test')]),
      incident('dev.cdevents.incident.reported.0.1.0', '2026-11-02T11:20:00Z'),
      incident('dev.cdevents.incident.resolved.0.1.0', '2026-11-02T12:00:00Z', [link('another')]),
    ]);
    expect(incidentsOf(records)).toEqual([
      {
        id: 'incident-7',
        service: 'shop',
        openedAt: at('2026-11-02T11:00:00Z'),
        resolvedAt: at('2026-11-02T12:00:00Z'),
        cause,
      },
    ]);
  });

  it('give the commit where the artifact is one, in the envelope of CloudEvents too', async () => {
    const sha = '0123456789abcdef0123456789abcdef01234567';
    const event = service('dev.cdevents.service.deployed.0.2.0');
    const subject = { ...event.subject, content: { artifactId: `pkg:github/acme/shop@${sha}` } };
    const records = await pullEvents([{ specversion: '1.0', type: 'x', id: 'y', data: { ...event, subject } }]);
    expect(deploymentsOf(records)).toMatchObject([{ sha }]);
  });

  it('without a time or with one of no zone are set aside', async () => {
    const records = await pullEvents([
      service('dev.cdevents.service.deployed.0.2.0', { timestamp: '2026-11-02T10:00:00' }),
      service('dev.cdevents.service.upgraded.0.2.0', { timestamp: undefined }),
    ]);
    expect(reasonsOf(records)).toEqual([
      expect.stringMatching(/timestamp: .*in which zone/),
      expect.stringMatching(/timestamp: expected a time/),
    ]);
  });
});

describe('the file', () => {
  it('is read once; when it has grown, only what the new lines tell is handed over', async () => {
    const path = files.writeEvents('events.jsonl', [deployed('d1'), opened('i1'), opened('i2')]);
    const first = await pullFrom(openEvents(path));
    expect(first.records).toHaveLength(3);
    const again = await pullFrom(openEvents(path), first.cursor);
    expect(again.pages.map(({ records, progress }) => [records, progress.step])).toEqual([[[], 'unchanged']]);
    appendFileSync(path, `${JSON.stringify(resolved('i1'))}\n${JSON.stringify(deployed('d2'))}\n`);
    const grown = await pullFrom(openEvents(path), again.cursor);
    expect(incidentsOf(grown.records)).toMatchObject([
      { id: 'i1', openedAt: at('2026-11-02T11:00:00Z'), resolvedAt: at('2026-11-02T12:00:00Z') },
    ]);
    expect(deploymentsOf(grown.records)).toMatchObject([{ id: 'd2' }]);
    expect((await pullFrom(openEvents(path), grown.cursor, { isFull: true })).records).toHaveLength(4);
  });

  it('is read anew when it was written anew, or with other settings', async () => {
    const path = files.writeEvents('events.jsonl', [deployed('d1'), deployed('d2')]);
    const { cursor } = await pullFrom(openEvents(path));
    expect((await pullFrom(openEvents(path, { environments: ['production', 'eu'] }), cursor)).records).toHaveLength(2);
    files.writeEvents('events.jsonl', [deployed('d9'), deployed('d2'), deployed('d3')]);
    expect((await pullFrom(openEvents(path), cursor)).records).toHaveLength(3);
    expect((await pullFrom(openEvents(path), { strange: true })).records).toHaveLength(3);
  });

  it('goes on from the cursor of any page', async () => {
    const ids = Array.from({ length: 3500 }, (_, index) => `d${index}`);
    const path = files.writeEvents('events.jsonl.gz', [...ids.map((id) => deployed(id)), resolved('i'), opened('i')]);
    const whole = await pullFrom(openEvents(path));
    expect(whole.pages).toHaveLength(4);
    for (const pages of [1, 2, 3]) {
      const killed = await pullFrom(openEvents(path), null, { pages });
      const rest = await pullFrom(openEvents(path), killed.cursor);
      expect([...killed.records, ...rest.records]).toEqual(whole.records);
      expect(rest.cursor).toEqual(whole.cursor);
    }
  });

  it('waits for the end of a line that is being written, and tells of one that nobody goes on writing', async () => {
    const path = files.write('events.jsonl', `${JSON.stringify(deployed('d1'))}\n{"type": "depl`);
    const first = await pullFrom(openEvents(path));
    expect(first.records).toMatchObject([{ kind: 'deployment' }]);
    const hourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(path, hourAgo, hourAgo);
    expect(reasonsOf((await pullFrom(openEvents(path), first.cursor)).records)).toEqual([
      expect.stringMatching(/line 2: expected one event as JSON/),
    ]);
    files.write('events.jsonl', `${JSON.stringify(deployed('d1'))}\n${JSON.stringify(deployed('d2'))}`);
    expect(deploymentsOf((await pullFrom(openEvents(path), first.cursor)).records)).toMatchObject([{ id: 'd2' }]);
  });

  it('is missed, cut or no file: said so, with what to do', async () => {
    await expect(pullFrom(openEvents(join(files.folder, 'none.csv')))).rejects.toThrow(/none\.csv cannot be read/);
    const cut = files.write('cut.jsonl', 'x');
    renameSync(cut, `${cut}.gz`);
    await expect(pullFrom(openEvents(`${cut}.gz`))).rejects.toThrow(/cannot be read to its end/);
    await expect(pullFrom(openEvents(files.write('empty.csv', '')))).resolves.toMatchObject({ records: [] });
  });
});
