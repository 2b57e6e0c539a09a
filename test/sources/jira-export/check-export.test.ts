import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/lib/errors.ts';
import { jiraExport } from '../../../src/sources/jira-export/index.ts';
import { anIssue, exportFolder, openExport, scope } from './export-folder.ts';

describe('vigie check of an export', () => {
  it('finds nothing wrong with a good one', async () => {
    expect(await openExport(exportFolder({ 'issues.jsonl': [anIssue(1)] })).check()).toEqual([]);
  });

  it('says where it looked when there is none', async () => {
    expect(await openExport('no/such/folder').check()).toMatchObject([
      {
        severity: 'error',
        what: 'jira-export path no/such/folder',
        expected: 'a folder with issues.jsonl or issues.jsonl.gz',
      },
    ]);
  });

  it('says which projects there are when the one of the config is not among them', async () => {
    const problems = await openExport(exportFolder({ 'issues.jsonl': [anIssue(1)] }), [scope('APOLO')]).check();
    expect(problems).toMatchObject([{ severity: 'error', what: 'project APOLO', found: 'only APO' }]);
  });

  it('says what is no JSON, what is no issue, and what is cut', async () => {
    const broken = await openExport(exportFolder({ 'issues.jsonl': ['<html>'], 'board.json': '{' })).check();
    expect(broken.map((problem) => problem.what)).toEqual(['board.json', expect.stringContaining('issues.jsonl')]);
    const cut = await openExport(exportFolder({ 'issues.jsonl.gz': Buffer.from([0x1f, 0x8b, 8, 0]) })).check();
    expect(cut).toMatchObject([{ severity: 'error', found: 'unexpected end of file' }]);
  });
});

describe('settings of an export', () => {
  it.each(['project = APO', ' PROJECT = "APO" ', "project in ('APO')", 'project in (APO, HER)'])(
    'take the plain JQL %s',
    async (jql) => {
      const folder = exportFolder({ 'issues.jsonl': [anIssue(1)] });
      const problems = await openExport(folder, [scope('X', { project: null, jql })]).check();
      expect(problems.filter((problem) => !problem.expected.includes('HER'))).toEqual([]);
    },
  );

  it.each(['project = APO AND status = Done', 'labels = x', 'project = APO ORDER BY id', 'project != APO', ''])(
    'refuse JQL that would need a search: %s',
    (jql) => {
      const open = () => openExport('x', [scope('APOLLO', { project: null, jql })]);
      expect(open).toThrow(ConfigError);
      expect(open).toThrow(/projects\.APOLLO\.scope\.jql: expected for a jira-export `project = KEY`/);
    },
  );

  it('need a path and take one field or several for a meaning', () => {
    expect(jiraExport.config.safeParse({}).success).toBe(false);
    expect(jiraExport.config.safeParse({ path: 'x', pathh: 'y' }).success).toBe(false);
    expect(jiraExport.config.parse({ path: 'x' })).toEqual({ path: 'x', fields: {} });
    expect(jiraExport.config.parse({ path: 'x', fields: { points: 'customfield_1', sprint: ['a', 'b'] } })).toEqual({
      path: 'x',
      fields: { points: ['customfield_1'], sprint: ['a', 'b'] },
    });
  });
});
