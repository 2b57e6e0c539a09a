import type { Dice } from './dice.ts';
import { createDice } from './dice.ts';
import type { Act, NewIssue } from './edit.ts';
import { createIssue, editIssue } from './edit.ts';
import type { ProjectPlan, ReleasePlan } from './project-plans.ts';
import { addSprint } from './plan.ts';
import type { IssueType, Site, SiteBoard, SiteIssue, SiteSprint, SiteVersion } from './site.ts';
import { addBoard, addPerson, addProject, isDone } from './site.ts';
import type { DayNumber } from './workdays.ts';
import { dayText, instantOn } from './workdays.ts';
import { createWriter } from './words.ts';

/** An item that somebody works on: how many days of its stage are left, and for how many it is held up. */
export interface UnderWay {
  readonly issue: SiteIssue;
  stage: 0 | 1 | 2;
  left: number;
  heldFor: number;
}

export interface ReleaseRun {
  readonly plan: ReleasePlan;
  readonly version: SiteVersion;
  readonly epic: SiteIssue;
  isReleased: boolean;
}

/** One project while its two years are played through, day by day. */
export interface ProjectRun {
  readonly site: Site;
  readonly plan: ProjectPlan;
  readonly dice: Dice;
  readonly write: ReturnType<typeof createWriter>;
  /** Account ids; the first is the lead, who plans and moves dates. */
  readonly team: readonly string[];
  readonly board: SiteBoard;
  readonly upkeep: SiteIssue;
  /** The day of `now`. */
  readonly base: DayNumber;
  /** Items whose story is told by hand, by key: the play leaves them alone. */
  readonly reserved: ReadonlyMap<string, string>;
  readonly issues: SiteIssue[];
  readonly releases: ReleaseRun[];
  waiting: SiteIssue[];
  underWay: UnderWay[];
  readonly reopenOn: Map<number, DayNumber>;
  sprint: SiteSprint | null;
  nextSprint: SiteSprint;
  sprintWindow: number;
  sprintCount: number;
}

/** The clock of one working day: each call is a little later; null once `now` is reached. */
export interface DayClock {
  readonly day: DayNumber;
  /** By the person given, a while after the last act. */
  act(by: string): Act | null;
}

export function createDayClock(day: DayNumber, now: number, dice: Dice): DayClock {
  let minute = 9 * 60 + dice.between(0, 25);
  return {
    day,
    act(by) {
      // A long day gets denser rather than longer, so that nothing happens at night.
      minute += minute < 17 * 60 ? dice.between(1, 14) : 0.2;
      const at = Math.round(instantOn(day, minute) + dice.between(0, 50) * 1000);
      return at < now ? { at, by } : null;
    },
  };
}

export function openProjectRun(
  site: Site,
  plan: ProjectPlan,
  parts: { base: DayNumber; seed: number; reserved: ReadonlyMap<string, string> },
): ProjectRun {
  const dice = createDice(parts.seed);
  addProject(site, plan.key, plan.name);
  const board = addBoard(site, plan.key, `${plan.name} board`);
  const team = plan.team.map((name) => addPerson(site, name).accountId);
  const at = instantOn(parts.base - 731, 10 * 60);
  const upkeep = createIssue(site, {
    projectKey: plan.key,
    type: 'Epic',
    summary: plan.upkeep,
    act: { at, by: team[0]! },
  });
  return {
    site,
    plan,
    dice,
    write: createWriter(plan.words, dice),
    team,
    board,
    upkeep,
    ...parts,
    issues: [],
    releases: [],
    waiting: [],
    underWay: [],
    reopenOn: new Map(),
    sprint: null,
    nextSprint: addSprint(site, board.id, `${plan.name} sprint 1`),
    sprintWindow: Number.NEGATIVE_INFINITY,
    sprintCount: 1,
  };
}

/** Items a week that the whole team finishes at this moment, as the generator reckons it. */
export function weeklyPace(run: ProjectRun, day: DayNumber): number {
  return run.plan.team.length * 1.2 * paceFactor(run, day);
}

export function paceFactor(run: ProjectRun, day: DayNumber): number {
  return run.plan.pace.findLast((pace) => pace.from <= day - run.base)?.factor ?? 1;
}

/** The last weeks of a project that is well: nothing happens but work. */
export function isCalm(run: ProjectRun, day: DayNumber): boolean {
  return run.plan.story === 'on-track' && day > run.base - 13;
}

/** The release under way: the oldest that is not out. */
export function currentRelease(run: ProjectRun): ReleaseRun | undefined {
  return run.releases.find((release) => !release.isReleased);
}

export function openOf(run: ProjectRun, release: ReleaseRun): SiteIssue[] {
  return run.issues.filter((issue) => issue.fixVersionIds.includes(release.version.id) && !isDone(run.site, issue));
}

/** A new piece of work; one whose key is reserved gets its own summary and stays out of the play. */
export function addWork(run: ProjectRun, act: Act, input: { type: IssueType; release: ReleaseRun | null }): SiteIssue {
  const { dice, plan, site } = run;
  const key = `${plan.key}-${site.projects.get(plan.key)!.nextNumber}`;
  const told = run.reserved.get(key);
  const type = told ? 'Story' : input.type;
  const released = run.releases.findLast((release) => release.isReleased);
  const release = told ? null : input.release;
  const issue = createIssue(site, {
    projectKey: plan.key,
    type,
    summary: told ?? run.write(type === 'Bug' || type === 'Task' ? type : 'Story'),
    act,
    priority: dice.weighted([
      ['Highest', type === 'Bug' ? 2 : 0.3],
      ['High', 3],
      ['Medium', 8],
      ['Low', 2],
    ]),
    components: [dice.pick(plan.words.components)],
    parentId: (release?.epic ?? run.upkeep).id,
    affectsVersionIds: type === 'Bug' && released ? [released.version.id] : [],
    labels: dice.chance(0.1) ? [dice.pick(['security', 'performance', 'audit', 'ux'])] : [],
    dueDate: dice.chance(0.03) ? dayText(Math.floor(act.at / 86_400_000) + dice.between(20, 60)) : null,
  });
  run.issues.push(issue);
  if (!told) run.waiting.push(issue);
  if (release) editIssue(site, issue, { ...act, at: act.at + 40_000 }, { set: 'fixVersion', to: [release.version.id] });
  return issue;
}

/** An epic or sub-task, after any reserved key that would otherwise fall to it. */
export function createBeside(run: ProjectRun, input: Omit<NewIssue, 'projectKey'>): SiteIssue {
  const project = run.site.projects.get(run.plan.key)!;
  while (run.reserved.has(`${project.key}-${project.nextNumber}`))
    addWork(run, input.act, { type: 'Story', release: null });
  return createIssue(run.site, { projectKey: project.key, ...input });
}
