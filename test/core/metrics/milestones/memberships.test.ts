import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { createMemberships } from '../../../../src/core/metrics/milestones/memberships.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { existsAt } from '../../../../src/core/view/item-clock.ts';
import { valueAt } from '../../../../src/core/view/timeline.ts';
import { aCalendar } from '../../../builders.ts';
import { hourAt, randomProject } from '../random-project.ts';

describe('memberships', () => {
  it('are those that the past of each item tells, at any instant, in the order of the items', () => {
    fc.assert(
      fc.property(randomProject, fc.nat(24 * 120), fc.nat(24 * 120), (project, hour, other) => {
        const asOf = Math.max(hour, other);
        const view = viewAsOf(project.known(asOf), hourAt(asOf), aCalendar());
        const items = [...view.counted, ...view.gone];
        const memberships = createMemberships<string, readonly string[]>(
          items,
          ({ past }) => past.fixVersions,
          (ids) => ids,
        );
        const at = hourAt(Math.min(hour, other));
        const versions = new Set(items.flatMap(({ past }) => past.fixVersions.flatMap(({ value }) => value)));
        for (const id of versions) {
          expect(memberships.has(id)).toBe(true);
          expect(memberships.at(id, at)).toEqual(
            items.filter((item) => existsAt(item, at) && valueAt(item.past.fixVersions, at).includes(id)),
          );
          expect(memberships.ever(id)).toEqual(
            items.filter(({ past }) => past.fixVersions.some(({ value }) => value.includes(id))),
          );
        }
        expect(memberships.has('no such version')).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
