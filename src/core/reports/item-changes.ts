import { reopeningsOf } from '../view/item-clock.ts';
import type { ItemView, ProjectView } from '../view/view.ts';
import type { Instant } from '../time/instant.ts';
import { countOf } from './item-ref.ts';
import type { RefOf } from './item-ref.ts';
import type { ProjectDigest } from './project-report.ts';

type Changes = Pick<ProjectDigest, 'finished' | 'started' | 'reopened' | 'created'>;

/** What happened to items in (since, as-of], newest first; sub-tasks are left out (metrics.md 0.5). */
export function itemChanges(view: ProjectView, since: Instant, refOf: RefOf, longest: number): Changes {
  const inPeriod = (at: Instant | null | undefined): at is Instant =>
    at !== null && at !== undefined && at > since && at <= view.asOf;
  const listed = (when: (item: ItemView) => Instant | null | undefined) => {
    const found = view.counted.filter((item) => inPeriod(when(item)));
    const keys = found.sort((a, b) => when(b)! - when(a)!).map(({ key }) => key);
    return countOf(keys, refOf, longest);
  };
  const reopened = listed((item) => (item.isDone ? null : reopeningsOf(item).at(-1)));
  const newest = view.itemsByKey.get(reopened.items[0]?.key ?? '');
  return {
    finished: listed((item) => (item.isDelivered ? item.doneAt : null)),
    started: listed((item) => item.startedAt),
    reopened: { ...reopened, times: newest ? reopeningsOf(newest).length : 0 },
    created: listed((item) => item.createdAt),
  };
}
