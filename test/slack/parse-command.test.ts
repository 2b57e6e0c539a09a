import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/slack/parse-command.ts';

const ask = (name: string, words: readonly string[], options: object = {}) => ({
  name,
  words,
  asOf: null,
  by: null,
  items: null,
  isJson: false,
  ...options,
});
const status = (project: string | null, asOf: string | null = null) =>
  ask('status', project === null ? [] : [project], { asOf });
const help = (asked: string | null = null, nearest: string | null = null) => ({ name: 'help', asked, nearest });

describe('what a person asks for', () => {
  it.each([
    ['', help()],
    ['   ', help()],
    ['help', help()],
    ['HELP', help()],
    ['status', status(null)],
    ['Status apollo', status('apollo')],
    ['status launch site', ask('status', ['launch', 'site'])],
    ['status "Launch site"', status('Launch site')],
    ['status “Launch site”', status('Launch site')],
    ['status « Site public »', status('Site public')],
    ['status apollo as-of 2026-10-01', status('apollo', '2026-10-01')],
    ['status apollo --as-of 2026-10-01', status('apollo', '2026-10-01')],
    ['status apollo --as-of=2026-10-01', status('apollo', '2026-10-01')],
    ['status as-of 2026-10-01 apollo', status('apollo', '2026-10-01')],
    ['status as-of 2026-10-01T08:00:00Z', status(null, '2026-10-01T08:00:00Z')],
    ['status apollo as-of "31 Feb"', status('apollo', '31 Feb')],
    ['status apollo as-of', status('apollo', '')],
    ['staus', help('staus', 'status')],
    ['halp', help('halp', 'help')],
    ['forecast apollo 1.4 --by "12 Dec"', ask('forecast', ['apollo', '1.4'], { by: '12 Dec' })],
    ['forecast apollo --by="12 Dec" --items 40', ask('forecast', ['apollo'], { by: '12 Dec', items: '40' })],
    ['forecast --items=40 apollo', ask('forecast', ['apollo'], { items: '40' })],
    ['milestones apollo --json', ask('milestones', ['apollo'], { isJson: true })],
    ['forecast apollo --by 31 Feb', ask('forecast', ['apollo'], { by: '31 Feb' })],
    ['forecast --by 1er décembre 2026 apollo', ask('forecast', ['apollo'], { by: '1er décembre 2026' })],
    ['forecast --by Dec 12, 2026 --items 4', ask('forecast', [], { by: 'Dec 12, 2026', items: '4' })],
    ['forecast --by 12 apollo', ask('forecast', ['apollo'], { by: '12' })],
    ['status as-of 1 Oct launch site', ask('status', ['launch', 'site'], { asOf: '1 Oct' })],
    // What a phone makes of two hyphens.
    ['forecast —by "12 Dec" –items 40 —json', ask('forecast', [], { by: '12 Dec', items: '40', isJson: true })],
    ['forecast —by="12 Dec"', ask('forecast', [], { by: '12 Dec' })],
    ['as-of 2026-10-01', status(null, '2026-10-01')],
    ['as-of 2026-10-01 milestones apollo', ask('milestones', ['apollo'], { asOf: '2026-10-01' })],
    ['forcast apollo', help('forcast', 'forecast')],
    ['abracadabra apollo', help('abracadabra')],
    ['status R&amp;D &lt;beta&gt;', ask('status', ['R&D', '<beta>'])],
    ['<!channel>', help('<!channel>')],
    [`status ${'🚀'.repeat(500)}`, status(`${'🚀'.repeat(79)}…`)],
    ['x'.repeat(100_000), help(`${'x'.repeat(79)}…`)],
  ])('%j', (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });
});
