import { setImmediate as nextTurn } from 'node:timers/promises';
import { takeEach } from '../../store/inbox.ts';
import type { JobContext } from '../context.ts';

/**
 * Whether a request of Slack came before, to this process or another. What comes in one turn of the event loop is written
 * down in one go: twenty people at once do not wait for the disk twenty times, one after the other.
 */
export function createSeen({ db, clock }: Pick<JobContext, 'db' | 'clock'>): (id: string) => Promise<boolean> {
  let gathering: { readonly ids: Set<string>; readonly taken: Promise<ReadonlySet<string>> } | null = null;
  return async (id) => {
    if (gathering === null) {
      const ids = new Set<string>();
      const taken = nextTurn().then(() => {
        gathering = null;
        return takeEach(db, { source: 'slack', ids, at: clock.now() });
      });
      gathering = { ids, taken };
    }
    // Twice in the same turn: the second is the same request again.
    if (gathering.ids.has(id)) return true;
    gathering.ids.add(id);
    return !(await gathering.taken).has(id);
  };
}
