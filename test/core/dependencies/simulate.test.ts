import * as fc from '../../property.ts';
import { describe, expect, it } from 'vitest';
import { percentileOf, simulate } from '../../../src/core/dependencies/simulate.ts';
import type { UncertainNode } from '../../../src/core/dependencies/simulate.ts';
import { criticalPath } from '../../../src/core/dependencies/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { exactly, upTo } from './plan-rig.ts';

const how = { seed: 'SPACE 2026-11-23', createRandom };

function node(id: string, most: number | null, predecessors: readonly string[] = [], team = id): UncertainNode {
  return { id, remaining: most === null ? null : upTo(most), team, predecessors };
}

describe('simulation', () => {
  it('is the critical path where nothing is uncertain', () => {
    const certain = (id: string, days: number, predecessors: readonly string[] = []): UncertainNode => ({
      id,
      remaining: exactly(days),
      team: id,
      predecessors,
    });
    const nodes = [certain('a', 3), certain('b', 5, ['a']), certain('c', 2, ['a']), certain('end', 0, ['b', 'c'])];
    const { finishes, criticality, delayContribution } = simulate(nodes, ['end'], how);
    const plain = criticalPath({
      durations: new Map([
        ['a', 3],
        ['b', 5],
        ['c', 2],
        ['end', 0],
      ]),
      predecessors: new Map(nodes.map(({ id, predecessors }) => [id, predecessors])),
    });
    expect(percentileOf(finishes.get('end')!, 0.5)).toBe(plain.duration);
    expect(Object.fromEntries(criticality)).toEqual({ a: 1, b: 1, c: 0, end: 1 });
    // c has three days of slack: of one more week two days reach the end.
    expect(Object.fromEntries(delayContribution)).toEqual({ a: 5, b: 5, c: 2, end: 5 });
  });

  it('draws each duration from its odds', () => {
    const { finishes } = simulate([node('a', 100)], ['a'], how);
    for (const share of [0.1, 0.5, 0.85]) {
      const found = percentileOf(finishes.get('a')!, share);
      expect(Math.abs(found - 100 * share)).toBeLessThan(4);
    }
  });

  it('gives a node the same fate whatever else there is', () => {
    const alone = simulate([node('a', 100)], ['a'], how).finishes.get('a');
    const among = simulate([node('b', 7), node('a', 100), node('c', 50, ['b'])], ['a', 'c'], how).finishes.get('a');
    expect(among).toEqual(alone);
    expect(simulate([node('a', 100)], ['a'], how).finishes.get('a')).toEqual(alone);
    expect(simulate([node('a', 100)], ['a'], { ...how, seed: 'other' }).finishes.get('a')).not.toEqual(alone);
  });

  it('lets two nodes of one team be slow together', () => {
    const correlationOf = (teams: readonly [string, string]) => {
      const { finishes } = simulate([node('a', 1, [], teams[0]), node('b', 1, [], teams[1])], ['a', 'b'], how);
      const [a, b] = [finishes.get('a')!, finishes.get('b')!];
      return a.reduce((sum, value, run) => sum + (value - 0.5) * (b[run]! - 0.5), 0) / a.length / (1 / 12);
    };
    expect(correlationOf(['x', 'x'])).toBeGreaterThan(0.22);
    expect(correlationOf(['x', 'x'])).toBeLessThan(0.36);
    expect(Math.abs(correlationOf(['x', 'y']))).toBeLessThan(0.06);
  });

  it('is never earlier for one more thing to wait for', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 6 }), (most) => {
        const nodes = most.map((days, index) => node(`n${index}`, days));
        const last = node('end', 3, ['n0']);
        const wider = { ...last, predecessors: ['n0', 'n1'] };
        const [one, other] = [last, wider].map((end) =>
          simulate([...nodes, end], ['end'], how).finishes.get('end')!,
        ) as [Float64Array, Float64Array];
        expect(other.every((value, run) => value >= one[run]!)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
