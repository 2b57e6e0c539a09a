import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/lib/logger.ts';
import { jira } from '../../../src/sources/jira/index.ts';
import type { JiraSettings } from '../../../src/sources/jira/settings.ts';
import type { Scope } from '../../../src/sources/source.ts';
import { bigScope, jiraRig } from './jira-rig.ts';
import type { JiraRig } from './jira-rig.ts';

let rig: JiraRig;
afterEach(() => rig.close());

async function check(settings: Partial<JiraSettings> = {}, scopes: readonly Scope[] = [bigScope]) {
  const config = jira.config.parse({ host: rig.server.url, ...rig.server.credentials, ...settings });
  return jira.open(config, { id: 'jira', scopes, clock: rig.clock, log: silentLogger }).check();
}

describe('vigie check of a Jira', () => {
  it('finds nothing wrong on either kind', async () => {
    rig = await jiraRig(5);
    expect(await check()).toEqual([]);
    await rig.close();
    rig = await jiraRig(5, { mode: 'data-center' });
    expect(await check({ email: undefined })).toEqual([]);
  });

  it('tells a token that is refused by its end', async () => {
    rig = await jiraRig(5);
    expect(await check({ token: 'wrong-token-0123456789' })).toMatchObject([
      {
        severity: 'error',
        found: expect.stringContaining('401 for the token ending …6789'),
        todo: expect.stringContaining('create a token'),
      },
    ]);
  });

  it('tells that worklogs may not be read, only where they are wanted', async () => {
    rig = await jiraRig(5);
    const refuse = () => rig.server.faults.next({ kind: 'forbidden' }, { path: /worklog/ });
    refuse();
    expect(await check({ worklogs: true })).toEqual([
      {
        severity: 'error',
        what: 'worklogs',
        expected: expect.stringContaining('worklogs: true'),
        found: expect.stringContaining('403'),
        todo: expect.stringContaining('read:jira-work'),
      },
    ]);
    expect(await check({ worklogs: true })).toEqual([]);
    refuse();
    expect(await check()).toEqual([]);
  });

  it.each<[string, Partial<Scope>, object]>([
    [
      'a project that is unknown',
      { project: 'BGI' },
      { what: 'scope of BIG', expected: 'a project with the key BGI', found: expect.stringContaining("'BGI'") },
    ],
    [
      'a query that Jira does not understand',
      { project: null, jql: 'proyect = BIG' },
      { what: 'scope of BIG', found: expect.stringContaining("Field 'proyect' does not exist") },
    ],
    [
      'a query that restricts nothing',
      { project: null, jql: 'ORDER BY created', board: null },
      { what: 'scope of BIG', found: 'jql "ORDER BY created"', todo: 'correct `scope` in the config' },
    ],
    ['a scope of nothing', { project: null, board: null }, { what: 'scope of BIG', found: 'none of them' }],
  ])('tells %s', async (_, over, expected) => {
    rig = await jiraRig(5);
    expect(await check({}, [{ ...bigScope, ...over }])).toMatchObject([{ severity: 'error', ...expected }]);
  });

  it('warns of a scope in which nothing is visible, of a board that is not there', async () => {
    rig = await jiraRig(3);
    for (const issue of rig.server.site.issues.values()) rig.server.change({ do: 'hide', key: issue.key });
    expect(await check({}, [{ ...bigScope, board: '77' }])).toMatchObject([
      { severity: 'warning', what: 'board 77 of BIG' },
      { severity: 'warning', what: 'scope of BIG', found: 'none' },
    ]);
  });

  it('refuses a board that is not named by its number, without asking', async () => {
    rig = await jiraRig(3);
    expect(await check({}, [{ ...bigScope, board: 'Team board' }])).toEqual([
      {
        severity: 'error',
        what: 'board of BIG',
        expected: 'the number of a board, as in its address (…/boards/12)',
        found: '"Team board"',
        todo: 'correct `board` of its scope in the config',
      },
    ]);
    expect(rig.server.requests.filter(({ path }) => path.includes('board'))).toEqual([]);
  });

  it('says where it could not get', async () => {
    rig = await jiraRig(1);
    rig.server.faults.next({ kind: 'html' });
    expect(await check()).toMatchObject([
      { what: 'reach', found: expect.stringContaining('login page'), todo: expect.stringContaining('`host`') },
    ]);
    rig.server.faults.next({ kind: 'redirect', location: 'https://elsewhere.example/' });
    expect(await check()).toMatchObject([{ what: 'reach', found: expect.stringContaining('elsewhere.example') }]);
    expect(await check({ host: `${rig.server.url}/jira` })).toMatchObject([
      { what: 'reach', found: expect.stringContaining('404') },
    ]);
  });
});

describe('settings of a Jira', () => {
  const token = 'ATATT3x';
  it.each([
    ['https://acme.atlassian.net', 'https://acme.atlassian.net'],
    ['https://acme.atlassian.net///', 'https://acme.atlassian.net'],
    ['http://jira.acme.local:8080/jira/', 'http://jira.acme.local:8080/jira'],
    ['https://api.atlassian.com/ex/jira/11111111-2222', 'https://api.atlassian.com/ex/jira/11111111-2222'],
    [' http://[::1]:2990 ', 'http://[::1]:2990'],
  ])('take the host %j', (host, expected) => {
    expect(jira.config.parse({ host, token })).toMatchObject({ host: expected, token });
  });

  it.each([
    'acme.atlassian.net',
    'localhost:8080',
    'ftp://acme.net',
    'https://',
    'https://me:secret@acme.net',
    'https://acme.net/?x=1',
    'https://acme.net/#x',
    7,
  ])('refuse the host %j', (host) => {
    expect(jira.config.safeParse({ host, token }).success).toBe(false);
  });

  it('trim a pasted token, and refuse one that could not stand in a header', () => {
    expect(jira.config.parse({ host: 'https://a.net', token: ` ${token}\n` })).toMatchObject({ token });
    expect(jira.config.safeParse({ host: 'https://a.net', token: 'a\nb' }).success).toBe(false);
    expect(jira.config.safeParse({ host: 'https://a.net', token: '' }).success).toBe(false);
  });

  it('take fields by id or name, one or several', () => {
    expect(
      jira.config.parse({
        host: 'https://a.net',
        token,
        fields: { points: 'Effort', sprint: ['customfield_1', 'customfield_2'] },
      }),
    ).toMatchObject({
      fields: { points: ['Effort'], sprint: ['customfield_1', 'customfield_2'] },
    });
    expect(jira.config.safeParse({ host: 'https://a.net', token, fields: { pionts: 'x' } }).success).toBe(false);
  });
});
