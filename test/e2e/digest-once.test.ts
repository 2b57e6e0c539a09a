import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startJira } from '../../src/demo/jira/start-jira.ts';
import type { JiraServer } from '../../src/demo/jira/start-jira.ts';
import { generatePortfolio } from '../../src/demo/portfolio/generate-portfolio.ts';
import type { Fault } from '../../src/demo/slack/faults.ts';
import { startSlack } from '../../src/demo/slack/start-slack.ts';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { runHere, runVigie } from './vigie-process.ts';

const channel = 'C0APOLLO000';
const secrets = { SLACK_BOT_TOKEN: 'xoxb-e2e-token', SLACK_SIGNING_SECRET: 'e2e-signing-secret' };

let jira: JiraServer;
let slack: SlackServer;
let directory: string;

beforeAll(async () => {
  jira = await startJira({
    portfolio: generatePortfolio(Date.parse('2026-11-20T18:00:00Z')),
    mode: 'cloud',
    largePages: true,
  });
  slack = await startSlack({
    team: { name: 'Meridian' },
    users: [{ id: 'U1', name: 'alex', realName: 'Alex', locale: 'en-GB', tz: 'Europe/London' }],
    channels: [{ id: channel, name: 'apollo' }],
    app: { botToken: secrets.SLACK_BOT_TOKEN, signingSecret: secrets.SLACK_SIGNING_SECRET },
  });
  directory = mkdtempSync(join(tmpdir(), 'vigie-once-'));
  writeFileSync(
    join(directory, 'vigie.yaml'),
    `slack: { botToken: "\${SLACK_BOT_TOKEN}", signingSecret: "\${SLACK_SIGNING_SECRET}", apiUrl: "${slack.apiUrl}", settle: 2 }
sources:
  jira: { kind: jira, host: "${jira.url}", email: "\${JIRA_EMAIL}", token: "\${JIRA_API_TOKEN}" }
projects:
  APO: { name: Apollo, scope: { source: jira, project: APO, board: 1 }, channel: ${channel}, zone: Europe/Paris }
reports:
  - { report: project-digest, every: "30 8 * * MON-FRI", zone: Europe/Paris, projects: all }
`,
  );
  const { code, stderr } = await here(['sync']);
  if (code !== 0) throw new Error(stderr);
});

afterAll(async () => {
  await slack.close();
  await jira.close();
  rmSync(directory, { recursive: true, force: true });
});

beforeEach(() => slack.faults.clear());

const environment = () => ({
  ...secrets,
  JIRA_EMAIL: jira.credentials.email,
  JIRA_API_TOKEN: jira.credentials.token,
  DATABASE_URL: `file:${join(directory, 'vigie.db')}`,
  LOG_LEVEL: 'fatal',
});
const here = (args: readonly string[]) => runHere(['--config', directory, ...args], environment());
const process_ = (args: readonly string[], killWhen?: () => boolean) =>
  runVigie(['--config', directory, ...args], environment(), killWhen);

/** The digests in the channel whose slot is this day: messages of their own, without the replies. */
function digestsOf(day: string): { key: string; ts: string }[] {
  return slack.messages(channel).flatMap((message) => {
    const key = (message.metadata as { event_payload?: { key?: string } } | null)?.event_payload?.key ?? '';
    return message.threadTs === null && key.includes(`:${day}T`) ? [{ key, ts: message.ts }] : [];
  });
}

function repliesOf(ts: string): string[] {
  const numbers = slack.messages(channel).flatMap((message) => {
    const part = (message.metadata as { event_payload?: { part?: number } } | null)?.event_payload?.part;
    return message.threadTs === ts && message.ts !== ts ? [String(part)] : [];
  });
  return numbers.sort();
}

describe('a digest', () => {
  it(
    'is posted once with its thread, whatever happens to each post; a second run says so',
    { timeout: 240_000 },
    async () => {
      const faults: readonly Fault[] = [
        { kind: 'drop', accepted: true },
        { kind: 'status', status: 500, accepted: true },
        { kind: 'drop', accepted: false },
        { kind: 'html', accepted: true },
        { kind: 'rate-limit', retryAfter: '1' },
      ];
      for (const fault of faults) slack.faults.next(fault, { method: 'chat.postMessage' });
      const args = ['run', 'project-digest', '--project', 'APO', '--as-of', '2026-11-09'];
      const first = await here(args);
      expect(first.stdout, first.stderr).toBe('project-digest APO → C0APOLLO000: posted\n');
      expect(first.code).toBe(0);
      const [digest, ...more] = digestsOf('2026-11-09');
      expect(more).toEqual([]);
      const replies = repliesOf(digest!.ts);
      expect(replies.length).toBeGreaterThan(1);
      expect(new Set(replies).size).toBe(replies.length);
      const second = await here(args);
      expect(second.stdout).toBe('project-digest APO → C0APOLLO000: already posted\n');
      expect(second.code).toBe(0);
      expect(digestsOf('2026-11-09')).toEqual([digest]);
      expect(repliesOf(digest!.ts)).toEqual(replies);
      expect(slack.violations).toEqual([]);
    },
  );

  it('appears once however often the process is killed on the way', { timeout: 240_000 }, async () => {
    const args = ['run', 'project-digest', '--project', 'APO', '--as-of', '2026-11-17'];
    const posts = () => slack.calls.filter(({ method }) => method === 'chat.postMessage').length;
    slack.faults.next({ kind: 'drop', accepted: true }, { method: 'chat.postMessage', times: 2 });
    // Before anything is posted; with the digest posted and its answer lost; in its thread.
    for (const count of [() => slack.calls.length, posts, posts, posts]) {
      const before = count();
      const { signal, stderr } = await process_(args, () => count() > before);
      expect(signal, stderr).toBe('SIGKILL');
    }
    const last = await process_(args);
    expect(last.code, last.stdout + last.stderr).toBe(0);
    const digests = digestsOf('2026-11-17');
    expect(digests).toHaveLength(1);
    const replies = repliesOf(digests[0]!.ts);
    expect(new Set(replies).size).toBe(replies.length);
    expect(replies.length).toBeGreaterThan(1);
  });

  it(
    'waits for the bot to be invited, says what to do, and is posted by the next run',
    { timeout: 240_000 },
    async () => {
      slack.faults.next({ kind: 'refuse', error: 'not_in_channel', accepted: false }, { method: 'chat.postMessage' });
      const args = ['run', 'project-digest', '--project', 'APO', '--as-of', '2026-11-18'];
      const refused = await here(args);
      expect(refused.code).toBe(1);
      expect(refused.stdout).toMatch(
        /not posted yet \(not_in_channel\)\. To mend: invite the bot: \/invite @vigie in that channel\. It stays in the outbox/,
      );
      expect(digestsOf('2026-11-18')).toHaveLength(0);
      expect((await here(args)).code).toBe(0);
      expect(digestsOf('2026-11-18')).toHaveLength(1);
    },
  );
});
