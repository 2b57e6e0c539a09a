import { afterEach, describe, expect, it } from 'vitest';
import type { SourceRecord } from '../../../src/core/model/record.ts';
import { logWork } from '../../../src/demo/portfolio/log-work.ts';
import { RemoteError } from '../../../src/lib/errors.ts';
import type { Cursor, Scope } from '../../../src/sources/source.ts';
import { describeSource, pullAll } from '../contract.ts';
import { Facts } from '../facts.ts';
import { bigScope, jiraRig, start } from './jira-rig.ts';
import type { JiraRig } from './jira-rig.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Long enough for the feed, and for what a walk leaves to the next. */
const laterMs = hourMs;

/** One worklog an issue, each entered two days before the start, in the order of the issues. */
async function loggingRig(count: number, options: Parameters<typeof jiraRig>[1] = {}): Promise<JiraRig> {
  const made = await jiraRig(count, {
    largePages: true,
    ...options,
    settings: { worklogs: true, ...options.settings },
  });
  let at = start - 2 * dayMs;
  for (const issue of made.server.site.issues.values()) {
    logWork(
      made.server.site,
      issue,
      { at: (at += 1000), by: issue.reporter },
      { startedAt: at - hourMs, seconds: 5400 },
    );
  }
  return made;
}

describeSource('Jira Cloud with worklogs', () => loggingRig(230));
describeSource('Jira Data Center with worklogs', () => loggingRig(130, { mode: 'data-center', largePages: false }));

