import { editIssue } from './edit.ts';
import type { DayClock, ProjectRun, UnderWay } from './project-run.ts';
import { addWork, createBeside, currentRelease, isCalm, paceFactor, weeklyPace } from './project-run.ts';
import { statusIds } from './site.ts';
import type { SiteIssue } from './site.ts';
import { estimate } from './sprint-step.ts';
import { subtasks } from './words.ts';

const stages = [statusIds.inProgress, statusIds.inReview, statusIds.testing, statusIds.done] as const;
/** Days of one person that an item of so many points takes, in the middle. */
const devDays: Readonly<Record<number, number>> = { 1: 0.85, 2: 1.7, 3: 2.8, 5: 4.6, 8: 7.2 };

/** One working day of a team: what is under way moves on, who is free takes something new, and life goes on. */
export function stepWork(run: ProjectRun, clock: DayClock): void {
  reopenDue(run, clock);
  for (const task of run.underWay) advance(run, clock, task);
  const busy = run.underWay.filter((task) => task.stage === 0 && task.heldFor === 0).length;
  for (let free = run.team.length - busy; free > 0; free--) takeNext(run, clock);
  arrive(run, clock);
  if (!isCalm(run, clock.day)) groom(run, clock);
}

function advance(run: ProjectRun, clock: DayClock, task: UnderWay): void {
  const { dice, site } = run;
  const { issue } = task;
  if (task.heldFor > 0) {
    if (--task.heldFor > 0) return;
    const act = clock.act(run.team[0]!);
    if (act) editIssue(site, issue, act, { set: 'flagged', to: false });
  } else if (!isCalm(run, clock.day) && dice.chance(0.02 * run.plan.trouble)) {
    const act = clock.act(issue.assignee ?? run.team[0]!);
    if (act) editIssue(site, issue, act, { set: 'flagged', to: true });
    task.heldFor = dice.between(2, 6);
    return;
  }
  task.left -= task.stage === 0 ? paceFactor(run, clock.day) * (0.7 + 0.6 * dice.next()) : 1;
  if (task.left > 0) return;
  const act = clock.act(task.stage === 0 ? (issue.assignee ?? run.team[0]!) : dice.pick(run.team));
  if (!act) return;
  if (task.stage > 0 && dice.chance(0.07)) {
    task.stage = 0;
    task.left = 0.4 + dice.next();
    editIssue(site, issue, act, { set: 'status', to: statusIds.inProgress });
    return;
  }
  const next = stages[task.stage + 1]!;
  if (task.stage === 0) closeSubtasks(run, clock, issue);
  editIssue(site, issue, act, { set: 'status', to: next });
  if (next === statusIds.done) finish(run, clock, task);
  else {
    task.stage++;
    task.left = dice.next() * (task.stage === 1 ? 1.8 : 2.4);
  }
}

function finish(run: ProjectRun, clock: DayClock, task: UnderWay): void {
  run.underWay = run.underWay.filter((other) => other !== task);
  if (run.dice.chance(0.06 * run.plan.trouble)) run.reopenOn.set(task.issue.id, clock.day + run.dice.between(2, 20));
}

function reopenDue(run: ProjectRun, clock: DayClock): void {
  for (const [id, day] of run.reopenOn) {
    if (day > clock.day) continue;
    run.reopenOn.delete(id);
    const issue = run.site.issues.get(id);
    const act = clock.act(run.dice.pick(run.team));
    if (!issue || !act || isCalm(run, clock.day)) continue;
    editIssue(run.site, issue, act, { set: 'status', to: statusIds.toDo });
    run.waiting.unshift(issue);
  }
}

