import { afterEach, describe, expect, it } from 'vitest';
import type { Commit, Deployment, PullRequest } from '../../../src/core/model/delivery.ts';
import type { Cursor } from '../../../src/sources/source.ts';
import { azureRig, start } from './azure-rig.ts';
import type { AzureRig, RigOptions } from './azure-rig.ts';
import { addPullRequest, commit, deploy, release, sha, tellCode, thread } from './code-story.ts';
import type { Code } from './code-story.ts';
import { iso, person } from './raw.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const rigs: AzureRig[] = [];
afterEach(async () => {
  const broken = rigs.flatMap(({ violations }) => violations);
  for (const rig of rigs.splice(0)) await rig.close();
  if (broken.length > 0) throw new Error(`rules of the tool were broken: ${broken.join('; ')}`);
});

async function open(options: RigOptions & { readonly pulls?: number } = {}): Promise<{ rig: AzureRig; code: Code }> {
  const code = tellCode(start - 10 * dayMs, options.pulls ?? 6);
  const rig = await azureRig({
    count: 3,
    ...options,
    prepare: (world) => {
      world.projects[0]!.code = code;
      options.prepare?.(world);
    },
    settings: { code: true, service: 'shop', ...options.settings },
  });
  rigs.push(rig);
  return { rig, code };
}

/** What a store would know of a service after these pages. */
class Delivery {
  readonly pullRequests = new Map<string, PullRequest>();
  readonly commits = new Map<string, Commit>();
  readonly deployments = new Map<string, Deployment>();
  readonly setAside: string[] = [];
  told = 0;
  services = new Set<string>();

  async pull(rig: AzureRig, from: Cursor | null, pages = Infinity): Promise<Cursor | null> {
    let cursor = from;
    this.told = 0;
    for await (const page of rig.open().pull(from, { isFull: false }, new AbortController().signal)) {
      for (const record of page.records) {
        if (record.kind === 'set-aside') this.setAside.push(`${record.ref}: ${record.reason}`);
        if (record.kind === 'pull-request') this.pullRequests.set(record.pullRequest.id, record.pullRequest);
        else if (record.kind === 'commit') this.commits.set(record.commit.sha, record.commit);
        else if (record.kind === 'deployment') this.deployments.set(record.deployment.id, record.deployment);
        else continue;
        this.told++;
        this.services.add(record.kind === 'deployment' ? record.deployment.service : record.service);
      }
      cursor = JSON.parse(JSON.stringify(page.cursor)) as Cursor;
      if (--pages === 0) break;
    }
    return cursor;
  }

  shas = () =>
    [...this.deployments.values()].sort((a, b) => a.finishedAt - b.finishedAt).map((one) => [one.sha, one.isPlanned]);
}