describe('worklogs', () => {
  let rig: JiraRig;
  afterEach(async () => {
    const { violations } = rig;
    await rig.close();
    if (violations.length > 0) throw new Error(violations.join('\n'));
  });

  const truth = () =>
    [...rig.server.site.worklogs.values()]
      .map(({ id, issueId, by, createdAt, updatedAt, startedAt, seconds }) => ({
        id: String(id),
        itemId: String(issueId),
        by,
        createdAt,
        updatedAt,
        startedAt,
        seconds,
      }))
      .sort((a, b) => Number(a.id) - Number(b.id));
  const told = (facts: Facts) => [...facts.worklogs.values()].sort((a, b) => Number(a.id) - Number(b.id));
  const asked = () => rig.server.requests.splice(0).filter(({ path }) => path.includes('/worklog/')).length;
  const firstKey = () => [...rig.server.site.issues.values()][0]!.key;

  async function records(cursor: Cursor | null, options = { isFull: false }) {
    const all: SourceRecord[] = [];
    let last = cursor;
    for await (const page of rig.open().pull(cursor, options, new AbortController().signal)) {
      all.push(...page.records.filter(({ kind }) => kind.startsWith('worklog') || kind === 'set-aside'));
      last = page.cursor;
    }
    return { all, cursor: last };
  }

  it('come a thousand at once, without what was written about them, and then not again', async () => {
    rig = await loggingRig(2_100);
    const facts = new Facts();
    const { cursor } = await pullAll(rig, facts, null);
    expect(told(facts)).toEqual(truth());
    // Three pages of ids, their details, and one page of what was deleted.
    expect(asked()).toBe(7);
    rig.clock.advance(laterMs);
    const again = await records(cursor);
    expect(again.all).toEqual([]);
    expect(asked()).toBe(2);
  });

  it('are not asked for unless the config says so', async () => {
    rig = await loggingRig(20, { settings: { worklogs: false } });
    await pullAll(rig, new Facts(), null);
    expect(asked()).toBe(0);
  });

  it('come when they are entered, edited and deleted, later than the feed has them', async () => {
    rig = await loggingRig(20);
    const first = await records(null);
    expect(first.all.every((record) => record.kind === 'worklog' && record.isOld)).toBe(true);
    rig.server.change({ do: 'log-work', key: firstKey(), startedAt: start - dayMs, seconds: 60 });
    const [edited, deleted] = [...rig.server.site.worklogs.keys()] as [number, number];
    rig.server.change({ do: 'edit-worklog', worklog: edited, seconds: 7200 });
    rig.server.change({ do: 'delete-worklog', worklog: deleted });
    const atOnce = await records(first.cursor);
    expect(atOnce.all).toEqual([]);
    rig.clock.advance(laterMs);
    const { all, cursor } = await records(atOnce.cursor);
    expect(all).toMatchObject([
      { kind: 'worklog', isOld: false, worklog: { id: String(edited), seconds: 7200 } },
      { kind: 'worklog', isOld: false, worklog: { seconds: 60, startedAt: start - dayMs } },
      { kind: 'worklog-gone', worklogId: String(deleted) },
    ]);
    rig.clock.advance(laterMs);
    expect((await records(cursor)).all).toEqual([]);
  });

  it('that were deleted are told again with everything: a cursor may have been lost meanwhile', async () => {
    rig = await loggingRig(20);
    const first = await records(null);
    const [deleted] = [...rig.server.site.worklogs.keys()] as [number];
    rig.server.change({ do: 'delete-worklog', worklog: deleted });
    rig.clock.advance(laterMs);
    const gone = { kind: 'worklog-gone', worklogId: String(deleted) };
    expect((await records(null)).all).toContainEqual(gone);
    expect((await records(first.cursor, { isFull: true })).all).toContainEqual(gone);
  });

  it('of one moment are all read, though a page ends among them', async () => {
    rig = await loggingRig(10);
    const issue = [...rig.server.site.issues.values()][0]!;
    const log = (at: number) =>
      logWork(rig.server.site, issue, { at, by: issue.reporter }, { startedAt: at, seconds: 60 });
    for (let index = 0; index < 980; index++) log(start - dayMs + index);
    for (let index = 0; index < 50; index++) log(start - hourMs);
    const { all } = await records(null);
    const facts = new Facts();
    facts.apply(all, start);
    expect(told(facts)).toEqual(truth());
  });

  it('go on from the cursor of any page, each once', async () => {
    rig = await loggingRig(10);
    const issue = [...rig.server.site.issues.values()][0]!;
    for (let index = 0; index < 2_500; index++) {
      const at = start - dayMs + index;
      logWork(rig.server.site, issue, { at, by: issue.reporter }, { startedAt: at, seconds: 60 });
    }
    const { pages } = await pullAll(rig, new Facts(), null);
    for (let killedAfter = pages - 4; killedAfter < pages; killedAfter++) {
      const facts = new Facts();
      const { cursor } = await pullAll(rig, facts, null, { pages: killedAfter });
      const before = facts.worklogs.size;
      const { all } = await records(cursor);
      expect(all.length).toBe(2_510 - before);
      facts.apply(all, start);
      expect(told(facts)).toEqual(truth());
    }
  });

  it('are read from the beginning for a scope that is new, and once more when everything is', async () => {
    rig = await loggingRig(20);
    const { cursor } = await records(null);
    rig.clock.advance(laterMs);
    const more: Scope = { id: 'MORE', project: null, jql: 'project = BIG', board: null };
    const wider = await jiraRigOn(rig, [bigScope, more], cursor);
    expect(wider.filter(({ kind }) => kind === 'worklog').length).toBe(20);
    rig.clock.advance(laterMs);
    expect((await records(cursor, { isFull: true })).all.length).toBe(20);
  });

  it('are read again from the beginning once a scope that could not be listed is there', async () => {
    const other: Scope = { id: 'OTHER', project: null, jql: 'project = BIG', board: null };
    rig = await loggingRig(20, { scopes: [bigScope, other] });
    rig.server.faults.next({ kind: 'forbidden' }, { path: /search.jql/ });
    let cursor: Cursor | null = null;
    const failing = async () => {
      for await (const page of rig.open().pull(null, { isFull: false }, new AbortController().signal))
        cursor = page.cursor;
    };
    await expect(failing()).rejects.toThrow(RemoteError);
    rig.clock.advance(laterMs);
    const again = await records(cursor);
    expect(again.all.length).toBe(20);
    rig.clock.advance(laterMs);
    expect((await records(again.cursor)).all).toEqual([]);
  });

  it('that may not be read are set aside with what is missing, and the rest of the pull stands', async () => {
    rig = await loggingRig(20);
    rig.server.faults.next({ kind: 'forbidden' }, { path: /worklog/ });
    const facts = new Facts();
    const { cursor } = await pullAll(rig, facts, null);
    expect(facts.items.size).toBe(20);
    expect(facts.worklogs.size).toBe(0);
    expect(facts.setAside).toEqual([expect.stringMatching(/^worklogs: .*403/)]);
    await pullAll(rig, facts, cursor);
    expect(told(facts)).toEqual(truth());
  });

  it('end, though more of one moment fill a page than the feed can give', async () => {
    rig = await loggingRig(1);
    const issue = [...rig.server.site.issues.values()][0]!;
    for (let index = 0; index < 1_100; index++)
      logWork(rig.server.site, issue, { at: start - hourMs, by: issue.reporter }, { startedAt: start, seconds: 60 });
    expect((await records(null)).all.length).toBe(1_001);
  });
});

async function jiraRigOn(rig: JiraRig, scopes: readonly Scope[], cursor: Cursor | null): Promise<SourceRecord[]> {
  const all: SourceRecord[] = [];
  for await (const page of rig.open(scopes).pull(cursor, { isFull: false }, new AbortController().signal))
    all.push(...page.records);
  return all;
}
