import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { shippedChanges } from '../../../../src/core/metrics/delivery/shipped-changes.ts';
import type { Commit, DeliveryHistory, Deployment } from '../../../../src/core/model/delivery.ts';

const commit = (sha: string, ...parents: readonly string[]): Commit => ({
  sha,
  parents,
  authoredAt: 0,
  committedAt: 0,
  subject: sha,
  keys: [],
});
const deploy = (id: string, finishedAt: number, sha: string | null, isSuccessful = true): Deployment => ({
  id,
  service: 'S',
  finishedAt,
  isSuccessful,
  isPlanned: true,
  remediates: null,
  sha,
  version: null,
});
const of = (commits: readonly Commit[], deployments: readonly Deployment[]): DeliveryHistory => ({
  service: 'S',
  commits,
  deployments,
  incidents: [],
  hasIncidents: false,
});
const told = (commits: readonly Commit[], deployments: readonly Deployment[]) => {
  const { changes, waiting } = shippedChanges(of(commits, deployments));
  return {
    shipped: changes.map(({ change, deployment }) => `${deployment.id}:${change.id}`).sort(),
    waiting: waiting.map(({ id }) => id),
  };
};

/** a - b - c - d, with a side branch b - x - y that is merged into m after d. */
const line = [commit('a'), commit('b', 'a'), commit('c', 'b'), commit('d', 'c')];
const side = [commit('x', 'b'), commit('y', 'x'), commit('m', 'd', 'y')];

describe('which deployment first brought which change (metrics.md 5.2)', () => {
  it('the first one of all is left out: its changes are the whole past', () => {
    expect(told(line, [deploy('1', 1, 'b')])).toEqual({ shipped: [], waiting: ['c', 'd'] });
  });
  it('each later one brings what is new since all before it, and a merge is no change of its own', () => {
    expect(told([...line, ...side], [deploy('1', 1, 'b'), deploy('2', 2, 'd'), deploy('3', 3, 'm')])).toEqual({
      shipped: ['2:c', '2:d', '3:x', '3:y'],
      waiting: [],
    });
  });
  it('a rollback and a second try of the same commit bring nothing', () => {
    const deployments = [deploy('1', 1, 'a'), deploy('2', 2, 'c'), deploy('3', 3, 'b'), deploy('4', 4, 'c')];
    expect(told(line, deployments)).toEqual({ shipped: ['2:b', '2:c'], waiting: ['d'] });
  });
  it('a failed attempt brings nothing: the next one that works does', () => {
    expect(told(line, [deploy('1', 1, 'a'), deploy('2', 2, 'c', false), deploy('3', 3, 'c')]).shipped).toEqual([
      '3:b',
      '3:c',
    ]);
  });
  it('a release of an older branch brings what only that branch has', () => {
    expect(told([...line, ...side], [deploy('1', 1, 'b'), deploy('2', 2, 'd'), deploy('3', 3, 'y')]).shipped).toEqual([
      '2:c',
      '2:d',
      '3:x',
      '3:y',
    ]);
  });
  it('a deployment of an unknown commit, or of none, tells nothing', () => {
    expect(told(line, [deploy('1', 1, 'a'), deploy('2', 2, null), deploy('3', 3, 'zzz')]).shipped).toEqual([]);
  });

  it('no change is brought twice, and what is brought and what waits are never the same', () => {
    const graph = fc
      .integer({ min: 1, max: 25 })
      .chain((size) =>
        fc.tuple(
          fc.tuple(
            ...Array.from({ length: size }, (_, index) =>
              fc.array(fc.nat(Math.max(0, index - 1)), { maxLength: index === 0 ? 0 : 2 }),
            ),
          ),
          fc.array(fc.nat(size - 1), { maxLength: 8 }),
        ),
      );
    fc.assert(
      fc.property(graph, ([parents, releases]) => {
        const commits = parents.map((before, index) => commit(String(index), ...new Set(before.map(String))));
        const deployments = releases.map((sha, index) => deploy(String(index), index, String(sha)));
        const { changes, waiting } = shippedChanges(of(commits, deployments));
        const shas = changes.map(({ change }) => change.id);
        expect(new Set(shas).size).toBe(shas.length);
        expect(waiting.filter(({ id }) => shas.includes(id))).toEqual([]);
      }),
    );
  });
});
