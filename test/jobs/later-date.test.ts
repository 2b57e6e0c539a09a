import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PortfolioDigest } from '../../src/core/reports/portfolio-report.ts';
import type { ProjectDigest } from '../../src/core/reports/project-report.ts';
import { targetFor } from '../../src/jobs/targets/digest-target.ts';
import { made } from '../../src/jobs/making/made.ts';
import { makeDigest } from '../../src/jobs/making/make-digest.ts';
import { makePart, refreshSheets } from '../../src/jobs/making/make-sheet.ts';
import { render } from '../../src/render/templates.ts';
import { toText } from '../../src/render/text.ts';
import { readSheet } from '../../src/store/sheets.ts';
import { aDoneItem, aPast, aVersion, at, statuses, statusMoves } from '../builders.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';
import { pullRecords, recordsOf } from './pull-items.ts';

const config = `slack: { botToken: "\${TOKEN}", signingSecret: "\${SECRET}" }
zone: Europe/Paris
sources: { files: { kind: jira-export, path: nowhere } }
projects:
  APOLLO: { name: Apollo, scope: { source: files, project: APO }, channel: C1 }
  HERMES: { name: Hermes, scope: { source: files, project: HER }, channel: C2 }
`;
const dayMs = 86_400_000;
const created = '2026-05-04T09:00:00Z';
const asOf = at('2026-11-24T07:30:00Z');

let stage: JobStage;
beforeEach(async () => {
  stage = await openJobStage(config, asOf);
});
afterEach(() => stage.close());

/** A team that finishes an item a day, each after so many days. */
const past = (letters: string, days: number) =>
  Array.from({ length: 150 }, (_, index) => {
    const doneAt = new Date(at('2026-06-08T15:00:00Z') + index * dayMs);
    const startedAt = new Date(doneAt.getTime() - days * dayMs);
    const times = { createdAt: created, startedAt: startedAt.toISOString(), doneAt: doneAt.toISOString() };
    const key = `${letters}-${100 + index}`;
    return aDoneItem(key, times, { id: key, projectKey: letters });
  });

async function pull(project: 'APOLLO' | 'HERMES', items: ReturnType<typeof past>, seenAt: string): Promise<void> {
  const versions = project === 'APOLLO' ? [aVersion({ id: '900', name: '1.0', releaseOn: '2026-12-18' })] : [];
  await pullRecords(stage.db, project, recordsOf(project, items, versions), seenAt);
}

const holding = { id: 'HER-1', key: 'HER-1', projectKey: 'HER', links: [{ kind: 'blocks', key: 'APO-1' }] } as const;

/** Apollo 1.0 waits for an item of Hermes, whose items take so many days; it may have been begun. */
async function open(days: number, startedAt?: string): Promise<void> {
  const links = [{ kind: 'blocked-by', key: 'HER-1' }] as const;
  const waiting = aPast({ key: 'APO-1', createdAt: at(created), fixVersionIds: ['900'], links });
  const more = aPast({ key: 'APO-2', createdAt: at(created), fixVersionIds: ['900'] });
  const item = { ...holding, createdAt: at(created), status: startedAt ? statuses.doing : statuses.toDo };
  const blocker = aPast(item, statusMoves(statuses.toDo, ...(startedAt ? [[startedAt, statuses.doing] as const] : [])));
  await pull('HERMES', [...past('HER', days), blocker], '2026-11-23T06:00:00Z');
  await pull('APOLLO', [...past('APO', 3), waiting, more], '2026-11-23T06:05:00Z');
}

async function digest(): Promise<ProjectDigest> {
  return (await makeDigest(stage, targetFor(stage.config, 'project-digest', 'APOLLO'), asOf)) as ProjectDigest;
}
const words = (report: ProjectDigest, locale: string) =>
  toText(render(stage.templates, report, locale), { width: 2000 }).replaceAll('\u00A0', ' ');

