import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/slack/parse-command.ts';

const status = (project: string | null, asOf: string | null = null) => ({ kind: 'status', project, asOf });
const help = (asked: string | null = null, nearest: string | null = null) => ({ kind: 'help', asked, nearest });

describe('what a person asks for', () => {
  it.each([
    ['', help()],
    ['   ', help()],
    ['help', help()],
    ['HELP', help()],
    ['status', status(null)],
    ['Status apollo', status('apollo')],
    ['status launch site', status('launch site')],
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
    ['dora apollo', help('dora')],
    ['<!channel>', help('<!channel>')],
    [`status ${'🚀'.repeat(500)}`, status(`${'🚀'.repeat(79)}…`)],
    ['x'.repeat(100_000), help(`${'x'.repeat(79)}…`)],
  ])('%j', (text, ask) => {
    expect(parseCommand(text)).toEqual(ask);
  });
});
