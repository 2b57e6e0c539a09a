import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** The dates that readers were told, to be held against what then happened. */
export const forecasts: Migration = {
  async up(db): Promise<void> {
    await createKit(db).table(
      'forecast',
      {
        project: 'key',
        as_of: 'number',
        milestone: 'key',
        delivery_id: 'number',
        need: 'number',
        days: 'text',
        shadow: 'text',
        levels: 'text',
      },
      ['project', 'as_of', 'milestone', 'delivery_id'],
    );
  },
};
