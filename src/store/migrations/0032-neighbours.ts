import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** The items outside a project that its figures are made from: those that it is linked with. */
export const neighbours: Migration = {
  async up(db): Promise<void> {
    await createKit(db).table('neighbour', { project: 'key', key: 'key' }, ['project', 'key']);
  },
};