describe('the code of an Azure DevOps project', () => {
  it('is told once, and then what is new', async () => {
    const { rig, code } = await open();
    const delivery = new Delivery();
    const cursor = await delivery.pull(rig, null);
    expect([delivery.pullRequests.size, delivery.commits.size, delivery.deployments.size]).toEqual([6, 12, 3]);
    expect([...delivery.services]).toEqual(['shop']);
    const second = await delivery.pull(rig, cursor);
    expect(delivery.told).toBe(0);
    rig.clock.advance(hourMs);
    const merge = addPullRequest(code, 7, rig.clock.now());
    deploy(code, { run: 200, sha: merge, at: rig.clock.now() });
    await delivery.pull(rig, second);
    expect(delivery.told).toBe(4);
    expect(delivery.commits.get(merge)!.parents).toHaveLength(2);
  });

  it('may be pulled on from any page', async () => {
    const { rig, code } = await open({ pulls: 30 });
    code.environments[0]!.records.splice(10);
    const whole = new Delivery();
    await whole.pull(rig, null);
    for (let pages = 4; pages < 8; pages++) {
      const parts = new Delivery();
      const cursor = await parts.pull(rig, null, pages);
      await parts.pull(rig, cursor);
      expect(parts.pullRequests).toEqual(whole.pullRequests);
      expect(parts.commits).toEqual(whole.commits);
      expect(parts.deployments).toEqual(whole.deployments);
    }
  });

  it('has pull requests with first commit, first review by somebody else, merge and work items', async () => {
    const { rig } = await open({ pulls: 1 });
    const delivery = new Delivery();
    await delivery.pull(rig, null);
    const at = start - 10 * dayMs;
    expect(delivery.pullRequests.get('Shop/web!1')).toEqual({
      id: 'Shop/web!1',
      title: 'Part 1',
      branch: 'feature/1-part',
      openedAt: at,
      firstCommitAt: at - hourMs,
      firstReviewAt: at + hourMs / 2,
      mergedAt: at + hourMs,
      closedAt: at + hourMs,
      mergeSha: sha(11),
      shas: [sha(10)],
      isBot: false,
      isHotfix: false,
      keys: ['AB#1'],
    });
    expect(delivery.commits.get(sha(10))).toMatchObject({ subject: 'Write part 1', keys: ['AB#1'] });
  });

  it('follows a pull request from its opening to its end, asking no more than it must', async () => {
    const { rig, code } = await open();
    addPullRequest(code, 7, start - hourMs, { status: 'active' });
    addPullRequest(code, 8, start - 700 * dayMs, { status: 'active', title: 'Very old' });
    const delivery = new Delivery();
    let cursor = await delivery.pull(rig, null);
    expect(delivery.pullRequests.get('Shop/web!7')).toMatchObject({ closedAt: null, mergedAt: null, mergeSha: null });
    // Opened before anything is read, but open.
    expect(delivery.pullRequests.has('Shop/web!8')).toBe(true);
    rig.takeRequests();
    cursor = await delivery.pull(rig, cursor);
    expect(rig.server.requests.filter((one) => one.includes('/threads'))).toEqual([]);
    const { raw, threads } = code.pullRequests.find((one) => one.raw['pullRequestId'] === 7)!;
    threads.push(thread('Benno', start, 'text'));
    raw['reviewers'] = [{ ...person('Benno'), vote: 10 }];
    cursor = await delivery.pull(rig, cursor);
    expect(delivery.told).toBe(1);
    Object.assign(raw, { status: 'abandoned', closedDate: iso(start + hourMs) });
    await delivery.pull(rig, cursor);
    expect(delivery.pullRequests.get('Shop/web!7')).toMatchObject({ closedAt: start + hourMs, mergedAt: null });
  });

  it('knows automation, hotfixes, and pull requests of a hundred commits and more', async () => {
    const { rig, code } = await open({ pulls: 0 });
    addPullRequest(code, 1, start - dayMs, {
      createdBy: { displayName: 'Shop Build Service (acme)', uniqueName: 'Build\\1' },
    });
    addPullRequest(code, 2, start - dayMs, { sourceRefName: 'refs/heads/hotfix/pay' });
    addPullRequest(code, 3, start - dayMs, { labels: [{ name: 'hotfix' }] });
    const { commits } = code.pullRequests[2]!;
    for (let index = 0; index < 120; index++)
      commits.push(commit(sha(9_000 + index), [], start - index * hourMs, 'Step'));
    const delivery = new Delivery();
    await delivery.pull(rig, null);
    const flags = [...delivery.pullRequests.values()].map(({ id, isBot, isHotfix }) => [id, isBot, isHotfix]);
    expect(flags.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual([
      ['Shop/web!1', true, false],
      ['Shop/web!2', false, true],
      ['Shop/web!3', false, true],
    ]);
    expect(delivery.pullRequests.get('Shop/web!3')!.shas).toHaveLength(121);
    expect(delivery.pullRequests.get('Shop/web!3')!.firstCommitAt).toBe(start - 119 * hourMs);
  });

  it('reads a branch anew whose history was rewritten', async () => {
    const { rig, code } = await open();
    const delivery = new Delivery();
    const cursor = await delivery.pull(rig, null);
    const [web] = code.repositories;
    web!.commits = [commit(sha(777), [], start, 'Everything anew')];
    await delivery.pull(rig, cursor);
    expect(delivery.commits.has(sha(777))).toBe(true);
  });

  it('sorts repositories and environments to services, and asks nothing of those of none', async () => {
    const service = {
      api: { repositories: ['Shop/api'] },
      site: { repositories: ['Shop/w*'], environments: ['production'] },
    };
    const { rig } = await open({ settings: { service } });
    const delivery = new Delivery();
    await delivery.pull(rig, null);
    expect([...delivery.services]).toEqual(['site']);
    expect(rig.server.requests.some((one) => one.includes('r-old'))).toBe(false);
  });

  it.each(['git', 'distributedtask'])('is left alone where %s is switched off', async (area) => {
    const { rig, code } = await open();
    code.off.add(area);
    const delivery = new Delivery();
    await delivery.pull(rig, null);
    expect(delivery.pullRequests.size > 0).toBe(area !== 'git');
    expect(delivery.deployments.size > 0).toBe(area === 'git');
  });
});

describe('deployments of Azure Pipelines', () => {
  it('are the stages of a run, told when the last job has ended', async () => {
    const { rig, code } = await open({ pulls: 0 });
    deploy(code, { run: 1, sha: sha(1), at: start - 5 * hourMs });
    deploy(code, { run: 2, sha: sha(2), at: start - 4 * hourMs, result: null });
    deploy(code, { run: 3, sha: sha(3), at: start - 3 * hourMs, result: 'failed' });
    deploy(code, { run: 4, sha: sha(4), at: start - 2 * hourMs, result: 'canceled' });
    deploy(code, { run: 5, sha: sha(5), at: start - hourMs, environment: 2 });
    const delivery = new Delivery();
    const cursor = await delivery.pull(rig, null);
    const told = () =>
      [...delivery.deployments.values()].map(({ sha: version, isSuccessful, version: name }) => [
        version,
        isSuccessful,
        name,
      ]);
    expect(told()).toEqual([
      [sha(1), true, '2026.1'],
      [sha(3), false, '2026.3'],
    ]);
    for (const record of code.environments[0]!.records)
      if ((record['owner'] as { id: number }).id === 2)
        Object.assign(record, { result: 'succeeded', finishTime: iso(start) });
    const before = structuredClone(delivery.deployments);
    await delivery.pull(rig, cursor);
    expect(delivery.told).toBe(1);
    expect(told()).toHaveLength(3);
    for (const [id, one] of before) expect(delivery.deployments.get(id)).toEqual(one);
  });

  it('know what was run again, what was rolled back and what was urgent', async () => {
    const { rig, code } = await open({ pulls: 0 });
    deploy(code, { run: 1, sha: sha(1), at: start - 5 * hourMs });
    deploy(code, { run: 2, sha: sha(2), at: start - 4 * hourMs });
    deploy(code, { run: 2, sha: sha(2), at: start - 3.5 * hourMs, attempt: 2 });
    deploy(code, { run: 1, sha: sha(1), at: start - 3 * hourMs, attempt: 2 });
    deploy(code, { run: 3, sha: sha(3), at: start - 2 * hourMs, branch: 'refs/heads/hotfix/pay' });
    const delivery = new Delivery();
    await delivery.pull(rig, null);
    expect(delivery.shas()).toEqual([
      [sha(1), true],
      [sha(2), true],
      [sha(1), false],
      [sha(3), false],
    ]);
  });

  it('are runs of the pipelines that deploy, where the settings say so', async () => {
    const { rig, code } = await open({ settings: { deployments: 'builds', pipelines: ['web *'] }, batchSize: 2 });
    code.builds.push({ ...code.builds[0], id: 999, definition: { id: 8, name: 'tests' } });
    code.builds.push({ ...code.builds[0], id: 998, result: 'canceled' });
    const delivery = new Delivery();
    const cursor = await delivery.pull(rig, null);
    expect(delivery.shas()).toEqual([
      [sha(11), true],
      [sha(31), true],
      [sha(51), true],
    ]);
    await delivery.pull(rig, cursor);
    expect(delivery.told).toBe(0);
  });

  it('that failed and are run again end anew, under the same number', async () => {
    const { rig, code } = await open({ settings: { deployments: 'builds', pipelines: ['web *'] } });
    const last = code.builds.find((one) => one['sourceVersion'] === sha(51))!;
    Object.assign(last, { result: 'failed' });
    const delivery = new Delivery();
    const cursor = await delivery.pull(rig, null);
    const told = () => [...delivery.deployments.values()].find((one) => one.sha === sha(51));
    expect(told()).toMatchObject({ isSuccessful: false });
    rig.clock.advance(hourMs);
    Object.assign(last, { result: 'succeeded', finishTime: new Date(rig.clock.now()).toISOString() });
    await delivery.pull(rig, cursor);
    expect(told()).toMatchObject({ isSuccessful: true, finishedAt: start + hourMs });
    expect(delivery.deployments.size).toBe(3);
  });

  it.each([
    ['build', 'builds'],
    ['release', 'releases'],
    ['git', 'builds'],
  ])('that could be read, and cannot any more (%s), are an error', async (area, deployments) => {
    const { rig, code } = await open({ settings: { deployments, pipelines: ['web *'] } });
    code.releases.push(release(1, { sha: sha(1), at: start - hourMs }));
    const delivery = new Delivery();
    const cursor = await delivery.pull(rig, null);
    code.off.add(area);
    await expect(delivery.pull(rig, cursor)).rejects.toThrow(/TF400898/);
  });

  it('are stages of classic releases, where the settings say so', async () => {
    const { rig, code } = await open({ pulls: 0, settings: { deployments: 'releases' }, batchSize: 2 });
    for (let id = 1; id <= 5; id++) code.releases.push(release(id, { sha: sha(id), at: start - (10 - id) * hourMs }));
    code.releases.push(release(6, { sha: sha(6), at: start - hourMs, stage: 'Staging' }));
    code.releases.push(release(7, { sha: sha(7), at: start - hourMs, status: 'inProgress' }));
    const delivery = new Delivery();
    const cursor = await delivery.pull(rig, null);
    expect(delivery.shas()).toEqual([1, 2, 3, 4, 5].map((id) => [sha(id), true]));
    rig.clock.advance(1_000);
    code.releases[6] = release(7, { sha: sha(7), at: rig.clock.now() });
    await delivery.pull(rig, cursor);
    expect(delivery.told).toBe(1);
    expect(delivery.shas().at(-1)).toEqual([sha(7), true]);
  });
});
