import { editIssue } from './edit.ts';
import { addSprint, closeSprint, startSprint } from './plan.ts';
import type { DayClock, ProjectRun } from './project-run.ts';
import { currentRelease, isCalm, weeklyPace } from './project-run.ts';
import type { SiteIssue } from './site.ts';
import type { DayNumber } from './workdays.ts';
import { instantOn, isWorkday } from './workdays.ts';

/** A Monday on which teams without a shift begin a sprint. */
const firstMonday = Date.UTC(2026, 10, 16) / 86_400_000;
const points = [1, 2, 3, 5, 8] as const;

const windowOf = (run: ProjectRun, day: DayNumber) => Math.floor((day - firstMonday - run.plan.sprintShift * 7) / 14);
const windowStart = (run: ProjectRun, window: number) => firstMonday + run.plan.sprintShift * 7 + window * 14;

/** On the first working day of two weeks the planned sprint begins, filled from the backlog. */
export function openSprint(run: ProjectRun, clock: DayClock): void {
  const window = windowOf(run, clock.day);
  if (window === run.sprintWindow) return;
  const act = clock.act(run.team[0]!);
  if (!act) return;
  run.sprintWindow = window;
  const sprint = run.nextSprint;
  plan(run, clock, sprint.id);
  const started = clock.act(run.team[0]!);
  if (!started) return;
  startSprint(sprint, started.at, instantOn(windowStart(run, window) + 11, 17 * 60));
  sprint.goal = `Bring ${currentRelease(run)?.plan.name ?? run.plan.name} forward: ${run.dice.pick(run.plan.words.subjects)}`;
  run.sprint = sprint;
  run.sprintCount++;
  run.nextSprint = addSprint(run.site, run.board.id, `${run.plan.name} sprint ${run.sprintCount}`);
}

/** On the last working day of the two weeks it is closed; what is open goes on to the next one. */
export function endSprint(run: ProjectRun, clock: DayClock): void {
  const { sprint, site } = run;
  const lastDay = windowStart(run, windowOf(run, clock.day)) + 11;
  for (let day = clock.day + 1; day <= lastDay; day++) if (isWorkday(day)) return;
  const act = clock.act(run.team[0]!);
  if (!sprint || !act) return;
  const at = Math.max(act.at, instantOn(clock.day, 16 * 60 + 30));
  closeSprint(site, sprint, run.nextSprint, { ...act, at });
  run.sprint = null;
}

/** The estimate is given when an item is planned; now and then it is forgotten. */
export function estimate(run: ProjectRun, clock: DayClock, issue: SiteIssue): void {
  if (issue.points !== null || run.dice.chance(0.1)) return;
  const act = clock.act(run.dice.pick(run.team));
  if (!act) return;
  const value = run.dice.weighted(points.map((value, index) => [value, [20, 25, 30, 20, 5][index]!] as const));
  editIssue(run.site, issue, act, { set: 'points', to: value });
}

function plan(run: ProjectRun, clock: DayClock, sprintId: number): void {
  const carried = run.issues.filter((issue) => issue.sprintIds.at(-1) === sprintId).length;
  const room = Math.round(weeklyPace(run, clock.day) * 2 * (0.95 + 0.25 * run.dice.next())) - carried;
  for (const issue of byUrgency(run).slice(0, Math.max(0, room))) {
    estimate(run, clock, issue);
    const act = clock.act(run.team[0]!);
    if (act) editIssue(run.site, issue, act, { set: 'sprint', to: [...issue.sprintIds, sprintId] });
  }
}

/** Waiting items that stand in no open sprint: urgent bugs, then three of the release for one of the rest. */
function byUrgency(run: ProjectRun): SiteIssue[] {
  const release = currentRelease(run)?.version.id;
  const open = new Set([run.sprint?.id, run.nextSprint.id]);
  const free = run.waiting.filter((issue) => !issue.sprintIds.some((id) => open.has(id)));
  const urgent = free.filter((issue) => issue.priority === 'Highest');
  const planned = free.filter(
    (issue) => issue.priority !== 'Highest' && release && issue.fixVersionIds.includes(release),
  );
  const rest = free.filter(
    (issue) => !urgent.includes(issue) && !planned.includes(issue) && issue.fixVersionIds.length === 0,
  );
  rest.sort((left, right) => Number(right.type === 'Bug') - Number(left.type === 'Bug'));
  const mixed: SiteIssue[] = [];
  for (let index = 0; planned.length > index * 3 || rest.length > index; index++) {
    mixed.push(...planned.slice(index * 3, index * 3 + 3), ...rest.slice(index, index + 1));
  }
  return [...urgent, ...mixed];
}

/** After its start a sprint gets items it was not planned with, and loses some. */
export function changeSprint(run: ProjectRun, clock: DayClock): void {
  const { sprint, dice, site } = run;
  if (!sprint || isCalm(run, clock.day)) return;
  if (dice.chance(0.14 * run.plan.trouble)) {
    const issue = byUrgency(run)[0];
    const act = clock.act(dice.pick(run.team));
    if (issue && act) editIssue(site, issue, act, { set: 'sprint', to: [...issue.sprintIds, sprint.id] });
  }
  if (dice.chance(0.09 * run.plan.trouble)) {
    const issue = run.waiting.findLast((candidate) => candidate.sprintIds.includes(sprint.id));
    const act = clock.act(run.team[0]!);
    if (issue && act)
      editIssue(site, issue, act, { set: 'sprint', to: issue.sprintIds.filter((id) => id !== sprint.id) });
  }
}
