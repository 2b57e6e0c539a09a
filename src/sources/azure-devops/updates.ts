import type { Change } from '../../core/model/change.ts';
import { isObject, ownValue, readInstant } from '../reading/values.ts';
import { field } from './fields.ts';
import { changesBetween } from './history.ts';
import type { Run } from './run.ts';
import { personOf, snapshotOf } from './snapshot.ts';
import type { ProjectContext, Snapshot } from './snapshot.ts';

/** All changes of one item, from what each of its updates made of its fields; the same as from its revisions. */
export async function wholeHistory(
  run: Run,
  id: number,
  context: ProjectContext,
): Promise<{ changes: readonly Change[]; last: Snapshot | null }> {
  const updates = await run.client.updates(id, context.project.id);
  const fields: Record<string, unknown> = {};
  const changes: Change[] = [];
  let last: Snapshot | null = null;
  for (const update of updates) {
    const rev = ownValue(update, 'rev');
    const changed = ownValue(update, 'fields');
    if (typeof rev !== 'number' || !isObject(changed)) continue;
    for (const [name, ends] of Object.entries(changed)) {
      const value = ownValue(ends, 'newValue');
      if (value === undefined) delete fields[name];
      else fields[name] = value;
    }
    const at = readInstant(fields[field.changedAt] ?? null);
    if (at === null) continue;
    const snapshot = snapshotOf(rev, fields, context);
    const by = personOf(fields[field.changedBy] ?? ownValue(update, 'revisedBy'), context.names);
    if (last && rev > last.rev) changes.push(...changesBetween(last, snapshot, { at, by }));
    last = snapshot;
  }
  return { changes, last };
}
