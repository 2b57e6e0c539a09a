import { expect, it } from 'vitest';
import { createLogger } from '../../src/lib/logger.ts';

const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----';

it.each(['plain-secret', 'with "quotes" and \\ strokes', key, 'tab\tand é'])(
  'keeps the secret %j out of the log, wherever it stands in a line',
  (secret) => {
    const lines: string[] = [];
    const log = createLogger({ secrets: [secret], write: (line) => void lines.push(line) });
    log.error({ error: `the tool said: ${secret}!`, deep: { headers: [secret] } }, `failed with ${secret}`);
    const { error, deep, msg } = JSON.parse(lines[0]!) as Record<string, unknown>;
    expect({ error, deep, msg }).toEqual({
      error: 'the tool said: [secret]!',
      deep: { headers: ['[secret]'] },
      msg: 'failed with [secret]',
    });
  },
);

it.each([
  'xoxb-1-2-abc',
  'xoxe.xoxb-1-Mi0yLTE',
  'xapp-1-A0-abc',
  'ATATT3xFfGF0=A1',
  'ghs_16C7e42F292c',
  'github_pat_11ABC_def',
  'glpat-abc-DEF_1',
  'glcbt-64_abc-DEF_1',
  'lin_api_abc',
  'Bearer abc.def-ghi',
  'Basic dXNlcjpwYXNz',
])('takes %s for a secret that nobody named', (token) => {
  const lines: string[] = [];
  createLogger({ write: (line) => void lines.push(line) }).warn({ why: `got ${token} back` }, 'refused');
  expect((JSON.parse(lines[0]!) as { why: string }).why).toMatch(/^got (xoxe\.)?\[secret\] back$/);
});
