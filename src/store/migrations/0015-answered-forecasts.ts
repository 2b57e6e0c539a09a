import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** Forecasts that somebody was told when they asked, to be held against what then happened. */
export const answeredForecasts: Migration = {
  async up(db): Promise<void> {
    await createKit(db).table(
      'answered_forecast',
      {
        project: 'key',
        as_of: 'number',
        question: 'key',
        asked: 'key',
        need: 'number',
        grid: 'text',
        shadow: 'text',
        levels: 'text',
      },
      ['project', 'as_of', 'question', 'asked'],
    );
  },
};
