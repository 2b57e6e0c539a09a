import type { Dice } from './dice.ts';

/** What a project talks about: its nouns (plural) and the parts its software has. */
export interface Vocabulary {
  readonly subjects: readonly string[];
  readonly components: readonly string[];
  /** Who uses it, plural. */
  readonly users: readonly string[];
}

const stories = [
  'Show {s} to {u}',
  'Let {u} filter {s} by period',
  'Let {u} correct {s} before they are booked',
  'Export {s} as CSV for Finance',
  'Log every change of {s}',
  'Retry {s} when the partner is unreachable',
  'Offer {s} in the public API',
  'Limit access to {s} by role',
  'Archive {s} after the legal period',
  'Notify {u} when {s} fail',
  'Translate the screens for {s} into French',
  'Validate {s} at the point of entry',
  'Page through {s} without losing the place',
  'Search {s} by reference',
  'Make the screens for {s} usable with the keyboard',
  'Cache {s} for repeat visits',
  'Import {s} from the old system',
  'Compare {s} with the figures of the ledger',
];

const bugs = [
  '{S} are shown twice after a reload',
  '{S} lose their time zone on export',
  'Timeout when {u} open more than 500 {s}',
  'Wrong total over {s} when one is cancelled',
  '{S} stay pending after a network error',
  'Error 500 when {s} hold an apostrophe',
  'Sorting of {s} ignores accents',
  '{U} see {s} of another account in the preview',
  'Rounding of {s} differs by one cent from the ledger',
  'Memory grows while {s} are imported',
];

const tasks = [
  'Raise test coverage of {s} to 80 %',
  'Load test {s} with ten times the usual volume',
  'Write the runbook for {s}',
  'Upgrade the library behind {s}',
  'Move the job for {s} to the new cluster',
  'Agree on the retention of {s} with Legal',
];

export const subtasks = ['Database change', 'Service and tests', 'Screen', 'Documentation', 'Review with the users'];

/** Makes summaries for one project, hardly ever the same twice. */
export function createWriter(words: Vocabulary, dice: Dice): (type: 'Story' | 'Bug' | 'Task') => string {
  const used = new Set<string>();
  const patterns = { Story: stories, Bug: bugs, Task: tasks };
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  return (type) => {
    let summary = '';
    for (let attempt = 0; attempt < 20; attempt++) {
      const subject = dice.pick(words.subjects);
      const user = dice.pick(words.users);
      summary = dice
        .pick(patterns[type])
        .replace('{s}', subject)
        .replace('{S}', capital(subject))
        .replace('{u}', user)
        .replace('{U}', capital(user));
      if (!used.has(summary)) break;
    }
    used.add(summary);
    return summary;
  };
}
