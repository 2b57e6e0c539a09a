import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig, requireVariables } from '../../src/config/load.ts';
import { placeOf, projectSettings } from '../../src/config/place.ts';
import { ConfigError } from '../../src/lib/errors.ts';

const environment = {
  SLACK_BOT_TOKEN: 'xoxb-test-token ',
  SLACK_SIGNING_SECRET: 'signing-secret',
  JIRA_EMAIL: 'bot@acme.example',
  JIRA_API_TOKEN: 'jira-token',
};

const usual = `slack: { botToken: "\${SLACK_BOT_TOKEN}", signingSecret: "\${SLACK_SIGNING_SECRET}" }
sources:
  jira: { kind: jira, host: "https://acme.atlassian.net", email: "\${JIRA_EMAIL}", token: "\${JIRA_API_TOKEN}" }
projects:
  APOLLO:
    name: Apollo
    scope: { source: jira, project: APO, board: 12 }
    channel: C0123456789
reports:
  - { report: project-digest, every: "30 8 * * MON", zone: Europe/Paris, projects: all }
`;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigie-config-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function load(files: Record<string, string>, variables: Record<string, string> = environment) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return loadConfig(directory, variables);
}

/** The problems as people read them, without the folder. */
function problemsOf(files: Record<string, string>, variables: Record<string, string> = environment): string[] {
  try {
    load(files, variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replaceAll(/\S*\/(?=\w+\.yaml)/g, '').split('\n');
    throw error;
  }
  return [];
}

describe('a working config', () => {
  it('needs at most 15 lines for one Jira project and one channel', () => {
    expect(usual.trim().split('\n').length).toBeLessThanOrEqual(15);
    const config = load({ 'vigie.yaml': usual });
    expect(config.projects['APOLLO']!.scope).toEqual({ source: 'jira', project: 'APO', board: '12' });
    expect(config.sources['jira']!.kind.kind).toBe('jira');
    expect(config.slack).toMatchObject({ botToken: 'xoxb-test-token', command: '/pmo', settle: 60 });
    expect(config.secrets).toEqual(expect.arrayContaining(['xoxb-test-token', 'jira-token']));
  });

  it('has the shipped thresholds and calendars when it brings none', () => {
    const config = load({ 'vigie.yaml': usual });
    expect(config.thresholds.health.green).toBe(0.8);
    expect(config.calendars['france']!.holidays).toContain('2026-07-14');
    expect(placeOf(config, config.projects['APOLLO']).calendar.weekend).toEqual(['sat', 'sun']);
  });

  it('lets its own files win', () => {
    const config = load({ 'vigie.yaml': usual, 'thresholds.yaml': 'health: { green: 0.9 }\n' });
    expect(config.thresholds.health).toMatchObject({ green: 0.9, red: 0.5 });
  });

  it('may have calendars and thresholds in any of its files', () => {
    const config = load({
      'vigie.yaml': `${usual}calendars: { standard: { weekend: [fri] } }\nthresholds: { health: { green: 0.9 } }\n`,
    });
    expect(Object.keys(config.calendars)).toEqual(['standard']);
    expect(config.thresholds.health).toMatchObject({ green: 0.9, red: 0.5 });
  });

  it('may leave slack and channel out', () => {
    const config = load({
      'vigie.yaml':
        'sources: { x: { kind: jira-export, path: here } }\nprojects: { P: { scope: { source: x, project: P } } }\n',
    });
    expect(config.slack).toBeUndefined();
    expect(config.projects['P']!.channel).toBeUndefined();
  });

  it('takes the nearest wish for language, zone and calendar', () => {
    const config = load({ 'vigie.yaml': `${usual}locale: fr\nzone: Europe/Paris\n` });
    expect(placeOf(config, { zone: 'Asia/Tokyo' }, { zone: 'UTC', locale: 'en' })).toMatchObject({
      zone: 'Asia/Tokyo',
      locale: 'en',
    });
    expect(placeOf(config)).toMatchObject({ zone: 'Europe/Paris', locale: 'fr' });
  });

  it('names a variable that is not set only when its section is needed', () => {
    const config = load({ 'vigie.yaml': usual }, { JIRA_EMAIL: 'a@b.c', JIRA_API_TOKEN: 'jira-token' });
    expect(() => requireVariables(config, ['sources'])).not.toThrow();
    expect(() => requireVariables(config, ['slack'])).toThrow(
      /vigie\.yaml:1:10 slack\.botToken: expected the environment variable SLACK_BOT_TOKEN, found it is not set/,
    );
  });

  it('reads a secret from the file that NAME_FILE names', () => {
    mkdirSync(join(directory, 'secrets'));
    writeFileSync(join(directory, 'secrets', 'token'), 'from-a-file\n');
    const { JIRA_API_TOKEN: _, ...rest } = environment;
    const config = load({ 'vigie.yaml': usual }, { ...rest, JIRA_API_TOKEN_FILE: join(directory, 'secrets', 'token') });
    expect(config.secrets).toContain('from-a-file');
  });

  it.each([
    ['is not there', 'nowhere', 'ENOENT'],
    ['is empty', 'empty', 'empty'],
  ])('says so when the file that NAME_FILE names %s', (_, name, found) => {
    writeFileSync(join(directory, 'empty'), '\n');
    const { JIRA_API_TOKEN: _token, ...rest } = environment;
    const path = join(directory, name);
    const config = load({ 'vigie.yaml': usual }, { ...rest, JIRA_API_TOKEN_FILE: path });
    expect(() => requireVariables(config, ['sources'])).toThrow(
      `sources.jira.token: expected a secret in the file that JIRA_API_TOKEN_FILE names, found ${path} (${found})`,
    );
  });
});

describe('problems', () => {
  it.each([
    [
      'an unknown key',
      usual.replace('channel:', 'chanel:'),
      /^vigie\.yaml:8:5 projects\.APOLLO\.chanel: expected one of .*channel.*, found "chanel"; did you mean "channel"\?$/,
    ],
    [
      'a wrong type',
      usual.replace('name: Apollo', 'name: [1]'),
      /^vigie\.yaml:6:5 projects\.APOLLO\.name: expected a text, found a list of 1$/,
    ],
    [
      'a cron that never comes',
      usual.replace('30 8 * * MON', '61 * * * *'),
      /^vigie\.yaml:10:\d+ reports\[0\]\.every: expected .*minute.*, found "61 \* \* \* \*"$/,
    ],
    ['an empty cron', usual.replace('30 8 * * MON', ''), /reports\[0\]\.every: expected .*, found ""$/],
    [
      'a zone that does not exist',
      usual.replace('Europe/Paris', 'Europe/Pari'),
      /reports\[0\]\.zone: expected an IANA time zone such as Europe\/Paris, found "Europe\/Pari"$/,
    ],
    [
      'an unknown source',
      usual.replace('source: jira,', 'source: jria,'),
      /projects\.APOLLO\.scope\.source: expected the name of a source: jira, found "jria"; did you mean "jira"\?$/,
    ],
    [
      'an unknown kind of source',
      usual.replace('kind: jira,', 'kind: jirra,'),
      /sources\.jira\.kind: expected one of .*jira.*, found "jirra"; did you mean "jira"\?$/,
    ],
    [
      'a host without a scheme',
      usual.replace('https://acme', 'acme'),
      /^vigie\.yaml:3:\d+ sources\.jira\.host: expected .*, found "acme\.atlassian\.net"$/,
    ],
    [
      'project and jql at once',
      usual.replace('project: APO,', 'project: APO, jql: "project = APO",'),
      /projects\.APOLLO\.scope: expected either `project` or `jql`, not both/,
    ],
    ['a duplicate key', `${usual}reports: []\n`, /^vigie\.yaml:\d+:\d+: expected valid YAML, found .*unique/],
    ['a tab', usual.replace('  jira:', '\tjira:'), /^vigie\.yaml:3:\d+: expected valid YAML, found .*[Tt]ab/],
    ['an unknown tag', `${usual}zone: !!js/function 'x'\n`, /expected valid YAML, found .*tag/],
    ['a list at the top', '- a\n', /^vigie\.yaml:1:1: expected keys and values, found a list$/],
    [
      'an unknown report',
      usual.replace('project-digest', 'project-digst'),
      /reports\[0\]\.report: expected one of project-digest, programme-digest, portfolio-digest, sprint-review, compliance, delivery, found "project-digst"; did you mean "project-digest"\?$/,
    ],
    [
      'a kind of channel that there is not',
      usual.replace('name: Apollo', 'access: { channels: [public, guest] }'),
      /access\.channels\[1\]: expected one of public, private, shared, guests, direct, found "guest"; did you mean "guests"\?$/,
    ],
    [
      'the name of a person where an id is wanted',
      usual.replace('name: Apollo', 'access: { people: [claire] }'),
      /access\.people\[0\]: expected the id of a person \(U…\) or of a user group \(S…\) in Slack, found "claire"/,
    ],
    [
      'a field that is not restricted',
      `${usual}\nchannels: { C0123456789: { shows: [dates] } }`,
      /channels\.C0123456789\.shows\[0\]: expected one of cost, people, found "dates"/,
    ],
    [
      'the name of a workspace where its id is wanted',
      `${usual}\nchannels: { C0123456789: { workspace: acme } }`,
      /workspace: expected the id of a workspace in Slack \(T…\), found "acme"/,
    ],
    [
      'neither a token nor a way to install',
      usual.replace(' botToken: "${SLACK_BOT_TOKEN}",', ''),
      /slack\.botToken: expected a bot token, or `oauth` for several workspaces, found nothing/,
    ],
    [
      'a day that does not exist',
      usual.replace('name: Apollo', 'milestones: [{ name: Go-live, on: 2026-02-29 }]'),
      /milestones\[0\]\.on: expected .*day.*, found "2026-02-29"/,
    ],
    [
      'a language without words',
      `${usual}locale: de\n`,
      /^vigie\.yaml:11:1 locale: expected a language that there are templates for: en, fr, found "de"$/,
    ],
    [
      'the name of a channel where its id is wanted',
      usual.replace('C0123456789', '"#apollo"'),
      /projects\.APOLLO\.channel: expected the id of a channel such as C0123456789 \(channel details, at the bottom\), found "#apollo"$/,
    ],
    [
      'the name of a channel as a key',
      `${usual}channels: { "#apollo": { locale: fr } }\n`,
      /channels\.#apollo: expected the id of a channel such as C0123456789 \(channel details, at the bottom\), found .*$/,
    ],
    [
      'a variable in small letters',
      usual.replace('https://acme.atlassian.net', '${jira_host}'),
      /^vigie\.yaml:3:\d+ sources\.jira\.host: expected the name of an environment variable in capitals, such as \$\{JIRA_HOST\}, found "\$\{jira_host\}"$/,
    ],
    [
      'a variable without its end',
      `${usual}http: { host: "\${HOSTNAME" }\n`,
      /http\.host: expected the name of an environment variable in capitals, such as \$\{HTTP_HOST\}, found "\$\{HOSTNAME"$/,
    ],
    [
      'two documents in one file',
      `${usual}---\nlocale: fr\n`,
      /^vigie\.yaml:11:1: expected one YAML document, found a second one after a line of ---$/,
    ],
    [
      'a currency that there is not, once',
      usual.replace(
        'name: Apollo',
        'budget: { amount: 1, currency: eur, from: 2026-01-01, actuals: capacity, team: [{ people: 1, perDay: 1 }] }',
      ),
      /budget\.currency: expected the code of a currency, such as EUR, found "eur"$/,
    ],
    [
      'calendars without the one that is taken unless another is named',
      `${usual}calendars: { mine: { weekend: [fri] } }\n`,
      /calendar: expected the name of a calendar: mine, found "standard"; define it, or name one at the top as `calendar: mine`$/,
    ],
  ])('%s', (_, text, expected) => {
    const problems = problemsOf({ 'vigie.yaml': text });
    expect(
      problems.filter((line) => expected.test(line)),
      problems.join('\n'),
    ).toHaveLength(1);
  });

  it('are all told at once, in the order of the file', () => {
    const text = usual
      .replace('kind: jira,', 'kind: nothing,')
      .replace('channel:', 'chanel:')
      .replace('Europe/Paris', 'Mars');
    expect(problemsOf({ 'vigie.yaml': text }).map((line) => line.split(' ')[0])).toEqual([
      'vigie.yaml:3:11',
      'vigie.yaml:8:5',
      expect.stringMatching(/^vigie\.yaml:10:/),
    ]);
  });

  it('are all told at once, names that lead nowhere too', () => {
    const text = `${usual.replace('source: jira,', 'source: jria,').replace('Europe/Paris', 'Mars')}calendar: frnace\nlocal: fr\n`;
    expect(problemsOf({ 'vigie.yaml': text }).map((line) => line.split(': ')[0])).toEqual([
      'vigie.yaml:7:14 projects.APOLLO.scope.source',
      'vigie.yaml:10:54 reports[0].zone',
      'vigie.yaml:11:1 calendar',
      'vigie.yaml:12:1 local',
    ]);
  });

  it('do not say that a project is unknown which was written and is wrong', () => {
    const text = usual
      .replace('scope: { source: jira, project: APO, board: 12 }', 'scope: 5')
      .replace('projects: all', 'projects: [APOLLO]');
    expect(problemsOf({ 'vigie.yaml': text })).toEqual([
      'vigie.yaml:7:5 projects.APOLLO.scope: expected keys and values, found 5',
    ]);
  });

  it('never repeat a secret that was written in a file', () => {
    const text = usual
      .replace('"${JIRA_API_TOKEN}"', 'hunter2hunter2')
      .replace('"${SLACK_BOT_TOKEN}"', 'xoxb-1234-abcd');
    const problems = problemsOf({ 'vigie.yaml': text });
    expect(problems).toHaveLength(2);
    expect(problems.join('\n')).toMatch(
      /sources\.jira\.token: expected the name of an environment variable, such as \$\{JIRA_TOKEN\}, found a secret written in the file/,
    );
    expect(problems.join('\n')).not.toMatch(/hunter2|xoxb-1234/);
  });

  it('never repeat a secret of the environment that is of another shape than is wanted', () => {
    const wrong = { ...environment, SLACK_BOT_TOKEN: 'xapp-1-A0123-hunter2', SLACK_SIGNING_SECRET: 'hunter2' };
    expect(problemsOf({ 'vigie.yaml': usual }, wrong)).toEqual([
      'vigie.yaml:1:10 slack.botToken: expected a bot token (xoxb-… or xoxe.xoxb-…), found a text of length 20',
      'vigie.yaml:1:42 slack.signingSecret: expected a text of length at least 8, found a text of length 7',
    ]);
  });

  it.each([
    ['a token of GitHub', 'ghp_abcdefgh12345678'],
    ['one of GitLab', 'glpat-abcd_efgh1234'],
    ['one of Linear', 'lin_api_abcdefgh1234'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----'],
  ])('know %s wherever it is written', (_, text) => {
    const problems = problemsOf({ 'vigie.yaml': usual.replace('https://acme.atlassian.net', text) });
    expect(problems.join('\n')).toMatch(/sources\.jira\.host: .* found a secret written in the file/);
    expect(problems.join('\n')).not.toContain(text);
  });

  it('say where a key stands twice in two files', () => {
    expect(problemsOf({ 'vigie.yaml': usual, 'more.yaml': 'projects: {}\n' })).toEqual([
      expect.stringMatching(
        /^vigie\.yaml:4:1 projects: expected it in one file only \(it stands at .*more\.yaml:1:1\), found it again$/,
      ),
    ]);
  });

  it('tell that nothing reads the worklogs that a budget or a rule asks for', () => {
    const asking = (lines: string) => usual.replace('    channel: C0123456789\n', `    channel: C0123456789\n${lines}`);
    const budget =
      '    worklogs: mandatory\n    budget: { amount: 1, currency: EUR, from: 2026-01-01, actuals: worklogs, rates: [{ perHour: 9 }] }\n';
    expect(problemsOf({ 'vigie.yaml': asking(budget) })).toEqual([
      'vigie.yaml:9:5 projects.APOLLO.worklogs: expected a Jira source with `worklogs: true` among those of the project, found none that reads worklogs',
      'vigie.yaml:10:59 projects.APOLLO.budget.actuals: expected a Jira source with `worklogs: true` among those of the project, found none that reads worklogs',
    ]);
    const read = asking(budget).replace('kind: jira,', 'kind: jira, worklogs: true,');
    expect(problemsOf({ 'vigie.yaml': read })).toEqual([]);
    const config = load({ 'vigie.yaml': read });
    expect(projectSettings(config, 'APOLLO')).toMatchObject({ worklogs: 'mandatory', budget: { amount: 100 } });
    expect(projectSettings(load({ 'vigie.yaml': usual }), 'APOLLO').worklogs).toBeUndefined();
  });

  it('name a threshold by its place in thresholds.yaml', () => {
    expect(problemsOf({ 'vigie.yaml': usual, 'thresholds.yaml': '# mine\nhealth:\n  gren: 0.9\n' })).toEqual([
      expect.stringMatching(
        /^thresholds\.yaml:3:3 thresholds\.health\.gren: expected one of green, .*; did you mean "green"\?$/,
      ),
    ]);
  });

  it('survive an alias bomb and UTF-16', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((key, at) => `${key}: &${key} [${Array(8).fill(`*${'abcdefgh'[at]}`).join(',')}]`)
      .join('\n')}\n`;
    expect(problemsOf({ 'vigie.yaml': bomb })).toEqual([expect.stringMatching(/alias/)]);
    writeFileSync(join(directory, 'vigie.yaml'), Buffer.from(usual, 'utf16le'));
    expect(() => loadConfig(directory, environment)).toThrow(/UTF-8/);
  });

  it('tell of bytes that are not UTF-8 instead of reading something else', () => {
    writeFileSync(join(directory, 'vigie.yaml'), Buffer.from(usual.replace('name: Apollo', 'name: Café'), 'latin1'));
    expect(() => loadConfig(directory, environment)).toThrow(
      /vigie\.yaml:6:1: expected a text file in UTF-8, found other bytes in this line; save it as UTF-8/,
    );
  });

  it('tell of a file that cannot be read, and pass over what editors leave beside it', () => {
    mkdirSync(join(directory, 'more.yaml'));
    symlinkSync('/nowhere', join(directory, '.#vigie.yaml'));
    expect(problemsOf({ 'vigie.yaml': usual })).toEqual(['more.yaml: expected a file that can be read, found EISDIR']);
    rmSync(join(directory, 'more.yaml'), { recursive: true });
    expect(problemsOf({ 'vigie.yaml': usual })).toEqual([]);
  });

  it('tell of a file in place of the folder, and of vigie.yml', () => {
    writeFileSync(join(directory, 'vigie.yml'), usual);
    expect(() => loadConfig(directory, environment)).toThrow(
      /vigie\.yaml: expected a file that names your sources and projects, found vigie\.yml; rename it to vigie\.yaml/,
    );
    expect(() => loadConfig(join(directory, 'vigie.yml'), environment)).toThrow(
      /vigie\.yml: expected a folder with vigie\.yaml, found a file; name the folder that it is in/,
    );
    writeFileSync(join(directory, 'calendars.yml'), 'mine: {}\n');
    expect(problemsOf({ 'vigie.yaml': '{}\n' })[0]).toMatch(
      /calendars\.yml: expected a name that ends in \.yaml, found calendars\.yml; rename it$/,
    );
  });

  it('tell what to do when there is no config', () => {
    expect(() => loadConfig(join(directory, 'nowhere'), environment)).toThrow(
      /no such folder; see "Connect your Jira" in README\.md, or try `npm run demo`/,
    );
  });
});
