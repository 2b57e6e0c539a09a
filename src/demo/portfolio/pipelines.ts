import { createDice } from './dice.ts';
import type { Dice } from './dice.ts';
import type { Portfolio } from './portfolio.ts';
import { statusIds } from './site.ts';
import type { Site, SiteIssue } from './site.ts';
import { dayAt, instantOn, isWorkday, weekday } from './workdays.ts';

/** One line of a file of events, as pipelines write it. */
export type PipelineEvent = Readonly<Record<string, unknown>> & { readonly type: string; readonly id: string };

/** How one project is built and released. */
interface Pipeline {
  readonly project: string;
  readonly service: string;
  /** Days of the week on which it is deployed, 0 for Monday. */
  readonly days: readonly number[];
  /** Chance that a deployment fails its users, from so many days before `now` on. */
  readonly failing: readonly { readonly from: number; readonly chance: number }[];
}

/** Iris has none: that it is not known is told as well. */
const pipelines: readonly Pipeline[] = [
  { project: 'APO', service: 'apollo', days: [1, 3], failing: [{ from: -730, chance: 0.08 }] },
  {
    project: 'HER',
    service: 'hermes',
    days: [2],
    failing: [
      { from: -730, chance: 0.05 },
      // The last weeks before its launch are hurried.
      { from: -27, chance: 0.9 },
    ],
  },
  { project: 'ATL', service: 'atlas', days: [0, 2, 4], failing: [{ from: -730, chance: 0.04 }] },
];

/** A year is more than any figure looks back. */
const historyDays = 365;
const hourMs = 3_600_000;
const deployMinute = 15 * 60;

interface Merge {
  readonly at: number;
  readonly event: PipelineEvent & { readonly mergeSha: string };
}

/**
 * What the pipelines of the portfolio have told in a year up to `now`: a merged change an item and some without one,
 * deployments, attempts that failed, incidents and what mended them. The same for the same portfolio.
 */
export function generatePipelines(portfolio: Portfolio, now: number, seed = 11): readonly PipelineEvent[] {
  return pipelines
    .flatMap((pipeline, index) => runPipeline(portfolio.site, pipeline, { now, dice: createDice(seed * 100 + index) }))
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);
}

interface Told {
  readonly at: number;
  readonly event: PipelineEvent;
}

function runPipeline(site: Site, pipeline: Pipeline, { now, dice }: { now: number; dice: Dice }): readonly Told[] {
  const merges = mergesOf(site, pipeline, dice).sort((a, b) => a.at - b.at);
  const today = dayAt(now);
  const told: Told[] = [];
  let next = 0;
  let number = 0;
  for (let day = today - historyDays; day <= today; day++) {
    if (!isWorkday(day) || !pipeline.days.includes(weekday(day))) continue;
    const at = instantOn(day, deployMinute + dice.between(0, 50));
    const before = next;
    while (next < merges.length && merges[next]!.at < at) next++;
    if (next === before) continue;
    number++;
    const { mergeSha } = merges[next - 1]!.event;
    told.push(...deploy(pipeline, { at, number, sha: mergeSha, dice, chance: chanceOn(pipeline, day - today) }));
  }
  return [...merges, ...told];
}

interface Run {
  readonly at: number;
  readonly number: number;
  readonly sha: string;
  readonly dice: Dice;
  readonly chance: number;
}

