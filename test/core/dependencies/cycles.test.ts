import * as fc from '../../property.ts';
import { describe, expect, it } from 'vitest';
import { acyclicLinks, findCycles } from '../../../src/core/dependencies/cycles.ts';
import type { Link } from '../../../src/core/dependencies/plan.ts';
import { linksOf } from './plan-rig.ts';

const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
const someLinks = fc.array(
  fc.record({
    blocker: fc.constantFrom(...names),
    blocked: fc.constantFrom(...names),
    since: fc.option(fc.integer({ min: 0, max: 5 })),
  }),
  { maxLength: 20 },
);

/** Plain: whoever can be reached by following links. */
function reach(links: readonly Link[], from: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { blocker, blocked } of links) if (blocker === from || found.has(blocker)) found.add(blocked);
  }
  return found;
}

describe('circles', () => {
  it('tells each once, in order of name, with its newest link', () => {
    const links = linksOf('C>A', 'A>B', 'B>C', 'X>Y', 'Y>X', 'B>Z', 'Q>Q');
    expect(findCycles(links)).toEqual([
      { nodes: ['A', 'B', 'C'], cut: links[2] },
      { nodes: ['Q'], cut: links[6] },
      { nodes: ['X', 'Y'], cut: links[4] },
    ]);
  });

  it('cuts a link of known age before one of unknown age', () => {
    const [ab, ba] = linksOf('A>B', 'B>A');
    expect(findCycles([ab!, { ...ba!, since: null }])[0]!.cut).toEqual(ab);
  });

  it('finds nothing where there is no circle', () => {
    expect(findCycles(linksOf('A>B', 'A>C', 'B>D', 'C>D'))).toEqual([]);
    expect(findCycles([])).toEqual([]);
  });

  it('finds what can reach itself, and nothing else', () => {
    fc.assert(
      fc.property(someLinks, (links) => {
        const found = findCycles(links).flatMap(({ nodes }) => nodes);
        const plain = names.filter((name) => reach(links, name).has(name));
        expect([...found].sort()).toEqual(plain);
        expect(new Set(found).size).toBe(found.length);
        const kept = acyclicLinks(links);
        expect(findCycles(kept)).toEqual([]);
        for (const { blocker, blocked } of links)
          expect(kept.some((one) => one.blocker === blocker && one.blocked === blocked)).toBe(
            !(blocker === blocked || reach(links, blocked).has(blocker)),
          );
      }),
    );
  });

  it('takes a chain of any length', () => {
    const links = Array.from({ length: 50_000 }, (_, index) => ({
      blocker: `n${index}`,
      blocked: `n${(index + 1) % 50_000}`,
      since: index,
    }));
    const [cycle] = findCycles(links);
    expect(cycle!.nodes).toHaveLength(50_000);
    expect(cycle!.cut).toEqual(links.at(-1));
  });
});
