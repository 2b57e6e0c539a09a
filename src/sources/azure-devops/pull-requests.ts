import type { SourceRecord } from '../../core/model/record.ts';
import { anyGlob } from '../reading/globs.ts';
import { ifThere } from '../pulling/refusals.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';
import type { Page } from '../source.ts';
import { allPages, pullRequestsAtOnce } from './code-client.ts';
import type { CodeRun } from './code-run.ts';
import { labelsOf, normalizePullRequest } from './normalize-pull-request.ts';
import type { PullRequestContext } from './normalize-pull-request.ts';
import { pageOf } from '../pulling/page-of.ts';

/**
 * Pull requests of one project. They bear no time of change: new ones stand at the front of the list, of those that were
 * open each pull looks at the commit, the title and the votes, and one that is open no more has ended.
 */
export async function* pullPullRequests(run: CodeRun, since: number): AsyncGenerator<Page> {
  const { code } = run;
  code.listing ??= { skip: 0, newest: code.newest, until: code.newest };
  yield* readNewest(run, since);
  yield* readKnown(run);
}

async function* readNewest(run: CodeRun, since: number): AsyncGenerator<Page> {
  const { client, project, code } = run;
  while (code.listing) {
    const { listing } = code;
    const raws = await client.pullRequests(project.id, 'all', listing.skip, pullRequestsAtOnce);
    const fresh = raws.filter((raw) => (idOf(raw) ?? Infinity) > listing.until && openedAt(raw) >= since);
    const records = await recordsOf(run, fresh);
    listing.skip += raws.length;
    for (const raw of fresh) listing.newest = Math.max(listing.newest, idOf(raw) ?? 0);
    if (fresh.length === 0 || raws.length < pullRequestsAtOnce) {
      code.newest = listing.newest;
      code.listing = null;
    }
    if (records.length > 0) yield pageOf(run.run, records, run.progress('pull requests', listing.skip));
  }
}

/** What was open when it was last told. */
async function* readKnown(run: CodeRun): AsyncGenerator<Page> {
  const { client, project, code } = run;
  const active = new Map<number, unknown>();
  for (let skip = 0, isLast = false; !isLast; skip += 100) {
    const raws = await client.pullRequests(project.id, 'active', skip, 100);
    for (const raw of raws) active.set(idOf(raw) ?? 0, raw);
    isLast = raws.length < 100;
  }
  const changed: unknown[] = [];
  for (const [id, stamp] of Object.entries(code.open)) {
    const raw = active.get(Number(id));
    if (raw !== undefined && stampOf(raw) === stamp) continue;
    const now = raw ?? (await ifThere(() => client.pullRequest(project.id, Number(id))));
    if (now === null) delete code.open[id];
    else changed.push(now);
  }
  // Opened before anything is read, and open still.
  for (const [id, raw] of active) if (!Object.hasOwn(code.open, String(id))) changed.push(raw);
  for (let from = 0; from < changed.length; from += pullRequestsAtOnce) {
    const records = await recordsOf(run, changed.slice(from, from + pullRequestsAtOnce));
    yield pageOf(run.run, records, run.progress('pull requests', from + pullRequestsAtOnce));
  }
}

async function recordsOf(run: CodeRun, raws: readonly unknown[]): Promise<SourceRecord[]> {
  const { settings, services } = run.run;
  const context: PullRequestContext = {
    project: run.project.name,
    bots: settings.bots,
    isHotfixBranch: anyGlob(settings.hotfix.branches),
    isHotfixLabel: anyGlob(settings.hotfix.labels),
  };
  const told = await Promise.all(
    raws.map(async (raw): Promise<SourceRecord[]> => {
      const name = textOf(ownValue(raw, 'repository'), 'name');
      const own = name === null ? [] : services.of({ project: `${run.project.name}/${name}`, labels: labelsOf(raw) });
      // A repository of no service.
      if (own.length === 0 && name !== null) return [];
      const { value: pullRequest, setAside } = normalizePullRequest(raw, await partsOf(run, raw), context);
      return [
        ...(pullRequest ? own.map((service) => ({ kind: 'pull-request' as const, service, pullRequest })) : []),
        ...setAsideRecords(null, setAside),
      ];
    }),
  );
  for (const raw of raws) {
    const id = String(idOf(raw) ?? '');
    if (textOf(raw, 'status')?.toLowerCase() === 'active') run.code.open[id] = stampOf(raw);
    else delete run.code.open[id];
  }
  return told.flat();
}

/** One that is deleted meanwhile, with its repository, is told as far as it was seen. */
async function partsOf({ client, project }: CodeRun, raw: unknown) {
  const id = idOf(raw);
  const repository = textOf(ownValue(raw, 'repository'), 'id');
  if (id === null || repository === null) return { commits: [], threads: [], items: [] };
  const [commits, threads, items] = await Promise.all([
    ifThere(() => allPages((next) => client.pullRequestCommits(project.id, repository, id, next))),
    ifThere(() => client.threads(project.id, repository, id)),
    ifThere(() => client.linkedItems(project.id, repository, id)),
  ]);
  return { commits: commits ?? [], threads: threads ?? [], items: items ?? [] };
}

function idOf(raw: unknown): number | null {
  const id = ownValue(raw, 'pullRequestId');
  return typeof id === 'number' ? id : null;
}

function openedAt(raw: unknown): number {
  return readInstant(ownValue(raw, 'creationDate') ?? null) ?? Infinity;
}

/** What shows that an open one has changed: its commit, its title, its votes, its labels. */
function stampOf(raw: unknown): string {
  const reviewers = ownValue(raw, 'reviewers');
  const votes = (Array.isArray(reviewers) ? reviewers : []).map((reviewer: unknown) => ownValue(reviewer, 'vote'));
  return JSON.stringify([
    textOf(ownValue(raw, 'lastMergeSourceCommit'), 'commitId'),
    textOf(raw, 'title'),
    votes,
    labelsOf(raw),
  ]);
}
