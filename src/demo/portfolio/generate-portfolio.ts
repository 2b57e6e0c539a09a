import { budgetPlan, budgetTeam } from './budget-plan.ts';
import { logTeamWork } from './log-team-work.ts';
import { reservedItems, tellMoments } from './moments.ts';
import type { Portfolio } from './portfolio.ts';
import { programmePlans, projectPlans } from './project-plans.ts';
import { createDayClock, openProjectRun } from './project-run.ts';
import { stepReleases } from './release-step.ts';
import { addPerson, createSite } from './site.ts';
import { changeSprint, endSprint, openSprint } from './sprint-step.ts';
import { stepWork } from './work-step.ts';
import { dayAt, dayText, holidaysBetween, isWorkday } from './workdays.ts';

const historyDays = 730;

/**
 * Four projects in two programmes with two years of history up to `now`, as Jira would hold them. The same for the same
 * seed and day; nothing in it is later than `now`.
 */
export function generatePortfolio(now: number, seed = 7): Portfolio {
  const site = createSite('Meridian');
  // The bot's own account comes first: it is who the server says is asking.
  addPerson(site, 'Vigie Bot');
  const base = dayAt(now);
  const runs = projectPlans.map((plan, index) =>
    openProjectRun(site, plan, { base, seed: seed * 100 + index, reserved: reservedItems }),
  );
  for (let day = base - historyDays; day <= base; day++) {
    if (!isWorkday(day)) continue;
    for (const run of runs) {
      const clock = createDayClock(day, now, run.dice);
      openSprint(run, clock);
      stepReleases(run, clock);
      tellMoments(site, run, clock);
      stepWork(run, clock);
      changeSprint(run, clock);
      endSprint(run, clock);
    }
  }
  logTeamWork(site, budgetPlan.project, { from: base - budgetPlan.days, to: base, now, seed: seed * 100 + 99 });
  return {
    site,
    zone: 'Europe/Paris',
    projects: runs.map(({ plan, board }) => ({ key: plan.key, name: plan.name, boardId: board.id, story: plan.story })),
    programmes: programmePlans,
    budget: {
      project: budgetPlan.project,
      from: dayText(base - budgetPlan.days),
      amount: budgetPlan.amount,
      team: budgetTeam(site),
    },
    holidays: holidaysBetween(base - historyDays, base + 366),
  };
}
