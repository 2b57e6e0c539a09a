import { editIssue } from './edit.ts';
import { addVersion, changeVersion } from './plan.ts';
import type { ReleasePlan } from './project-plans.ts';
import type { DayClock, ProjectRun, ReleaseRun } from './project-run.ts';
import { addWork, createBeside, currentRelease, isCalm, openOf, weeklyPace } from './project-run.ts';
import { statusIds } from './site.ts';
import type { DayNumber } from './workdays.ts';
import { dayText, isWorkday, weekday, workdayFrom } from './workdays.ts';

/** What part of a team's work goes into the release under way. */
const releaseShare = 0.72;

/** Releases begin, are re-dated and come out on the days of the plan; their scope is steered towards it in between. */
export function stepReleases(run: ProjectRun, clock: DayClock): void {
  for (const plan of run.plan.releases) if (dayOf(run, plan.start) === clock.day) begin(run, clock, plan);
  for (const release of run.releases) {
    for (const move of release.plan.moves)
      if (dayOf(run, move.on) === clock.day) moveDate(run, clock, release, move.to);
    const { finish } = release.plan;
    if (finish !== null && dayOf(run, finish) === clock.day) publish(run, clock, release);
  }
  for (const release of run.releases) if (!release.isReleased) steerScope(run, clock, release);
}

function dayOf(run: ProjectRun, offset: number): DayNumber {
  return workdayFrom(run.base + offset);
}

function begin(run: ProjectRun, clock: DayClock, plan: ReleasePlan): void {
  const lead = run.team[0]!;
  const act = clock.act(lead);
  if (!act) return;
  const { site } = run;
  const due = dayText(dayOf(run, plan.promise));
  const version = addVersion(site, {
    projectKey: run.plan.key,
    name: plan.version,
    description: plan.name,
    at: act.at,
    startDate: dayText(clock.day),
    releaseDate: due,
  });
  const epic = createBeside(run, {
    type: 'Epic',
    summary: `${plan.version} ${plan.name}`,
    act,
    priority: 'High',
    startDate: dayText(clock.day),
    assignee: lead,
  });
  const promised = clock.act(lead);
  if (promised) editIssue(site, epic, promised, { set: 'dueDate', to: due });
  run.releases.push({ plan, version, epic, isReleased: false });
}

function moveDate(run: ProjectRun, clock: DayClock, release: ReleaseRun, to: number): void {
  const act = clock.act(run.team[0]!);
  if (!act) return;
  const date = dayText(dayOf(run, to));
  editIssue(run.site, release.epic, act, { set: 'dueDate', to: date });
  changeVersion(release.version, act.at + 60_000, { releaseDate: date });
}

/** What is not done goes on to the next release; the version is out, its epic done. */
function publish(run: ProjectRun, clock: DayClock, release: ReleaseRun): void {
  const lead = run.team[0]!;
  const next = run.releases.find((candidate) => candidate !== release && !candidate.isReleased);
  for (const issue of openOf(run, release)) {
    const act = clock.act(lead);
    if (act) pass(run, issue.id, act, next ?? null);
  }
  const act = clock.act(lead);
  if (!act) return;
  editIssue(run.site, release.epic, act, { set: 'status', to: statusIds.done });
  changeVersion(release.version, act.at, { isReleased: true });
  release.isReleased = true;
}

/** Takes an item out of its release, into another one or back into the upkeep. */
function pass(run: ProjectRun, issueId: number, act: { at: number; by: string }, to: ReleaseRun | null): void {
  const issue = run.site.issues.get(issueId)!;
  editIssue(
    run.site,
    issue,
    act,
    { set: 'fixVersion', to: to ? [to.version.id] : [] },
    { set: 'parent', to: (to?.epic ?? run.upkeep).id },
  );
}

/**
 * How many items of the release should be open on this day for its story to come true: all its scope at the start,
 * what the plan says (or nothing) at the end, a straight line between.
 */
function targetOpen(run: ProjectRun, release: ReleaseRun, day: DayNumber): number {
  const { start, finish, openNow = 0 } = release.plan;
  const end = finish ?? 0;
  if (finish === null && release.plan.openNow === undefined) return Math.min(14, (day - run.base - start) * 1.2);
  let capacity = 0;
  for (let at = run.base + start; at < run.base + end; at++)
    if (isWorkday(at)) capacity += (weeklyPace(run, at) / 5) * releaseShare;
  const elapsed = Math.min(1, Math.max(0, (day - run.base - start) / (end - start)));
  return openNow + capacity * (1 - elapsed);
}

function steerScope(run: ProjectRun, clock: DayClock, release: ReleaseRun): void {
  const age = clock.day - dayOf(run, release.plan.start);
  if (isCalm(run, clock.day)) return;
  if (age === 7 && release === currentRelease(run)) {
    const act = clock.act(run.team[0]!);
    if (act) editIssue(run.site, release.epic, act, { set: 'status', to: statusIds.inProgress });
  }
  // Refined nearly every day at first, then on Mondays.
  if (age > 14 && weekday(clock.day) !== 0) return;
  const open = openOf(run, release);
  const gap = targetOpen(run, release, clock.day) - open.length;
  for (let count = Math.min(12, Math.round(gap)); count > 0; count--) {
    const act = clock.act(run.dice.pick(run.team));
    if (!act) return;
    // What was once put off comes back before anything new is thought of.
    const putOff = run.waiting.find((issue) => issue.type === 'Story' && issue.fixVersionIds.length === 0);
    if (putOff) pass(run, putOff.id, act, release);
    else addWork(run, act, { type: run.dice.chance(0.85) ? 'Story' : 'Task', release });
  }
  const next = run.releases[run.releases.indexOf(release) + 1] ?? null;
  const spare = run.waiting.filter(
    (issue) => issue.fixVersionIds.includes(release.version.id) && issue.points === null,
  );
  for (const issue of spare.slice(0, Math.min(6, Math.floor(-gap - 3)))) {
    const act = clock.act(run.team[0]!);
    if (act) pass(run, issue.id, act, next);
  }
}
