import { createRandom } from '../../lib/random.ts';
import { createIssue, editIssue } from './edit.ts';
import { addSprint, addVersion, closeSprint, startSprint } from './plan.ts';
import type { Portfolio } from './portfolio.ts';
import { addBoard, addPerson, addProject, createSite, statusIds } from './site.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const subjects = ['Import', 'Export', 'Rounding', 'Audit trail', 'Retry', 'Paging', 'Login', 'Alerting'];

/** A plain big project `BIG` of `count` issues with exactly 9 history entries each, for benchmarks and tests. */
export function scale(count: number, now: number, seed = 1): Portfolio {
  const random = createRandom(seed);
  const site = createSite('Scale');
  addProject(site, 'BIG', 'Big project');
  const board = addBoard(site, 'BIG', 'Big board');
  const people = Array.from({ length: 8 }, (_, index) => addPerson(site, `Member ${'ABCDEFGH'[index]}`).accountId);
  const versions = [1, 2, 3].map((number) =>
    addVersion(site, {
      projectKey: 'BIG',
      name: `${number}.0`,
      description: '',
      at: now - 700 * dayMs,
      releaseDate: '2026-12-18',
    }),
  );
  const sprints = Array.from({ length: 6 }, (_, index) => addSprint(site, board.id, `Big sprint ${index + 1}`));
  sprints.forEach((sprint, index) => {
    const at = now - (6 - index) * 14 * dayMs;
    startSprint(sprint, at, at + 12 * dayMs);
    if (index < 5) closeSprint(site, sprint, null, { at: at + 12 * dayMs, by: people[0]! });
  });
  const anyone = () => people[Math.floor(random() * people.length)]!;
  for (let index = 0; index < count; index++) {
    const createdAt = now - Math.floor((700 - (690 * index) / count) * dayMs);
    let at = createdAt;
    const step = Math.floor((now - createdAt) / 12);
    const act = () => ({ at: (at += Math.min(step, Math.floor((1 + random() * 40) * hourMs))), by: anyone() });
    const sprint = sprints[Math.min(5, Math.floor((6 * index) / count))]!.id;
    const issue = createIssue(site, {
      projectKey: 'BIG',
      type: index % 5 === 0 ? 'Bug' : 'Story',
      summary: `${subjects[index % subjects.length]!} case ${index + 1}`,
      act: { at: createdAt, by: anyone() },
    });
    editIssue(site, issue, act(), { set: 'points', to: [1, 2, 3, 5, 8][index % 5]! });
    editIssue(site, issue, act(), { set: 'fixVersion', to: [versions[index % 3]!.id] });
    editIssue(site, issue, act(), { set: 'sprint', to: [sprint] });
    editIssue(site, issue, act(), { set: 'assignee', to: people[index % people.length]! });
    editIssue(site, issue, act(), { set: 'status', to: statusIds.inProgress });
    editIssue(site, issue, act(), { set: 'priority', to: index % 2 ? 'High' : 'Low' });
    editIssue(site, issue, act(), { set: 'status', to: statusIds.inReview });
    editIssue(site, issue, act(), { set: 'dueDate', to: '2026-12-18' });
    // The last tenth is still open, so that a pull has work in progress to read.
    const last = index > count * 0.9 ? statusIds.testing : statusIds.done;
    editIssue(site, issue, act(), { set: 'status', to: last });
  }
  return {
    site,
    zone: 'Europe/Paris',
    projects: [{ key: 'BIG', name: 'Big project', boardId: board.id, story: 'plain' }],
    programmes: [],
    holidays: [],
  };
}