function deploy({ service }: Pipeline, { at, number, sha, dice, chance }: Run): readonly Told[] {
  const id = `${service}-${number}`;
  const deployment = (when: number, more: object): Told => ({
    at: when,
    event: { type: 'deployment.finished', id, service, env: 'production', sha, finishedAt: iso(when), ...more },
  });
  const version = `${new Date(at).getUTCFullYear()}.${number}`;
  const told = dice.chance(0.07) ? [deployment(at - 40 * 60_000, { id: `${id}-try`, result: 'failed' })] : [];
  told.push(deployment(at, { result: 'success', version }));
  if (!dice.chance(chance)) return told;
  const incident = `INC-${service.slice(0, 3).toUpperCase()}-${number}`;
  const openedAt = at + dice.between(1, 3) * hourMs;
  const fixedAt = openedAt + dice.between(2, 20) * hourMs;
  const about = { id: incident, service, env: 'production' };
  return [
    ...told,
    { at: openedAt, event: { type: 'incident.opened', ...about, openedAt: iso(openedAt) } },
    deployment(fixedAt, {
      id: `${id}-fix`,
      result: 'success',
      planned: false,
      remediates: incident,
      version: `${version}.1`,
    }),
    { at: fixedAt + 600_000, event: { type: 'incident.resolved', ...about, resolvedAt: iso(fixedAt + 600_000) } },
  ];
}

function chanceOn({ failing }: Pipeline, offset: number): number {
  return failing.findLast(({ from }) => offset >= from)?.chance ?? 0;
}

/** A pull request an item that was worked on; a few more that name none, and those of a bot. */
function mergesOf(site: Site, pipeline: Pipeline, dice: Dice): Merge[] {
  const merges: Merge[] = [];
  let number = 100;
  for (const issue of site.issues.values()) {
    if (issue.projectKey !== pipeline.project || issue.type === 'Epic' || issue.type === 'Sub-task') continue;
    const begunAt = enteredAt(issue, [statusIds.inProgress]);
    const mergedAt = enteredAt(issue, [statusIds.testing, statusIds.done]);
    if (begunAt === null || mergedAt === null || mergedAt <= begunAt) continue;
    const firstCommitAt = begunAt + (mergedAt - begunAt) * 0.3 * dice.next();
    number++;
    merges.push(
      merge(pipeline, { number, mergedAt, firstCommitAt, dice, title: `${issue.key} ${issue.summary}`, isBot: false }),
    );
    if (dice.chance(0.06))
      merges.push(
        merge(pipeline, {
          number: ++number,
          mergedAt: mergedAt + hourMs,
          firstCommitAt: mergedAt - dice.between(2, 30) * hourMs,
          dice,
          title: dice.pick(['Tidy up the logs', 'Make the build quicker', 'Mend a test that failed at times']),
          isBot: false,
        }),
      );
    if (dice.chance(0.1))
      merges.push(
        merge(pipeline, {
          number: ++number,
          mergedAt: mergedAt + 2 * hourMs,
          firstCommitAt: mergedAt,
          dice,
          title: 'Update dependencies',
          isBot: true,
        }),
      );
  }
  return merges;
}

interface Proposal {
  readonly number: number;
  readonly mergedAt: number;
  readonly firstCommitAt: number;
  readonly title: string;
  readonly isBot: boolean;
  readonly dice: Dice;
}

function merge({ service }: Pipeline, { number, mergedAt, firstCommitAt, title, isBot, dice }: Proposal): Merge {
  const sha = `${service}${number.toString(16)}`.padEnd(12, '0');
  const isReviewed = !isBot && dice.chance(0.92);
  return {
    at: mergedAt,
    event: {
      type: 'change.merged',
      id: `${service}#${number}`,
      repo: service,
      pr: number,
      service,
      title,
      mergeSha: sha,
      commits: [{ sha: `${sha}c`, authoredAt: iso(firstCommitAt) }],
      ...(isReviewed ? { firstReviewAt: iso(mergedAt - (mergedAt - firstCommitAt) * 0.2) } : {}),
      mergedAt: iso(mergedAt),
      isBot,
    },
  };
}

/** When an issue first entered one of these statuses. */
function enteredAt({ histories }: SiteIssue, to: readonly string[]): number | null {
  const entry = histories.find(({ items }) => items.some((one) => one.field === 'status' && to.includes(one.to ?? '')));
  return entry?.at ?? null;
}

function iso(at: number): string {
  return new Date(Math.round(at)).toISOString();
}

export const pipelineServices: ReadonlyMap<string, string> = new Map(
  pipelines.map(({ project, service }) => [project, service]),
);
