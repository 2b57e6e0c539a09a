import type { Act, Edit } from './edit.ts';
import { editIssue, linkIssues } from './edit.ts';
import type { DayClock, ProjectRun } from './project-run.ts';
import { currentRelease } from './project-run.ts';
import type { Site, SiteIssue } from './site.ts';
import { statusIds } from './site.ts';
import { dayText, workdayFrom } from './workdays.ts';

/** Items whose story is told by hand: the chain across projects, and what a reader should find in a digest. */
export const reservedItems: ReadonlyMap<string, string> = new Map([
  ['ATL-52', 'Publish the feed of customer master records'],
  ['HER-77', 'Expose customer accounts to other applications'],
  ['APO-198', 'Settle refunds straight into the customer account'],
  ['APO-214', 'Show instalment plans on the merchant statement'],
  ['APO-231', 'Sign payout batches with the new bank certificate'],
]);

/** One event of a told story, on the first working day from so many days before `now`. */
interface Moment {
  readonly on: number;
  readonly key: string;
  readonly tell: (teller: Teller) => void;
}

interface Teller {
  readonly run: ProjectRun;
  readonly issue: SiteIssue;
  readonly act: Act;
  edit(...edits: readonly Edit[]): void;
  /** Into the release under way, and the sprint that runs. */
  plan(): void;
  find(key: string): SiteIssue | null;
  due(offset: number): string;
}

const status = (to: string) => (teller: Teller) => teller.edit({ set: 'status', to });
const start = (member: number) => (teller: Teller) => {
  teller.plan();
  teller.edit({ set: 'assignee', to: teller.run.team[member]! }, { set: 'status', to: statusIds.inProgress });
};
const blockedBy = (blocker: string) => (teller: Teller) => {
  const other = teller.find(blocker);
  if (other) linkIssues(teller.run.site, other, teller.issue, teller.act);
};

const moments: readonly Moment[] = [
  { on: -75, key: 'APO-214', tell: start(2) },
  { on: -66, key: 'APO-214', tell: status(statusIds.done) },
  { on: -47, key: 'APO-214', tell: status(statusIds.inProgress) },
  { on: -41, key: 'APO-214', tell: status(statusIds.done) },
  { on: -4, key: 'APO-214', tell: status(statusIds.inProgress) },
  { on: -43, key: 'HER-77', tell: (teller) => teller.edit({ set: 'priority', to: 'High' }, { set: 'points', to: 8 }) },
  { on: -26, key: 'HER-77', tell: (teller) => teller.edit({ set: 'dueDate', to: teller.due(11) }) },
  { on: -19, key: 'HER-77', tell: start(1) },
  { on: -18, key: 'HER-77', tell: blockedBy('ATL-52') },
  {
    on: -27,
    key: 'ATL-52',
    tell: (teller) => teller.edit({ set: 'points', to: 5 }, { set: 'dueDate', to: teller.due(7) }),
  },
  { on: -16, key: 'ATL-52', tell: start(3) },
  // What Hermes waits for slips past Hermes' own date.
  { on: -4, key: 'ATL-52', tell: (teller) => teller.edit({ set: 'dueDate', to: teller.due(13) }) },
  { on: -24, key: 'APO-198', tell: (teller) => teller.edit({ set: 'points', to: 5 }) },
  { on: -23, key: 'APO-198', tell: (teller) => teller.plan() },
  { on: -12, key: 'APO-198', tell: blockedBy('HER-77') },
  { on: -21, key: 'APO-231', tell: start(4) },
  { on: -13, key: 'APO-231', tell: status(statusIds.inReview) },
];

/** Tells what is due on this day; `clock` is that of the project. */
export function tellMoments(site: Site, run: ProjectRun, clock: DayClock): void {
  for (const { on, key, tell } of moments) {
    const issue = findIssue(site, key);
    if (!issue || issue.projectKey !== run.plan.key || workdayFrom(run.base + on) !== clock.day) continue;
    const act = clock.act(run.team[0]!);
    if (act) tell(createTeller(site, run, issue, act));
  }
  if (run.plan.key === 'HER' && workdayFrom(run.base - 5) === clock.day) {
    const act = clock.act(run.team[0]!);
    const task = run.underWay.findLast((one) => one.stage === 0 && one.heldFor === 0);
    if (act && task) {
      task.heldFor = 10;
      editIssue(site, task.issue, act, { set: 'flagged', to: true });
    }
  }
  // Two items under way lose their owner and nobody notices.
  if (run.plan.key === 'APO' && workdayFrom(run.base - 6) === clock.day) {
    for (const task of run.underWay.filter((one) => one.stage === 0).slice(-2)) {
      const act = clock.act(run.team[0]!);
      task.left += 9;
      if (act) editIssue(site, task.issue, act, { set: 'assignee', to: null });
    }
  }
}

function findIssue(site: Site, key: string): SiteIssue | null {
  const id = site.keys.get(key);
  return (id === undefined ? undefined : site.issues.get(id)) ?? null;
}

function createTeller(site: Site, run: ProjectRun, issue: SiteIssue, act: Act): Teller {
  let at = act.at;
  const later = () => ({ ...act, at: (at += 20_000) });
  const edit = (...edits: readonly Edit[]) => editIssue(site, issue, later(), ...edits);
  return {
    run,
    issue,
    act,
    edit,
    plan() {
      const release = currentRelease(run);
      const sprint = run.sprint ?? run.nextSprint;
      if (release && !issue.fixVersionIds.includes(release.version.id)) {
        edit({ set: 'fixVersion', to: [release.version.id] }, { set: 'parent', to: release.epic.id });
      }
      if (!issue.sprintIds.includes(sprint.id)) edit({ set: 'sprint', to: [...issue.sprintIds, sprint.id] });
    },
    find: (key) => findIssue(site, key),
    due: (offset) => dayText(workdayFrom(run.base + offset)),
  };
}
