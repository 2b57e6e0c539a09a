import { ownValue, readInstant } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';
import { allPages } from './code-client.ts';
import type { CodeRun } from './code-run.ts';
import { productionTest } from './deployment-records.ts';
import { outcomeOf, readBuild } from './normalize-deployment.ts';
import type { Attempt, Batch, BuildFacts } from './normalize-deployment.ts';

const buildsAtOnce = 100;

/** Deployments to environments: the jobs of one stage of one run are one, and it ends with the last of them. */
export async function* pullEnvironments(run: CodeRun, since: number): AsyncGenerator<Batch> {
  const { client, project, code } = run;
  const isProduction = productionTest(run.run.settings.environments);
  for (const raw of await allPages((next) => client.environments(project.id, next))) {
    const id = ownValue(raw, 'id');
    const name = textOf(raw, 'name');
    if (typeof id !== 'number' || name === null || !isProduction(name)) continue;
    const jobs = await readJobs(run, id, since);
    const builds = await readBuilds(run, [...new Set(jobs.map(({ build }) => build))]);
    const attempts = attemptsOf(jobs, { id, name }, builds);
    const pending = jobs.filter(({ finishedAt }) => finishedAt === null).map((job) => job.id);
    const last = pending.length > 0 ? Math.min(...pending) - 1 : Math.max(0, ...jobs.map((job) => job.id));
    yield {
      attempts,
      settle: () => void (code.records[id] = Math.max(code.records[id] ?? 0, last)),
    };
  }
}

interface Job {
  readonly id: number;
  readonly build: number;
  readonly stage: string;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly result: string;
}

/** Records since the last one before which all had ended, from the newest down. */
async function readJobs({ client, project, code }: CodeRun, environment: number, since: number): Promise<Job[]> {
  const known = code.records[environment] ?? 0;
  const jobs: Job[] = [];
  for (let next: string | null = null, isOver = false; !isOver;) {
    const page: { items: readonly unknown[]; next: string | null } = await client.deploymentRecords(
      project.id,
      environment,
      next,
    );
    const fresh = page.items.flatMap(readJob).filter((job) => job.id > known && (job.startedAt ?? Infinity) >= since);
    jobs.push(...fresh);
    isOver = page.next === null || page.next === next || fresh.length === 0;
    next = page.next;
  }
  return jobs;
}

function readJob(raw: unknown): Job[] {
  const id = ownValue(raw, 'id');
  const build = ownValue(ownValue(raw, 'owner'), 'id');
  if (typeof id !== 'number' || typeof build !== 'number') return [];
  const attempt = ownValue(raw, 'stageAttempt');
  return [
    {
      id,
      build,
      stage: `${textOf(raw, 'stageName') ?? ''}.${typeof attempt === 'number' ? attempt : 1}`,
      startedAt: readInstant(ownValue(raw, 'startTime') ?? ownValue(raw, 'queueTime') ?? null),
      finishedAt: readInstant(ownValue(raw, 'finishTime') ?? null),
      result: textOf(raw, 'result') ?? '',
    },
  ];
}

async function readBuilds(
  { client, project }: CodeRun,
  ids: readonly number[],
): Promise<ReadonlyMap<number, BuildFacts>> {
  const builds = new Map<number, BuildFacts>();
  for (let from = 0; from < ids.length; from += buildsAtOnce) {
    const { items } = await client.buildsById(project.id, ids.slice(from, from + buildsAtOnce));
    for (const raw of items) {
      const build = readBuild(raw);
      if (build) builds.set(build.id, build);
    }
  }
  return builds;
}

function attemptsOf(
  jobs: readonly Job[],
  environment: { readonly id: number; readonly name: string },
  builds: ReadonlyMap<number, BuildFacts>,
): Attempt[] {
  const stages = Map.groupBy(jobs, ({ build, stage }) => `${build}.${stage}`);
  return [...stages].flatMap(([key, own]): Attempt[] => {
    const ends = own.map(({ finishedAt }) => finishedAt);
    const outcomes = own.map(({ result }) => outcomeOf(result));
    // Some of its jobs run still; or all were cancelled.
    if (ends.includes(null) || outcomes.every((outcome) => outcome === null)) return [];
    const build = builds.get(own[0]!.build);
    return [
      {
        id: `${environment.id}.${key}`,
        environment: environment.name,
        place: `environment ${environment.id}`,
        run: own[0]!.build,
        finishedAt: Math.max(...ends.map((end) => end ?? 0)),
        isSuccessful: !outcomes.includes(false),
        sha: build?.sha ?? null,
        version: build?.number ?? null,
        repository: build?.repository ?? null,
        branch: build?.branch ?? '',
        title: `${build?.pipeline ?? ''} ${own[0]!.stage}`,
      },
    ];
  });
}
