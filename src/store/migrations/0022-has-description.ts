import type { Migration } from 'kysely/migration';

/** Whether an item has a description; null where its source does not say. The text itself is not kept. */
export const hasDescription: Migration = {
  async up(db): Promise<void> {
    await db.schema.alterTable('item').addColumn('has_description', 'integer').execute();
  },
};
