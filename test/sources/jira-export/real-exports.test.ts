import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { SourceRecord } from '../../../src/core/model/record.ts';
import { ofKind, openExport, pull, scope } from './export-folder.ts';

const data = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const countBy = (names: readonly string[]) => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};
const byScope = (records: readonly SourceRecord[], kind: 'item' | 'version' | 'sprint') =>
  countBy(ofKind(records, kind).map((record) => record.scope));

// Real trackers of the past stand beside the checkout, not in it. The counts were made by another program.
describe.skipIf(!existsSync(data))('real exports (skipped where ../shared/data is absent)', () => {
  it('DuraSpace: two projects with whole histories, field ids of long ago', async () => {
    const source = openExport(`${data}duraspace-jira`, [scope('DURACLOUD'), scope('ISLANDORA')]);
    expect(await source.check()).toEqual([]);
    const { records, error } = await pull(source);
    expect(error).toBeNull();
    expect(byScope(records, 'item')).toEqual({ DURACLOUD: 739, ISLANDORA: 981 });
    expect(byScope(records, 'version')).toEqual({ DURACLOUD: 36, ISLANDORA: 13 });
    expect(ofKind(records, 'set-aside')).toEqual([]);
    const histories = ofKind(records, 'history');
    expect(histories.every((record) => record.isComplete)).toBe(true);
    const fields = countBy(histories.flatMap((record) => record.changes.map((change) => change.field)));
    expect(fields).toMatchObject({
      status: 2985,
      fixVersion: 2777,
      affectsVersion: 58,
      resolution: 1600,
      assignee: 1356,
      link: 327,
      points: 317,
      sprint: 22,
      dueOn: 11,
    });
    const items = ofKind(records, 'item').map((record) => record.item);
    expect(items.filter((item) => item.points !== null)).toHaveLength(578);
    expect(items.filter((item) => item.sprintIds.length > 0)).toHaveLength(20);
    expect(items.filter((item) => item.dueOn !== null)).toHaveLength(41);
  });

  it('Titanium: 22,371 issues without histories, sprints that list their issues', async () => {
    const { records, error } = await pull(openExport(`${data}titanium-jira`, [scope('TIMOB')]));
    expect(error).toBeNull();
    expect(byScope(records, 'item')).toEqual({ TIMOB: 22_371 });
    expect(byScope(records, 'version')).toEqual({ TIMOB: 761 });
    expect(byScope(records, 'sprint')).toEqual({ TIMOB: 331 });
    expect(ofKind(records, 'set-aside')).toEqual([]);
    expect(ofKind(records, 'history').some((record) => record.isComplete)).toBe(false);
    const sprintIds = ofKind(records, 'item').map((record) => record.item.sprintIds);
    expect(sprintIds.filter((ids) => ids.length > 0)).toHaveLength(4831);
    expect(sprintIds.flat()).toHaveLength(7831);
  });
});
