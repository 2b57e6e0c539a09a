import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSlack } from '../../src/demo/slack/start-slack.ts';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { runHere } from '../e2e/vigie-process.ts';
import { anIssue, writeFile } from '../sources/jira-export/export-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-check-'));
const secrets = { SLACK_BOT_TOKEN: 'xoxb-check-token', SLACK_SIGNING_SECRET: 'check-signing-secret' };
const environment = { ...secrets, DATABASE_URL: `file:${join(folder, 'vigie.db')}`, LOG_LEVEL: 'silent' };
let slack: SlackServer;

beforeAll(async () => {
  slack = await startSlack({
    team: { name: 'Meridian' },
    users: [{ id: 'U1', name: 'alex', realName: 'Alex', locale: 'en-GB', tz: 'Europe/London' }],
    channels: [{ id: 'C0APOLLO000', name: 'apollo' }],
    app: { botToken: secrets.SLACK_BOT_TOKEN, signingSecret: secrets.SLACK_SIGNING_SECRET },
  });
  writeFile(folder, 'issues.jsonl', [anIssue(1)]);
});
afterAll(async () => {
  await slack.close();
  rmSync(folder, { recursive: true });
});

function vigie(channel: string, ...args: readonly string[]) {
  writeFileSync(
    join(folder, 'vigie.yaml'),
    `slack: { botToken: "\${SLACK_BOT_TOKEN}", signingSecret: "\${SLACK_SIGNING_SECRET}", apiUrl: "${slack.apiUrl}" }
sources: { files: { kind: jira-export, path: ${folder} } }
projects: { APOLLO: { scope: { source: files, project: APO }, channel: ${channel} } }
`,
  );
  return runHere(['--config', folder, ...args], environment);
}

describe('vigie check', () => {
  it('tells what waits to be sent, and why, until it is', async () => {
    expect((await vigie('C0APOLLO000', 'check')).stdout).toMatch(/^ok {7}messages: all sent in the last 7 days$/m);
    expect((await vigie('C0ELSEWHERE', 'run', 'project-digest')).stdout).toMatch(
      /not posted yet \(channel_not_found\)/,
    );
    const { code, stdout } = await vigie('C0ELSEWHERE', 'check');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^warning {2}messages: channel C0ELSEWHERE: expected every message sent, found 1 waiting: channel_not_found\n {9}to mend: mend what is said of the channel above; it is sent then, unless it has become too old$/m,
    );
  });
});
