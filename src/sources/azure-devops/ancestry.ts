import { ownValue } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';
import type { BoardsClient } from './client.ts';
import { itemsAtOnce } from './client.ts';
import { field } from './fields.ts';

/** Who stands above whom, as far as it was asked for: an item belongs to the milestone that is anywhere above it. */
export interface Ancestry {
  /** Learns of these items and of all above them. */
  load(ids: readonly number[]): Promise<void>;
  /** Of the item and those above it, the ones of the types that are milestones. */
  milestonesAbove(id: number): readonly number[];
}

/** A level more than any process has; a ring of parents ends here too. */
const mostLevels = 8;

export function createAncestry(client: BoardsClient, types: readonly string[]): Ancestry {
  const known = new Map<number, { readonly parent: number | null; readonly type: string }>();
  if (types.length === 0) return { load: async () => undefined, milestonesAbove: () => [] };
  return {
    async load(ids) {
      let missing = [...new Set(ids)].filter((id) => !known.has(id));
      for (let level = 0; missing.length > 0 && level < mostLevels; level++) {
        const above: number[] = [];
        for (let from = 0; from < missing.length; from += itemsAtOnce) {
          const some = missing.slice(from, from + itemsAtOnce);
          const raws = await client.itemFields(some, [field.parent, field.type]);
          // One that is deleted, or that we may not see, ends the line.
          for (const id of some) known.set(id, { parent: null, type: '' });
          for (const raw of raws) {
            const id = ownValue(raw, 'id');
            const fields = ownValue(raw, 'fields');
            const parent = ownValue(fields, field.parent);
            if (typeof id !== 'number') continue;
            known.set(id, {
              parent: typeof parent === 'number' ? parent : null,
              type: textOf(fields, field.type) ?? '',
            });
            if (typeof parent === 'number' && !known.has(parent)) above.push(parent);
          }
        }
        missing = [...new Set(above)];
      }
    },
    milestonesAbove(id) {
      const found: number[] = [];
      let at: number | null = id;
      for (let level = 0; at !== null && level < mostLevels; level++) {
        const one: { readonly parent: number | null; readonly type: string } | undefined = known.get(at);
        if (one && types.includes(one.type)) found.push(at);
        at = one?.parent ?? null;
      }
      return found;
    },
  };
}
