import type { SourceRecord } from '../../core/model/record.ts';
import { ownValue } from '../reading/values.ts';
import type { Page } from '../source.ts';
import type { ProjectPlace } from './cursor.ts';
import { normalizeCommit } from './normalize-delivery.ts';
import { goneOr, ifThere } from '../pulling/refusals.ts';
import { pageOf } from '../pulling/page-of.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import type { Run } from './run.ts';

/**
 * Commits of the default branch. What is new since the last head is asked for by comparing, not by date: a branch that
 * is merged brings commits that are older than the last pull. A head that a forced push has done away with, and the
 * first reading, list the branch from a fixed commit, so that what is pushed meanwhile moves no page.
 */
export async function* pullCommits(
  run: Run,
  place: ProjectPlace,
  { branch, since }: { readonly branch: string; readonly since: number },
): AsyncGenerator<Page> {
  const { code } = place;
  const wasRead = code.head !== null || code.listing !== null;
  const found = await ifThere(() => run.client.branch(place.id, branch), goneOr(wasRead, 404));
  const head = ownValue(ownValue(found, 'commit'), 'id');
  if (typeof head !== 'string') return;
  if (run.options.isFull && code.listing === null) code.head = null;
  if (code.listing === null && code.head === null) code.listing = { ref: head, since, page: 1 };
  yield* listCommits(run, place);
  if (code.head === head) return;
  const compared = await ifThere(() => run.client.compare(place.id, code.head!, head), [404]);
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
    const answer = await ifThere(() => run.client.commits(place.id, ref, since, page), [404]);
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
