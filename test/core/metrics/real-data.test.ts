import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { at } from '../../builders.ts';
import { derivedItems, differences } from './derived-items.ts';
import { plainItems } from './plain-derivation.ts';
import type { RawIssue } from './plain-derivation.ts';
import { hasRealData, readRealProject, realFile } from './real-projects.ts';

function rawIssues(file: string): RawIssue[] {
  const text = gunzipSync(readFileSync(realFile(file))).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as RawIssue);
}

const pulledAt = at('2026-11-24T08:00:00Z');

describe.skipIf(!hasRealData)('real projects (skipped where ../shared/data is absent)', () => {
  it.each([
    ['DURACLOUD', ['2026-11-24T08:30:00.000Z', '2013-06-03T12:00:00.000Z', '2011-03-01T00:00:00.000Z']],
    ['ISLANDORA', ['2026-11-24T08:30:00.000Z', '2012-03-01T00:00:00.000Z']],
  ])('DuraSpace, %s: start, done, cycle time and versions of every item', async (project, instants) => {
    const raw = rawIssues('duraspace-jira/issues.jsonl.gz');
    const history = await readRealProject('duraspace-jira', project, pulledAt);
    for (const asOf of instants) {
      const ours = derivedItems(history, asOf);
      expect(differences(ours, plainItems(raw, project, asOf))).toEqual([]);
      expect([...ours.values()].filter(({ days }) => days !== null).length).toBeGreaterThan(20);
      expect([...ours.values()].filter(({ versions }) => versions !== '').length).toBeGreaterThan(20);
    }
  });

  it('Titanium: done of every item, without histories and so without a start', async () => {
    const raw = rawIssues('titanium-jira/issues.jsonl.gz');
    const history = await readRealProject('titanium-jira', 'TIMOB', pulledAt);
    for (const asOf of ['2026-11-24T08:30:00.000Z', '2018-03-12T12:00:00.000Z']) {
      const ours = derivedItems(history, asOf);
      expect(differences(ours, plainItems(raw, 'TIMOB', asOf))).toEqual([]);
      expect(ours.size).toBeGreaterThan(18_000);
    }
  });
});
