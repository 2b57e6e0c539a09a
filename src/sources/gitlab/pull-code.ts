import type { SourceRecord } from '../../core/model/record.ts';
import { dayMs } from '../../core/time/instant.ts';
import type { Page } from '../source.ts';
import { allOf } from './client.ts';
import type { ProjectPlace } from './cursor.ts';
import { deploymentRecords } from './deployment-records.ts';
import { anyGlob } from '../reading/globs.ts';
import { mergeRequestRecords } from './merge-request-records.ts';
import { normalizeRelease, productionTest } from './normalize-delivery.ts';
import { pullCommits } from './pull-commits.ts';
import { closedIf, ifThere, unlessClosed } from '../pulling/refusals.ts';
import { overlapMs, pageOf } from '../pulling/page-of.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import type { Run } from './run.ts';
import type { GitlabProject } from './targets.ts';
import { startWalk, walkStream } from './walk.ts';

/** Merge requests, commits of the default branch, and deployments of one project, from where they stand to now. */
export async function* pullCode(run: Run, project: GitlabProject): AsyncGenerator<Page> {
  const place = run.place.projects[String(project.id)]!;
  const since = run.clock.now() - run.settings.codeDays * dayMs;
  if (project.merge_requests_access_level !== 'disabled') yield* pullMergeRequests(run, place, since);
  if (project.repository_access_level !== 'disabled' && project.default_branch)
    yield* pullCommits(run, place, { branch: project.default_branch, since });
  if (run.settings.deployments === 'releases') yield* pullReleases(run, place, since);
  else yield* pullDeployments(run, place, since);
}

async function* pullMergeRequests(run: Run, place: ProjectPlace, since: number): AsyncGenerator<Page> {
  const stream = place.code.mergeRequests;
  const { branches, labels } = run.settings.hotfix;
  const context = {
    path: place.path,
    firstPath: place.firstPath,
    bots: run.settings.bots,
    isHotfixBranch: anyGlob(branches),
    isHotfixLabel: anyGlob(labels),
  };
  if (!stream.walk || run.options.isFull)
    startWalk(run, stream, { isFull: run.options.isFull || stream.watermark === null, since });
  yield* unlessClosed(
    walkStream(run, {
      step: `${place.path} merge requests`,
      stream,
      read: (window) => run.client.mergeRequests(place.id, window),
      tell: (raws) => mergeRequestRecords(run, place, context, raws),
    }),
    stream.watermark !== null,
  );
}

async function* pullDeployments(run: Run, place: ProjectPlace, since: number): AsyncGenerator<Page> {
  const { client, settings } = run;
  const stream = place.code.deployments;
  const wasRead = stream.watermark !== null;
  const environments = await ifThere(() => allOf((page) => client.environments(place.id, page)), closedIf(!wasRead));
  if (environments === null) return;
  const isFull = run.options.isFull || stream.watermark === null;
  if (!stream.walk || run.options.isFull) {
    startWalk(run, stream, { isFull, since });
    if (isFull) place.code.live = {};
  }
  const isProduction = productionTest(settings, environments);
  yield* unlessClosed(
    walkStream(run, {
      step: `${place.path} deployments`,
      stream,
      read: (window) => client.deployments(place.id, window),
      tell: async (raws) => deploymentRecords(run, place, raws, isProduction),
    }),
    wasRead,
  );
}

/** Releases from the newest to the last one known: their list cannot be asked for changes. */
async function* pullReleases(run: Run, place: ProjectPlace, since: number): AsyncGenerator<Page> {
  const { code } = place;
  const until = run.options.isFull || code.releasedAt === null ? since : code.releasedAt - overlapMs;
  const now = run.serverNow();
  const services = run.services.of({ project: place.path });
  const records: SourceRecord[] = [];
  let newest = code.releasedAt;
  for (let page: number | null = 1; page !== null;) {
    const at: number = page;
    const answer = await ifThere(() => run.client.releases(place.id, at), closedIf(code.releasedAt === null));
    if (answer === null) return;
    page = answer.nextPage;
    for (const raw of answer.items) {
      const { value: release, setAside } = normalizeRelease(raw, { names: run.names, project: place.id, now });
      records.push(...setAsideRecords(null, setAside));
      if (!release) continue;
      if (release.finishedAt < until) page = null;
      else
        records.push(
          ...services.map((service) => ({ kind: 'deployment' as const, deployment: { ...release, service } })),
        );
      newest = Math.max(newest ?? 0, release.finishedAt);
    }
  }
  code.releasedAt = newest;
  if (records.length > 0)
    yield pageOf(run, records, { step: `${place.path} releases`, done: records.length, total: records.length });
}