/** First what stands in the sprint, then the top of the release: it joins the sprint that runs. */
function takeNext(run: ProjectRun, clock: DayClock): void {
  const { sprint, dice, site } = run;
  if (!sprint) return;
  const release = currentRelease(run)?.version.id ?? '';
  const issue =
    run.waiting.find((candidate) => candidate.sprintIds.includes(sprint.id)) ??
    run.waiting.find((candidate) => candidate.fixVersionIds.includes(release));
  const person = dice.pick(run.team.slice(1));
  const act = clock.act(person);
  if (!issue || !act) return;
  run.waiting = run.waiting.filter((other) => other !== issue);
  if (!issue.sprintIds.includes(sprint.id))
    editIssue(site, issue, act, { set: 'sprint', to: [...issue.sprintIds, sprint.id] });
  estimate(run, clock, issue);
  const assigned = clock.act(person);
  if (assigned && issue.assignee !== person) editIssue(site, issue, assigned, { set: 'assignee', to: person });
  const started = clock.act(person);
  if (!started) {
    run.waiting.unshift(issue);
    return;
  }
  editIssue(site, issue, started, { set: 'status', to: statusIds.inProgress });
  const left = (devDays[issue.points ?? 3] ?? 3) * dice.spread(0.5);
  run.underWay.push({ issue, stage: 0, left, heldFor: 0 });
  if ((issue.points ?? 0) >= 5 && dice.chance(0.3)) split(run, clock, issue, person);
}

function split(run: ProjectRun, clock: DayClock, parent: SiteIssue, person: string): void {
  for (const part of subtasks.slice(0, run.dice.between(2, 4))) {
    const act = clock.act(person);
    if (!act) return;
    const summary = `${part}: ${parent.summary}`;
    const child = createBeside(run, {
      type: 'Sub-task',
      summary,
      act,
      parentId: parent.id,
      assignee: person,
    });
    editIssue(run.site, child, { ...act, at: act.at + 30_000 }, { set: 'status', to: statusIds.inProgress });
  }
}

function closeSubtasks(run: ProjectRun, clock: DayClock, parent: SiteIssue): void {
  if ((parent.points ?? 0) < 5) return;
  for (const child of run.site.issues.values()) {
    if (child.parentId !== parent.id || child.statusId === statusIds.done) continue;
    const act = clock.act(child.assignee ?? run.team[0]!);
    if (act) editIssue(run.site, child, act, { set: 'status', to: statusIds.done });
  }
}

function arrive(run: ProjectRun, clock: DayClock): void {
  const { dice } = run;
  const daily = weeklyPace(run, clock.day) / 5;
  const calm = isCalm(run, clock.day);
  for (let count = dice.poisson(daily * (calm ? 0.08 : 0.14)); count > 0; count--) {
    const act = clock.act(dice.pick(run.team));
    const isForRelease = !calm && dice.chance(0.25 * run.plan.trouble);
    if (act) addWork(run, act, { type: 'Bug', release: isForRelease ? (currentRelease(run) ?? null) : null });
  }
  for (let count = dice.poisson(daily * 0.07); count > 0; count--) {
    const act = clock.act(dice.pick(run.team));
    if (act) addWork(run, act, { type: 'Task', release: null });
  }
}

/** What happens to items while they wait: other priorities, other owners, and some are given up. */
function groom(run: ProjectRun, clock: DayClock): void {
  const { dice, site } = run;
  if (run.waiting.length < 10) return;
  if (dice.chance(0.35)) {
    const act = clock.act(dice.pick(run.team));
    const priority = dice.pick(['High', 'Medium', 'Low']);
    if (act) editIssue(site, dice.pick(run.waiting), act, { set: 'priority', to: priority });
  }
  const active = dice.chance(0.2) ? dice.pick(run.underWay) : undefined;
  if (active) {
    const act = clock.act(run.team[0]!);
    if (act) editIssue(site, active.issue, act, { set: 'assignee', to: dice.pick(run.team) });
  }
  if (dice.chance(0.08)) {
    const old = run.waiting.find((issue) => issue.fixVersionIds.length === 0 && issue.sprintIds.length === 0);
    const act = clock.act(run.team[0]!);
    if (!old || !act) return;
    run.waiting = run.waiting.filter((issue) => issue !== old);
    editIssue(site, old, act, { set: 'status', to: statusIds.done, resolution: dice.pick(["Won't Do", 'Duplicate']) });
  }
}
