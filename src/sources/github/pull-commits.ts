import type { SourceRecord } from '../../core/model/record.ts';
import { goneOr, ifThere } from '../pulling/refusals.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import { ownValue } from '../reading/values.ts';
import type { Page } from '../source.ts';
import { allOf } from './client.ts';
import type { RepositoryPlace } from './cursor.ts';
import { normalizeCommit } from './normalize-delivery.ts';
import { nameOf } from './queries.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';

/** A commit or a branch is gone (404, 422), or the repository is empty (409). */
const gone = [404, 409, 422];

/**
 * Commits of the default branch. What is new since the last head is asked for by comparing, not by date: a branch that
 * is merged brings commits that are older than the last pull. A head that a forced push has done away with, and the
 * first reading, list the branch from a fixed commit, so that what is pushed meanwhile moves no page.
 */
export async function* pullCommits(
  run: Run,
  place: RepositoryPlace,
  { branch, since }: { readonly branch: string; readonly since: number },
): AsyncGenerator<Page> {
  const { code } = place;
  const head = await headOf(run, place, branch);
  if (head === null) return;
  if (run.options.isFull && code.listing === null) code.head = null;
  if (code.listing === null && code.head === null) code.listing = { ref: head, since, page: 1 };
  yield* listCommits(run, place);
  if (code.head === head) return;
  const known = code.head!;
  const fresh = await ifThere(() => allOf((page) => run.client.compare(nameOf(place.path), known, head, page)), gone);
  if (fresh !== null) {
    code.head = head;
    const progress = { step: `${place.path} commits`, done: fresh.length, total: fresh.length };
    yield pageOf(run, commitRecords(run, place, fresh), progress);
    return;
  }
  run.log.warn(
    { repository: place.path },
    'the last known commit is gone from the repository; its branch is read anew',
  );
  code.listing = { ref: head, since, page: 1 };
  yield* listCommits(run, place);
}

/** A repository without a commit has no branch. */
async function headOf(run: Run, place: RepositoryPlace, branch: string): Promise<string | null> {
  const wasRead = place.code.head !== null || place.code.listing !== null;
  const raw = await ifThere(() => run.client.branch(nameOf(place.path), branch), goneOr(wasRead, ...gone));
  const sha = ownValue(ownValue(raw, 'commit'), 'sha');
  return typeof sha === 'string' ? sha : null;
}

async function* listCommits(run: Run, place: RepositoryPlace): AsyncGenerator<Page> {
  const { code } = place;
  let done = 0;
  while (code.listing) {
    const { ref, since, page } = code.listing;
    const answer = await ifThere(() => run.client.commits(nameOf(place.path), ref, since, page), gone);
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

/** Of a monorepo every service gets all commits: which one a change is for, its pull request tells by labels. */
function commitRecords(run: Run, place: RepositoryPlace, raws: readonly unknown[]): SourceRecord[] {
  const services = run.services.of({ project: place.path });
  return raws.flatMap((raw): SourceRecord[] => {
    const { value: commit, setAside } = normalizeCommit(raw, place.path);
    const told = commit ? services.map((service) => ({ kind: 'commit' as const, service, commit })) : [];
    return [...told, ...setAsideRecords(null, setAside)];
  });
}
