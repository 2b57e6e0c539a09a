import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alertButtons } from '../../src/jobs/alerts/alert-message.ts';
import { commandNames } from '../../src/slack/parse-command.ts';

/**
 * Where each thing that a person can do in Slack is done in a test: over signed HTTP into Bolt, through the database, and
 * out to the simulated Slack. A command is named as it is typed, an element by its action, a form by its callback.
 */
const table: Readonly<Record<string, readonly string[]>> = {
  'answers.test.ts': [
    ...commandNames.filter((name) => !['snooze', 'subscribe', 'dora'].includes(name)),
    'snooze "',
    'answer-done',
    'home-locale',
    'home-zone',
    'home-subscribe',
    'home-unsubscribe',
    'minutes-notes',
    'minutes-participants',
    'action-what-1',
    'action-owner-1',
    'action-due-1',
    'subscribe-report',
    'subscribe-rhythm',
    'subscribe-channel',
  ],
  'controls.test.ts': [
    'subscribe',
    'answer-share',
    'answer-ask:status',
    'answer-ask:milestones',
    'answer-ask:risks',
    'answer-ask:forecast',
    'answer-choose:',
    'answer-unsubscribe',
    'form-minutes',
  ],
  'delivery.test.ts': ['dora '],
  'alert-buttons.test.ts': [
    ...alertButtons.map((button) => `alert-${button}`),
    'form-dispute',
    'dispute-reason',
    'rebaseline-on',
    'rebaseline-reason',
  ],
};
/** Callbacks of forms are answered by what their fields hold. */
const byFields: Readonly<Record<string, string>> = {
  'form-rebaseline': 'rebaseline-on',
  'form-subscribe': 'subscribe-report',
};

const done = new Set(Object.values(table).flat());

describe('everything that a person can do in Slack', () => {
  it.each(Object.entries(table))('is done in %s as the table says', (file, names) => {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8');
    const missing = names.filter((name) => !text.includes(name));
    expect(missing).toEqual([]);
    expect(text).toContain('openSlackStage');
  });

  it('is in the table: commands', () => {
    const missing = commandNames.filter((name) => ![...done].some((one) => one === name || one.startsWith(`${name} `)));
    expect(missing).toEqual([]);
  });

  it('is in the table: buttons, menus, forms and their fields', () => {
    const folder = new URL('../../src/jobs/', import.meta.url);
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n');
    const actions = [...sources.matchAll(/(?:action|action_id): '([a-z-]+)'|choicePrefix = '([a-z-]+:)'/g)];
    const menus = [...sources.matchAll(/menu\('([a-z-]+)'/g)];
    const forms = [...sources.matchAll(/'(form-[a-z]+)': [a-z]/g)];
    const fields = [...sources.matchAll(/(?:field\(context, \{\s*id: |named\()'([a-z-]+)'/g)];
    const names = [...actions, ...menus, ...forms, ...fields].map(([, one, other]) => one ?? other!);
    expect(names.length).toBeGreaterThan(20);
    const isDone = (name: string) => done.has(name) || done.has(`${name}-1`) || done.has(byFields[name] ?? '');
    expect([...new Set(names)].filter((name) => !isDone(name))).toEqual([]);
  });
});
