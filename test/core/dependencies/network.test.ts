import * as fc from '../../property.ts';
import { describe, expect, it } from 'vitest';
import { criticalPath } from '../../../src/core/dependencies/network.ts';

/** Nodes 0..n, each waiting for some before it: no circle can be. */
const plans = fc.array(
  fc.record({ duration: fc.double({ min: 0, max: 50, noNaN: true }), before: fc.array(fc.nat(30), { maxLength: 4 }) }),
  { minLength: 1, maxLength: 20 },
);

function networkOf(plan: readonly { readonly duration: number; readonly before: readonly number[] }[]) {
  return {
    durations: new Map(plan.map(({ duration }, index) => [`n${index}`, duration])),
    predecessors: new Map(
      plan.map(({ before }, index) => [`n${index}`, before.filter((one) => one < index).map((one) => `n${one}`)]),
    ),
  };
}

describe('critical path', () => {
  it('leaves no negative slack, and some path without any as long as the whole', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const network = networkOf(plan);
        const { duration, nodes, critical } = criticalPath(network);
        for (const { slack, es, ef, ls, lf } of nodes.values()) {
          expect(slack).toBeGreaterThanOrEqual(0);
          expect(ef).toBeGreaterThanOrEqual(es);
          expect(lf).toBeLessThanOrEqual(duration + 1e-9);
          expect(ls).toBeGreaterThanOrEqual(es - 1e-9 * duration);
        }
        const longest = new Map<string, number>();
        for (const key of critical.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1)))) {
          const before = (network.predecessors.get(key) ?? []).map((one) => longest.get(one) ?? 0);
          longest.set(key, Math.max(0, ...before) + network.durations.get(key)!);
        }
        expect(Math.max(...longest.values())).toBeCloseTo(duration, 6);
      }),
    );
  });

  it('is never shorter for one more thing to wait for', () => {
    fc.assert(
      fc.property(plans, fc.nat(19), fc.nat(19), (plan, at, before) => {
        const wider = plan.map((node, index) => (index === at ? { ...node, before: [...node.before, before] } : node));
        expect(criticalPath(networkOf(wider)).duration).toBeGreaterThanOrEqual(criticalPath(networkOf(plan)).duration);
      }),
    );
  });
});