describe('the date of a milestone that waits for another project', () => {
  it('is told beside its own in the digest and the status, in both languages', async () => {
    await open(40);
    const report = await digest();
    const { later, about } = report.health;
    expect(later).toMatchObject({ waiting: { key: 'APO-1' }, blockers: [{ key: 'HER-1' }] });
    expect(later!.p85On! > about!.forecast!.p85!).toBe(true);
    expect(words(report, 'en')).toMatch(
      /With what it waits for in other projects, 85 % sure only by \d+ \w+( 2027)?: APO-1 waits for HER-1\./,
    );
    expect(words(report, 'fr')).toMatch(
      /En comptant ce qu’il attend d’autres projets, sûr à 85 % seulement pour le .*: APO-1 attend HER-1\./,
    );
    const { answer: status } = await makePart(stage, 'APOLLO', { name: 'status', asOf });
    expect(status.later).toEqual(later);
    expect(toText(render(stage.templates, status, 'en')).replaceAll('\u00A0', ' ')).toMatch(
      /with what it waits for in other projects 85 % by .*: APO-1 waits for HER-1/s,
    );
  });

  it('is no day, and the reader is told why, where the other has gone on for longer than anything finished there', async () => {
    await open(5, '2026-06-01T09:00:00Z');
    const report = await digest();
    expect(report.health.later).toMatchObject({ p85On: null, beyond: 'past', blockers: [{ key: 'HER-1' }] });
    expect(report.isQuiet).toBe(false);
    expect(words(report, 'en')).toContain(
      'With what it waits for in other projects, 85 % sure by no date, since that may take longer than anything finished so far: APO-1 waits for HER-1.',
    );
    expect(words(report, 'fr')).toContain(
      'En comptant ce qu’il attend d’autres projets, sûr à 85 % pour aucune date, puisque cela peut prendre plus de temps que tout ce qui a été terminé jusqu’ici : APO-1 attend HER-1.',
    );
    const { answer: status } = await makePart(stage, 'APOLLO', { name: 'status', asOf });
    const told = (locale: string) =>
      toText(render(stage.templates, status, locale), { width: 2000 }).replaceAll('\u00A0', ' ');
    expect(told('en')).toContain('85 % by no date, since that may take longer than anything finished so far: APO-1');
    expect(told('fr')).toContain('85 % pour aucune date, puisque cela peut prendre plus de temps que tout ce qui');
  });

  it('is that of the portfolio, too, where the other project may not be seen', async () => {
    await open(40);
    const { later } = (await digest()).health;
    const report = await made(stage, 'portfolioDigest', { projects: ['APOLLO'], asOf, zone: 'Europe/Paris' });
    expect((report as PortfolioDigest).lines).toMatchObject([{ about: { f85On: later!.p85On, isWaiting: true } }]);
  });

  it('is left out where the other project takes no longer', async () => {
    await open(2);
    expect((await digest()).health.later).toBeNull();
  });

  it('stays what it was when it is made again after the other project has gone on', async () => {
    await open(40);
    const then = await digest();
    const done = aDoneItem('HER-1', { createdAt: created, doneAt: '2026-11-26T09:00:00Z' }, holding);
    await pull('HERMES', [...past('HER', 40), done], '2026-11-27T06:00:00Z');
    stage.now = at('2026-11-27T07:30:00Z');
    expect((await digest()).health).toEqual(then.health);
    const now = { ...targetFor(stage.config, 'project-digest', 'APOLLO') };
    const later = (await makeDigest(stage, now, stage.now)) as ProjectDigest;
    expect(later.health.later).toBeNull();
  });

  it('is made anew when the item of the other project is done, and of the own nothing changed', async () => {
    await open(40);
    // A link that was not known before makes the project once more.
    const both = ['APOLLO', 'HERMES'];
    for (const made of [both, both, []]) expect(await refreshSheets(stage)).toEqual(made);
    const laterOf = async () => (await readSheet(stage.db, 'APOLLO'))!.sheet.status.later;
    expect(await laterOf()).toMatchObject({ blockers: [{ key: 'HER-1' }] });
    const done = aDoneItem('HER-1', { createdAt: created, doneAt: '2026-11-24T07:00:00Z' }, holding);
    await pull('HERMES', [done], '2026-11-24T07:15:00Z');
    expect(await refreshSheets(stage)).toEqual(both);
    expect(await laterOf()).toBeNull();
    expect(await refreshSheets(stage)).toEqual([]);
  });
});
