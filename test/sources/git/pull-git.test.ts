import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shippedChanges } from '../../../src/core/metrics/delivery/shipped-changes.ts';
import type { Commit, Deployment } from '../../../src/core/model/delivery.ts';
import type { SourceRecord } from '../../../src/core/model/record.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { git } from '../../../src/sources/git/index.ts';
import { globTest } from '../../../src/sources/reading/globs.ts';
import { keysIn } from '../../../src/sources/reading/keys-in.ts';
import type { Cursor } from '../../../src/sources/source.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-git-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (path: string, tags = '*') =>
  git.open({ path, tags }, { id: 'code', scopes: [], clock: systemClock, log: silentLogger });

async function pull(
  source: ReturnType<typeof open>,
  cursor: Cursor | null = null,
  options = { isFull: false, pages: Infinity },
) {
  const records: SourceRecord[] = [];
  let last = cursor;
  let pages = 0;
  for await (const page of source.pull(cursor, options, new AbortController().signal)) {
    records.push(...page.records);
    last = JSON.parse(JSON.stringify(page.cursor)) as Cursor;
    pages += 1;
    if (pages >= options.pages) break;
  }
  return { records, cursor: last, pages };
}

const commitsOf = (records: readonly SourceRecord[]) =>
  records.flatMap((record): Commit[] => (record.kind === 'commit' ? [record.commit] : []));
const releasesOf = (records: readonly SourceRecord[]) =>
  records.flatMap((record): Deployment[] => (record.kind === 'deployment' ? [record.deployment] : []));

function write(commits: readonly string[], tags: readonly string[]): void {
  writeFileSync(join(folder, 'commits.tsv'), commits.map((line) => `${line}\n`).join(''));
  writeFileSync(join(folder, 'tags.tsv'), tags.map((line) => `${line}\n`).join(''));
}

describe('a folder with two lists', () => {
  it('gives commits with their keys, and releases by the commit that their tag means', async () => {
    write(
      [
        'b\ta c\t2026-06-01T10:00:00+02:00\t2026-06-02T10:00:00Z\tAPO-12 pay\ttwice',
        'a\t\t2026-05-01T10:00:00Z\t2026-05-01T10:00:00Z\tstart',
      ],
      ['v1\tt1\tb\t2026-06-03T10:00:00Z', 'v2\ta\t\t2026-06-04T10:00:00Z'],
    );
    const { records } = await pull(open(folder));
    expect(commitsOf(records)).toEqual([
      {
        sha: 'b',
        parents: ['a', 'c'],
        authoredAt: Date.parse('2026-06-01T08:00:00Z'),
        committedAt: Date.parse('2026-06-02T10:00:00Z'),
        subject: 'APO-12 pay\ttwice',
        keys: ['APO-12'],
      },
      expect.objectContaining({ sha: 'a', parents: [], keys: [] }),
    ]);
    expect(releasesOf(records).map(({ id, sha }) => [id, sha])).toEqual([
      ['v1', 'b'],
      ['v2', 'a'],
    ]);
  });

  it('sets aside a line that it cannot read, and goes on', async () => {
    write(
      ['a\t\tyesterday\t2026-05-01T10:00:00Z\tstart', 'b\ta\t2026-05-01T10:00:00Z\t2026-05-01T10:00:00Z\tnext'],
      ['v1'],
    );
    const { records } = await pull(open(folder));
    expect(records.map(({ kind }) => kind)).toEqual(['set-aside', 'set-aside', 'commit']);
  });

  it('is not read again while nothing changes, goes on after a kill, and is read anew after a change', async () => {
    const lines = Array.from(
      { length: 2500 },
      (_, index) => `s${index}\t\t2026-05-01T10:00:00Z\t2026-05-01T10:00:00Z\twork`,
    );
    write(lines, ['v1\ts0\t\t2026-06-03T10:00:00Z']);
    const killed = await pull(open(folder), null, { isFull: false, pages: 1 });
    const rest = await pull(open(folder), killed.cursor);
    expect(killed.records.length + rest.records.length).toBe(2501);
    expect((await pull(open(folder), rest.cursor)).records).toEqual([]);
    expect((await pull(open(folder), rest.cursor, { isFull: true, pages: Infinity })).records).toHaveLength(2501);
    write(lines.slice(1), ['v1\ts1\t\t2026-06-03T10:00:00Z']);
    expect((await pull(open(folder), rest.cursor)).records).toHaveLength(2500);
  });

  it('tells releases from other tags by a glob', async () => {
    write([], ['v1\ta\t\t2026-06-03T10:00:00Z', 'nightly-7\ta\t\t2026-06-03T10:00:00Z']);
    expect(releasesOf((await pull(open(folder, 'v*'))).records).map(({ id }) => id)).toEqual(['v1']);
    expect(await open(folder, 'release-*').check()).toMatchObject([
      { severity: 'warning', found: '2 tags, none of them so' },
    ]);
    expect([globTest('v?.*')('v1.2'), globTest('v?.*')('v10'), globTest('a.b')('axb')]).toEqual([true, false, false]);
  });

  it('says what is missing', async () => {
    await expect(pull(open(join(folder, 'nowhere')))).rejects.toThrow(/nowhere cannot be read/);
    writeFileSync(join(folder, 'commits.tsv'), '');
    await expect(pull(open(folder))).rejects.toThrow(/no tags\.tsv/);
    expect(await open(folder).check()).toMatchObject([
      { severity: 'error', todo: expect.stringContaining('tags.tsv') as string },
    ]);
  });
});

