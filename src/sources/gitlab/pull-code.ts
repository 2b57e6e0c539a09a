import type { SourceRecord } from '../../core/model/record.ts';
import { dayMs } from '../../core/time/instant.ts';
import { ownValue } from '../jira/values.ts';
import type { Page } from '../source.ts';
import { allOf } from './client.ts';
import type { ProjectPlace } from './cursor.ts';
import { deploymentRecords } from './deployment-records.ts';
import { anyGlob } from './globs.ts';
import { mergeRequestRecords } from './merge-request-records.ts';
import { normalizeCommit, normalizeRelease, productionTest } from './normalize-delivery.ts';
import { hasStatus, ifThere, overlapMs, pageOf, setAsideRecords } from './run.ts';
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
  );
}

async function* pullDeployments(run: Run, place: ProjectPlace, since: number): AsyncGenerator<Page> {
  const { client, settings } = run;
  const stream = place.code.deployments;
  const environments = await ifThere(() => allOf((page) => client.environments(place.id, page)));
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
  );
}

/** A feature that is switched off or not granted answers 403 or 404: there is nothing to pull. */
async function* unlessClosed(pages: AsyncGenerator<Page>): AsyncGenerator<Page> {
  try {
    yield* pages;
  } catch (error) {
    if (!hasStatus(error, 403, 404)) throw error;
  }
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
    const answer = await ifThere(() => run.client.releases(place.id, at));
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

/**
 * Commits of the default branch. What is new since the last head is asked for by comparing, not by date: a branch that
 * is merged brings commits that are older than the last pull. A head that a forced push has done away with, and the
 * first reading, list the branch from a fixed commit, so that what is pushed meanwhile moves no page.
 */
async function* pullCommits(
  run: Run,
  place: ProjectPlace,
  { branch, since }: { readonly branch: string; readonly since: number },
): AsyncGenerator<Page> {
  const { code } = place;
  const head = ownValue(ownValue(await ifThere(() => run.client.branch(place.id, branch)), 'commit'), 'id');
  if (typeof head !== 'string') return;
  if (run.options.isFull && code.listing === null) code.head = null;
  if (code.listing === null && code.head === null) code.listing = { ref: head, since, page: 1 };
  yield* listCommits(run, place);
  if (code.head === head) return;
  const compared = await ifThere(() => run.client.compare(place.id, code.head!, head));
  const commits = ownValue(compared, 'commits');
  if (Array.isArray(commits)) {
    code.head = head;
    yield pageOf(run, commitRecords(run, place, commits), {
      step: `${place.path} commits`,
      done: commits.length,
      total: commits.length,
    });
    return;
  }
  run.log.warn({ project: place.path }, 'the last known commit is gone from the repository; its branch is read anew');
  code.listing = { ref: head, since, page: 1 };
  yield* listCommits(run, place);
}

async function* listCommits(run: Run, place: ProjectPlace): AsyncGenerator<Page> {
  const { code } = place;
  let done = 0;
  while (code.listing) {
    const { ref, since, page } = code.listing;
    const answer = await ifThere(() => run.client.commits(place.id, ref, since, page));
    const items = answer?.items ?? [];
    done += items.length;
    if (answer && answer.nextPage !== null) code.listing.page = answer.nextPage;
    else {
      code.listing = null;
      code.head = ref;
    }
    if (items.length > 0)
      yield pageOf(run, commitRecords(run, place, items), { step: `${place.path} commits`, done, total: null });
  }
}

/** Of a monorepo every service gets all commits: which one a change is for, its merge request tells by labels. */
function commitRecords(run: Run, place: ProjectPlace, raws: readonly unknown[]): SourceRecord[] {
  const services = run.services.of({ project: place.path });
  return raws.flatMap((raw): SourceRecord[] => {
    const { value: commit, setAside } = normalizeCommit(raw, place.path);
    const told = commit ? services.map((service) => ({ kind: 'commit' as const, service, commit })) : [];
    return [...told, ...setAsideRecords(null, setAside)];
  });
}
