import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { itemTimes } from '../../../src/core/metrics/flow/item-times.ts';
import type { ProjectHistory } from '../../../src/core/model/project.ts';
import { aCalendar, at } from '../../builders.ts';
import { hasRealData, readRealProject, realFile } from './real-projects.ts';

/**
 * The clocks of all items once more, by plain loops over the raw JSON of Jira and nothing of ours: what the two agree
 * on is not a slip of one of them.
 */
interface RawIssue {
  readonly key: string;
  readonly fields: {
    readonly project: { readonly key: string };
    readonly created: string;
    readonly resolutiondate?: string | null;
    readonly status: { readonly id: string; readonly name: string; readonly statusCategory: { readonly key: string } };
  };
  readonly changelog?: {
    readonly histories: readonly {
      readonly id: string;
      readonly created: string;
      readonly items: readonly Readonly<Record<'field' | 'from' | 'fromString' | 'to' | 'toString', string | null>>[];
    }[];
  };
}

interface Clock {
  readonly start: string | null;
  readonly done: string | null;
  readonly days: number | null;
}

function rawIssues(file: string): RawIssue[] {
  const text = gunzipSync(readFileSync(realFile(file))).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as RawIssue);
}

const iso = (raw: string) => new Date(raw).toISOString();

function plainClocks(issues: readonly RawIssue[], project: string, asOf: string): Map<string, Clock> {
  const categoryOfId: Record<string, string> = {};
  const categoryOfName: Record<string, string> = {};
  for (const { fields } of issues) {
    categoryOfId[fields.status.id] = fields.status.statusCategory.key;
    categoryOfName[fields.status.name.toLowerCase()] = fields.status.statusCategory.key;
  }
  const categoryOf = (id: string | null, name: string | null) =>
    categoryOfId[id ?? ''] ?? categoryOfName[(name ?? '').toLowerCase()] ?? '?';

  const clocks = new Map<string, Clock>();
  for (const { key, fields, changelog } of issues) {
    if (fields.project.key !== project || iso(fields.created) > asOf) continue;
    const moves: { when: string; id: number; from: string; to: string }[] = [];
    for (const entry of changelog?.histories ?? []) {
      for (const item of entry.items) {
        if (item.field !== 'status') continue;
        moves.push({
          when: iso(entry.created),
          id: Number(entry.id),
          from: categoryOf(item.from, item.fromString),
          to: categoryOf(item.to, item.toString),
        });
      }
    }
    moves.sort((a, b) => (a.when === b.when ? a.id - b.id : a.when < b.when ? -1 : 1));
    const created = iso(fields.created);
    const now = categoryOf(fields.status.id, fields.status.name);
    let category = moves.length > 0 ? moves[0]!.from : now;
    let start: string | null = category === 'indeterminate' ? created : null;
    let done: string | null = category === 'done' ? created : null;
    for (const move of moves) {
      if (move.when > asOf) break;
      if (move.to === 'indeterminate' && start === null) start = move.when;
      if (move.to !== 'done') done = null;
      else if (category !== 'done') done = move.when;
      category = move.to;
    }
    if (moves.length === 0 && now === 'done') {
      const resolved = fields.resolutiondate ? iso(fields.resolutiondate) : null;
      if (resolved !== null && resolved > created) done = resolved <= asOf ? resolved : null;
    }
    // Without a history only the day of the resolution tells.
    if (changelog === undefined) {
      start = null;
      if (!fields.resolutiondate) done = null;
    }
    const days =
      start !== null && done !== null
        ? (Date.parse(done.slice(0, 10)) - Date.parse(start.slice(0, 10))) / 86_400_000 + 1
        : null;
    clocks.set(key, { start, done, days });
  }
  return clocks;
}

const isoOf = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());

function ourClocks(history: ProjectHistory, asOf: string): Map<string, Clock> {
  const items = itemTimes(viewAsOf(history, at(asOf), aCalendar()));
  return new Map(
    items.map(({ key, startedAt, doneAt, cycleTimeDays }) => [
      key,
      { start: isoOf(startedAt), done: isoOf(doneAt), days: cycleTimeDays },
    ]),
  );
}

/** Only where they differ: two lists of 22,000 are no use in a message. */
function differences<T>(ours: Map<string, T>, plain: Map<string, T>): unknown[] {
  return [...new Set([...ours.keys(), ...plain.keys()])]
    .filter((key) => JSON.stringify(ours.get(key)) !== JSON.stringify(plain.get(key)))
    .map((key) => ({ key, ours: ours.get(key), plain: plain.get(key) }));
}

const pulledAt = at('2026-11-24T08:00:00Z');

describe.skipIf(!hasRealData)('real projects (skipped where ../shared/data is absent)', () => {
  it.each([
    ['DURACLOUD', ['2026-11-24T08:30:00.000Z', '2013-06-03T12:00:00.000Z']],
    ['ISLANDORA', ['2026-11-24T08:30:00.000Z', '2012-03-01T00:00:00.000Z']],
  ])('DuraSpace, %s: start, done and cycle time of every item', async (project, instants) => {
    const raw = rawIssues('duraspace-jira/issues.jsonl.gz');
    const history = await readRealProject('duraspace-jira', project, pulledAt);
    for (const asOf of instants) {
      const ours = ourClocks(history, asOf);
      expect(differences(ours, plainClocks(raw, project, asOf))).toEqual([]);
      expect([...ours.values()].filter(({ days }) => days !== null).length).toBeGreaterThan(20);
    }
  });

  it('Titanium: done of every item, without histories and so without a start', async () => {
    const raw = rawIssues('titanium-jira/issues.jsonl.gz');
    const history = await readRealProject('titanium-jira', 'TIMOB', pulledAt);
    for (const asOf of ['2026-11-24T08:30:00.000Z', '2018-03-12T12:00:00.000Z']) {
      const ours = ourClocks(history, asOf);
      expect(differences(ours, plainClocks(raw, 'TIMOB', asOf))).toEqual([]);
      expect(ours.size).toBeGreaterThan(18_000);
    }
  });
});