describe('a clone', () => {
  const runIn = (where: string, ...args: string[]) =>
    execFileSync('git', ['-C', where, '-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args], {
      env: { ...process.env, GIT_AUTHOR_DATE: '2026-06-01T10:00:00Z', GIT_COMMITTER_DATE: '2026-06-02T10:00:00Z' },
    }).toString();
  const run = (...args: string[]) => runIn(folder, ...args);
  const subjectsOf = async (path: string) =>
    commitsOf((await pull(open(path))).records)
      .map(({ subject }) => subject)
      .sort();

  it('gives what is on the branch that is released from, and what was released elsewhere: no work under way', async () => {
    run('init', '-q', '-b', 'main');
    expect(await subjectsOf(folder)).toEqual([]);
    run('commit', '-q', '--allow-empty', '-m', 'start');
    run('notes', 'add', '-m', 'looked at');
    run('checkout', '-q', '-b', 'feature');
    run('commit', '-q', '--allow-empty', '-m', 'half done');
    run('checkout', '-q', '-b', 'release', 'main');
    run('commit', '-q', '--allow-empty', '-m', 'fix of v1');
    run('tag', 'v1.0.1');
    run('checkout', '-q', 'main');
    writeFileSync(join(folder, 'a'), 'begun');
    run('add', 'a');
    run('stash');
    expect(await subjectsOf(folder)).toEqual(['fix of v1', 'start']);
    // A clone that is only fetched stays on the branch of its first day: its remote has the newest.
    const clone = mkdtempSync(join(tmpdir(), 'vigie-git-'));
    run('clone', '-q', '--no-checkout', folder, clone);
    run('commit', '-q', '--allow-empty', '-m', 'next');
    runIn(clone, 'fetch', '-q', '--prune', '--tags');
    expect(await subjectsOf(clone)).toEqual(['fix of v1', 'next', 'start']);
    rmSync(clone, { recursive: true });
  });

  it('of which the past was left out cannot tell what a release brought', async () => {
    run('init', '-q', '-b', 'main');
    for (const subject of ['one', 'two']) run('commit', '-q', '--allow-empty', '-m', subject);
    run('tag', 'v1');
    const clone = mkdtempSync(join(tmpdir(), 'vigie-git-'));
    run('clone', '-q', '--depth', '1', `file://${folder}`, clone);
    expect(await open(clone).check()).toMatchObject([
      { severity: 'warning', found: 'a shallow clone', todo: expect.stringContaining('--unshallow') as string },
    ]);
    expect(await open(folder).check()).toEqual([]);
    rmSync(clone, { recursive: true });
  });

  it('is asked through git itself, releases of side branches and both kinds of tags included', async () => {
    run('init', '-q', '-b', 'main');
    run('commit', '-q', '--allow-empty', '-m', 'start');
    run('tag', 'v1');
    run('checkout', '-q', '-b', 'side');
    run('commit', '-q', '--allow-empty', '-m', 'HER-7: a fix');
    run('checkout', '-q', 'main');
    run('tag', '-a', '-m', 'second', 'v2', 'side');
    const { records } = await pull(open(folder));
    // Both of one second: git may give either first.
    const commits = commitsOf(records).sort((a, b) => b.keys.length - a.keys.length);
    expect(commits.map(({ subject, keys }) => [subject, keys])).toEqual([
      ['HER-7: a fix', ['HER-7']],
      ['start', []],
    ]);
    expect(releasesOf(records).map(({ id, sha }) => [id, sha])).toEqual([
      ['v1', commits[1]!.sha],
      ['v2', commits[0]!.sha],
    ]);
    expect(commits[0]!.authoredAt).toBe(Date.parse('2026-06-01T10:00:00Z'));
  });
});

describe('keys in a subject', () => {
  it.each([
    ['APO-12: pay', ['APO-12']],
    ['Merge branch feature/apo-12-pay', ['APO-12']],
    ['fix apo-12 and HER-3, see APO-12', ['APO-12', 'HER-3']],
    ['UTF-8 and SHA-256', ['UTF-8', 'SHA-256']],
    ['X-APO-12 APO-0 APO-', ['APO-12']],
  ])('%j: %j', (subject, keys) => {
    expect(keysIn(subject)).toEqual(keys);
  });
});

const shared = fileURLToPath(new URL('../../../../shared/data/duracloud-git', import.meta.url));
describe.skipIf(!existsSync(shared))('a real repository (skipped: the data does not stand beside the checkout)', () => {
  it('ships what plain reachability says, release by release', async () => {
    const { records } = await pull(open(shared, 'duracloud-*'));
    const commits = commitsOf(records);
    const releases = releasesOf(records).sort((a, b) => a.finishedAt - b.finishedAt);
    const parents = new Map(commits.map((commit) => [commit.sha, commit.parents]));
    const reach = (sha: string) => {
      const seen = new Set<string>();
      const open = [sha];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (seen.has(next) || !parents.has(next)) continue;
        seen.add(next);
        open.push(...parents.get(next)!);
      }
      return seen;
    };
    const { changes } = shippedChanges({
      service: 'duracloud',
      commits,
      deployments: releases,
      incidents: [],
      hasIncidents: false,
    });
    for (const name of [
      'duracloud-2.0.1',
      'duracloud-2.0.3',
      'duracloud-2.1.0',
      'duracloud-2.2.0',
      'duracloud-2.3.0',
    ]) {
      const index = releases.findIndex(({ id }) => id === name);
      const before = new Set(releases.slice(0, index).flatMap(({ sha }) => [...reach(sha!)]));
      const expected = [...reach(releases[index]!.sha!)].filter(
        (sha) => !before.has(sha) && parents.get(sha)!.length < 2,
      );
      const found = changes.filter(({ deployment }) => deployment.id === name).map(({ change }) => change.id);
      expect(expected.length).toBeGreaterThan(0);
      expect(found.sort()).toEqual(expected.sort());
    }
  });
});
