import { existsSync, createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { askedFields, findFields } from '../../../src/sources/jira/fields.ts';
import { guessFields } from '../../../src/sources/jira/guess-fields.ts';
import type { JiraField } from '../../../src/sources/jira/schema.ts';
import { fieldList, rawIssue } from './raw-issue.ts';

describe('fields by the list of the site', () => {
  it('are found by schema and name', () => {
    expect(findFields(fieldList).ids).toEqual({
      sprint: ['customfield_10020'],
      points: ['customfield_10026', 'customfield_10016'],
      epicLink: ['customfield_10014'],
      flagged: ['customfield_10021'],
      startOn: ['customfield_10015'],
    });
  });

  it('are found on a French site', () => {
    const french: JiraField[] = [
      { id: 'customfield_1', name: 'Story Points', schema: { type: 'number', custom: 'x:float' } },
      { id: 'customfield_2', name: 'Date de début', schema: { type: 'date' } },
      { id: 'customfield_3', name: 'Signalé', schema: { type: 'array' } },
      {
        id: 'customfield_4',
        name: 'Estimation en story points',
        schema: { type: 'number', custom: 'com.pyxis.greenhopper.jira:jsw-story-points' },
      },
    ];
    expect(findFields(french).ids).toMatchObject({
      points: ['customfield_1', 'customfield_4'],
      startOn: ['customfield_2'],
      flagged: ['customfield_3'],
    });
  });

  it('are not taken for what only their name says', () => {
    const changed: JiraField[] = [
      { id: 'customfield_1', name: 'Story Points', schema: { type: 'string' } },
      { id: 'customfield_2', name: 'Start date', schema: { type: 'string' } },
    ];
    expect(findFields(changed).ids).toMatchObject({ points: [], startOn: [] });
  });

  it('can be named in the config, by id or name', () => {
    const map = findFields(fieldList, { points: ['story point estimate'], sprint: ['customfield_77'] });
    expect(map.ids).toMatchObject({ points: ['customfield_10016'], sprint: ['customfield_77'] });
    expect(map.historyFields.get('customfield_77')).toBe('sprint');
  });

  it('are asked for by name, never all of them, never more than Jira takes', () => {
    expect(askedFields(findFields(fieldList))).toEqual(
      expect.arrayContaining(['summary', 'status', 'customfield_10020', 'customfield_10026']),
    );
    expect(askedFields(findFields(fieldList)).some((field) => field.startsWith('*'))).toBe(false);
    // Descriptions are long: only who wants to know of them asks.
    expect(askedFields(findFields(fieldList))).not.toContain('description');
    expect(askedFields(findFields(fieldList), ['description'])).toContain('description');
    const many = Array.from({ length: 200 }, (_, index): JiraField => ({
      id: `customfield_${index}`,
      name: 'Story Points',
      schema: { type: 'number' },
    }));
    expect(askedFields(findFields(many))).toHaveLength(100);
  });
});

describe('fields without a list', () => {
  it('are guessed from the shapes of the values and the words of the history', () => {
    const points = (to: string) => ({
      changelog: { histories: [{ items: [{ field: 'Story Points', toString: to }] }] },
    });
    const issues = [
      rawIssue(
        {
          customfield_1: 5,
          customfield_2: 9,
          customfield_3: [{ id: 1, state: 'active', name: 'S' }],
          customfield_4: [{ value: 'Impediment' }],
          customfield_5: 'APO-9',
          customfield_6: ['x'],
        },
        points('5'),
      ),
      rawIssue({ customfield_1: 3, customfield_2: 3, customfield_3: [], customfield_5: 'APO-10' }, points('3')),
      rawIssue({ customfield_1: 8, customfield_2: 1 }, points('8')),
      { id: '1', key: 'APO-1', fields: null },
    ];
    expect(guessFields(issues).ids).toEqual({
      sprint: ['customfield_3'],
      points: ['customfield_1'],
      epicLink: ['customfield_5'],
      flagged: ['customfield_4'],
      startOn: [],
    });
    expect(guessFields(issues, { points: ['customfield_2'] }).ids.points).toEqual(['customfield_2']);
  });

  const exportOf = (name: string) => new URL(`../../../../shared/data/${name}/issues.jsonl.gz`, import.meta.url);
  const hasExports = existsSync(exportOf('duraspace-jira'));
  async function issuesOf(name: string): Promise<unknown[]> {
    const issues: unknown[] = [];
    for await (const line of createInterface({ input: createReadStream(exportOf(name)).pipe(createGunzip()) })) {
      issues.push(JSON.parse(line));
      if (issues.length === 5_000) break;
    }
    return issues;
  }

  it.skipIf(!hasExports)('are guessed in a real export with numbered fields (needs ../shared/data)', async () => {
    expect(guessFields(await issuesOf('duraspace-jira')).ids).toEqual({
      sprint: ['customfield_10290'],
      points: ['customfield_10023'],
      epicLink: [],
      flagged: [],
      startOn: [],
    });
  });

  it.skipIf(!hasExports)('are guessed in a real export with named fields (needs ../shared/data)', async () => {
    expect(guessFields(await issuesOf('titanium-jira')).ids).toMatchObject({
      sprint: ['closedSprints'],
      epicLink: ['epic'],
      flagged: ['flagged'],
    });
  });
});
