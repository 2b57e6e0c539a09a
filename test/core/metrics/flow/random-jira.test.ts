import * as fc from '../../../property.ts';
import { expect, it } from 'vitest';
import { exportFolder, openExport, pull, scope } from '../../../sources/jira-export/export-folder.ts';
import { derivedItems, differences } from '../derived-items.ts';
import { plainItems } from '../plain-derivation.ts';
import type { RawChange, RawEntry, RawIssue } from '../plain-derivation.ts';
import { historyOf } from '../real-projects.ts';

/** Statuses as they are today; the last three are of long ago, and none of them is the status of an item now. */
const statuses = [
  ['1', 'Open', 'new'],
  ['3', 'In Progress', 'indeterminate'],
  ['4', 'In Review', 'indeterminate'],
  ['5', 'Resolved', 'done'],
  ['6', 'Closed', 'done'],
  ['7', 'Waiting', 'undefined'],
  ['70', 'in progress', null],
  ['71', 'Closed', null],
  ['72', 'Triage', null],
] as const;
const versionIds = ['10', '9', '101', '11'] as const;
const beginsAt = Date.UTC(2026, 0, 5);

/** Few instants, so that several entries often share one; both ends of a day, and offsets of other zones. */
const slot = fc.nat(60);
const instantOf = (index: number) => beginsAt + index * 9 * 3_600_000 + (index % 7);
function textOf(index: number): string {
  const offset = [0, 2, -5][index % 3]!;
  const shifted = new Date(instantOf(index) + offset * 3_600_000).toISOString().slice(0, -1);
  return `${shifted}${offset < 0 ? '-' : '+'}${String(Math.abs(offset)).padStart(2, '0')}00`;
}

const wish = fc.oneof(
  { weight: 3, arbitrary: fc.record({ field: fc.constant('status'), to: fc.nat(statuses.length - 1) }) },
  { weight: 2, arbitrary: fc.record({ field: fc.constant('Fix Version'), to: fc.nat(versionIds.length - 1) }) },
  { weight: 1, arbitrary: fc.record({ field: fc.constant('summary'), to: fc.nat(9) }) },
);
const entry = fc.record({ when: slot, items: fc.array(wish, { minLength: 1, maxLength: 4 }) });
const issue = fc.record({
  created: fc.nat(20),
  first: fc.nat(statuses.length - 1),
  versions: fc.subarray([...versionIds]),
  entries: fc.array(entry, { maxLength: 9 }),
  shuffle: fc.infiniteStream(fc.nat(1000)),
  resolved: fc.option(slot),
  history: fc.constantFrom('whole', 'whole', 'whole', 'cut', 'none'),
});
type RandomIssue = typeof issue extends fc.Arbitrary<infer One> ? One : never;

/** The issue as Jira would tell it now: what it is today follows from all of its changes. */
function rawIssue(random: RandomIssue, number: number): RawIssue & { readonly id: string } {
  let status: number = random.first;
  const versions = new Set<string>(random.versions);
  const entries: RawEntry[] = random.entries
    .filter(({ when }) => when >= random.created)
    .sort((a, b) => a.when - b.when)
    .map(({ when, items }, index) => ({
      // 8, 9, 10, 11: by text, the order would be another one.
      id: String(8 + index),
      created: textOf(when),
      items: items.map(({ field, to }): RawChange => {
        if (field === 'status') {
          const [from, fromString] = statuses[status]!;
          const [id, name] = statuses[to]!;
          status = to;
          return { field, from, fromString, to: id, toString: name };
        }
        if (field === 'summary') return { field, from: null, fromString: 'a', to: null, toString: String(to) };
        const id = versionIds[to]!;
        const name = `v${id}`;
        if (versions.delete(id)) return { field, from: id, fromString: name, to: null, toString: null };
        versions.add(id);
        return { field, from: null, fromString: null, to: id, toString: name };
      }),
    }));
  // A status of long ago is nobody's status today.
  const [id, name, category] = statuses[status % 6]!;
  if (status >= 6) {
    const [from, fromString] = statuses[status]!;
    entries.push({
      id: '99',
      created: textOf(61),
      items: [{ field: 'status', from, fromString, to: id, toString: name }],
    });
  }
  // Jira promises no order.
  const listed = [...entries].sort(() => (random.shuffle.next().value! % 2 === 0 ? 1 : -1));
  const kept = random.history === 'cut' ? entries.slice(1) : listed;
  return {
    id: String(1000 + number),
    key: `APO-${number}`,
    fields: {
      project: { key: 'APO' },
      created: textOf(random.created),
      resolutiondate: random.resolved === null ? null : textOf(Math.max(random.created, random.resolved)),
      status: { id, name, statusCategory: { key: category! } },
      fixVersions: [...versions].map((version) => ({ id: version })),
    },
    ...(random.history === 'none' ? {} : { changelog: { total: entries.length, histories: kept } }),
  };
}

function asExported({ fields, ...issueParts }: RawIssue & { readonly id: string }): object {
  return {
    ...issueParts,
    fields: {
      ...fields,
      summary: issueParts.key,
      issuetype: { id: '1', name: 'Story', subtask: false },
      updated: textOf(62),
      fixVersions: fields.fixVersions!.map(({ id }) => ({ id, name: `v${id}`, released: false, archived: false })),
    },
  };
}

it('start, done, cycle time and versions of any issue are those of plain loops over its raw JSON', async () => {
  const seen = { reopened: 0, skipped: 0, backward: 0, severalVersions: 0, sameInstant: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(issue, { minLength: 5, maxLength: 25 }),
      fc.array(slot, { maxLength: 4 }),
      async (some, slots) => {
        const raw = some.map((one, index) => rawIssue(one, index + 1));
        raw.forEach((one) => note(seen, one));
        const { records, error } = await pull(
          openExport(exportFolder({ 'issues.jsonl': raw.map(asExported) }), [scope('APO')]),
        );
        expect(error).toBeNull();
        const history = historyOf(records, 'APO', instantOf(63));
        for (const when of [...slots, 63]) {
          const asOf = new Date(instantOf(when)).toISOString();
          expect(differences(derivedItems(history, asOf), plainItems(raw, 'APO', asOf))).toEqual([]);
        }
      },
    ),
    { numRuns: 60 },
  );
  // What the issue of the project asks for has come up, not once by luck but often.
  for (const [kind, count] of Object.entries(seen)) expect([kind, count > 20]).toEqual([kind, true]);
});

function note(
  seen: Record<'reopened' | 'skipped' | 'backward' | 'severalVersions' | 'sameInstant', number>,
  one: RawIssue,
) {
  const histories = one.changelog?.histories ?? [];
  const moves = histories.flatMap(({ items }) => items).filter(({ field }) => field === 'status');
  const doneIds = new Set(['5', '6', '71']);
  const startedIds = new Set(['3', '4', '70']);
  const has = (from: ReadonlySet<string>, to: ReadonlySet<string>) =>
    moves.some((move) => from.has(move.from!) && to.has(move.to!));
  if (has(doneIds, new Set(['1', ...startedIds]))) seen.reopened += 1;
  if (has(new Set(['1']), doneIds)) seen.skipped += 1;
  if (has(startedIds, new Set(['1']))) seen.backward += 1;
  if (histories.some(({ items }) => items.filter(({ field }) => field === 'Fix Version').length > 1))
    seen.severalVersions += 1;
  if (new Set(histories.map(({ created }) => created)).size < histories.length) seen.sameInstant += 1;
}
