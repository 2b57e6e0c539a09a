import type { ItemView, ProjectView } from '../view/view.ts';

/** Items that someone could still work on; epics are left out, since they are as old as what is in them. */
export function openWork(view: ProjectView): readonly ItemView[] {
  return view.counted.filter((item) => !item.isDone && item.goneAt === null && !item.type.isEpic);
}

/** Open work whose status says that it goes on now: an item put back to the backlog is not in progress. */
export function workInProgress(view: ProjectView): readonly (ItemView & { readonly startedAt: number })[] {
  return openWork(view).filter(
    (item): item is ItemView & { readonly startedAt: number } =>
      item.startedAt !== null && item.status.phase === 'started',
  );
}
