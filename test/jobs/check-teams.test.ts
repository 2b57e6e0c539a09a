import { afterEach, expect, it } from 'vitest';
import { checkTeams } from '../../src/jobs/check-teams.ts';
import { savePage } from '../../src/store/save-page.ts';
import { anItem, at } from '../builders.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';

const now = at('2026-11-23T08:00:00Z');
let stage: JobStage | null = null;
afterEach(() => stage?.close());

async function problemsOf(teams: string, components: readonly (readonly string[])[]) {
  stage = await openJobStage(
    `sources: { x: { kind: jira-export, path: here } }\nprojects: { APOLLO: { scope: { source: x, project: APO }, teams: ${teams} } }\n`,
    now,
  );
  const items = components.map((own, index) => anItem({ key: `APO-${index + 1}`, components: own }));
  const records = items.map((item) => ({ kind: 'item', scope: 'APOLLO', item }) as const);
  await savePage(stage.db, 'x', { records, cursor: {} }, now);
  return checkTeams(stage, 'APOLLO');
}

const teams = '[{ name: Pay, components: [Pay, Legder] }, { name: Web, components: [Web] }]';

it('tells of a name that no item bears, and which one was meant', async () => {
  expect(await problemsOf(teams, [['Pay'], ['Web'], ['Ledger'], ['Ledger']])).toEqual([
    {
      severity: 'warning',
      what: 'projects.APOLLO.teams[0].components[1]',
      expected: 'one that an item has: Ledger, Pay, Web',
      found: '"Legder"',
      todo: 'did you mean "Ledger"?',
    },
  ]);
});

it('tells of items that two teams claim', async () => {
  const found = await problemsOf(teams.replace(', Legder', ''), [['Pay', 'Web'], ['Web'], ['Pay']]);
  expect(found).toEqual([expect.objectContaining({ what: 'projects.APOLLO.teams', found: '1 in two or more: APO-1' })]);
});

it('has nothing to say before the first pull, nor where all fits', async () => {
  expect(await problemsOf(teams, [])).toEqual([]);
  await stage!.close();
  expect(await problemsOf(teams.replace(', Legder', ''), [['Pay'], ['Web']])).toEqual([]);
});
