import type { Day } from '../../time/day.ts';
import type { ProjectView } from '../../view/view.ts';

/** Whether nothing was to be deployed on some day from `since` to as-of (metrics.md 5.5). */
export function isFrozenSince({ settings, today }: Pick<ProjectView, 'settings' | 'today'>, since: Day): boolean {
  return (settings.delivery?.freezes ?? []).some(({ from, to }) => from <= today && to >= since);
}
