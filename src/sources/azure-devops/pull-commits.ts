import { z } from 'zod';
import type { SourceRecord } from '../../core/model/record.ts';
import { closedIf, goneOr, ifThere } from '../pulling/refusals.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import { ownValue } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';
import type { Page } from '../source.ts';
import { commitsAtOnce } from './code-client.ts';
import type { CodeRun } from './code-run.ts';
import type { RepositoryPlace } from './cursor.ts';
import { normalizeCommit, parentsOf } from './normalize-commit.ts';
import { pageOf } from '../pulling/page-of.ts';

const repositorySchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  defaultBranch: z.string().nullish(),
  isDisabled: z.boolean().nullish(),
});
type Repository = z.infer<typeof repositorySchema>;

/** Repositories that belong to a service and have a branch to deploy. */
export async function readRepositories({ client, project, code, run }: CodeRun): Promise<readonly Repository[]> {
  const neverRead = Object.keys(code.repositories).length === 0;
  return ((await ifThere(() => client.repositories(project.id), closedIf(neverRead))) ?? [])
    .map((raw) => repositorySchema.safeParse(raw).data)
    .filter((one) => one !== undefined)
    .filter(
      ({ name, isDisabled, defaultBranch }) =>
        !isDisabled && defaultBranch && servicesFor(run, project, name).length > 0,
    );
}

const servicesFor = (run: CodeRun['run'], project: CodeRun['project'], name: string) =>
  run.services.of({ project: `${project.name}/${name}` });

/**
 * Commits of the default branch. What is new since the last head is asked for by walking from the new head to the old
 * one, not by date: a branch that is merged brings commits that are older than the last pull. A head that a forced push
 * has done away with, and the first reading, list the branch from a fixed commit.
 */
export async function* pullCommits(run: CodeRun, repository: Repository, since: number): AsyncGenerator<Page> {
  const { client, project, code } = run;
  const place = (code.repositories[repository.id] ??= { head: null, listing: null });
  const branch = repository.defaultBranch!.replace(/^refs\/heads\//, '');
  const wasRead = place.head !== null || place.listing !== null;
  const found = await ifThere(() => client.branch(project.id, repository.id, branch), goneOr(wasRead, 404));
  const head = textOf(ownValue(found, 'commit'), 'commitId');
  if (head === null) return;
  if (place.listing === null && place.head === null) place.listing = { ref: head, since, skip: 0 };
  yield* listCommits(run, repository, place);
  if (place.head === head) return;
  const fresh = await commitsSince(run, repository, place.head!, head);
  if (fresh === null) {
    run.run.log.warn({ repository: repository.name }, 'the last known commit is gone; the branch is read anew');
    place.listing = { ref: head, since, skip: 0 };
    yield* listCommits(run, repository, place);
    return;
  }
  place.head = head;
  const records = await commitRecords(run, repository, fresh);
  if (records.length > 0) yield pageOf(run.run, records, run.progress('commits', fresh.length));
}

async function commitsSince(
  { client, project }: CodeRun,
  { id }: Repository,
  base: string,
  head: string,
): Promise<readonly unknown[] | null> {
  return ifThere(async () => {
    const commits: unknown[] = [];
    for (;;) {
      const page = await client.commitsSince(project.id, id, base, head, commits.length);
      commits.push(...page);
      if (page.length < commitsAtOnce) return commits;
    }
  }, [404]);
}

async function* listCommits(run: CodeRun, repository: Repository, place: RepositoryPlace): AsyncGenerator<Page> {
  while (place.listing) {
    const { listing } = place;
    const items = (await ifThere(() => run.client.commits(run.project.id, repository.id, listing), [404])) ?? [];
    const records = await commitRecords(run, repository, items);
    listing.skip += items.length;
    const done = listing.skip;
    if (items.length < commitsAtOnce) {
      place.head = listing.ref;
      place.listing = null;
    }
    if (records.length > 0) yield pageOf(run.run, records, run.progress('commits', done));
  }
}

async function commitRecords(
  run: CodeRun,
  { id, name }: Repository,
  raws: readonly unknown[],
): Promise<SourceRecord[]> {
  const services = servicesFor(run.run, run.project, name);
  const told = await Promise.all(
    raws.map(async (raw): Promise<SourceRecord[]> => {
      const { value: commit, setAside } = normalizeCommit(await withParents(run, id, raw));
      return [
        ...(commit ? services.map((service) => ({ kind: 'commit' as const, service, commit })) : []),
        ...setAsideRecords(null, setAside),
      ];
    }),
  );
  return told.flat();
}

/** Without its parents nobody can tell which deployment a commit is in. */
async function withParents({ client, project }: CodeRun, repository: string, raw: unknown): Promise<unknown> {
  const sha = textOf(raw, 'commitId');
  if (parentsOf(raw) !== null || sha === null) return raw;
  const whole = await ifThere(() => client.commit(project.id, repository, sha));
  // A list cuts long messages, where keys may stand.
  return whole === null ? raw : { ...(raw as object), ...(whole as object) };
}
