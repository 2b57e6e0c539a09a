import { describe, expect, it } from 'vitest';
import { scale } from '../../../src/demo/portfolio/scale.ts';

describe('a plain big project', () => {
  it.each([1, 10, 777])('of %i issues has nine history entries each, in order, none of the future', (count) => {
    const now = Date.parse('2026-11-24T08:30:00Z');
    const { site } = scale(count, now);
    const issues = [...site.issues.values()];
    expect(issues.map((issue) => issue.key)).toEqual(Array.from({ length: count }, (_, index) => `BIG-${index + 1}`));
    for (const issue of issues) {
      expect(issue.histories).toHaveLength(9);
      const times = [issue.createdAt, ...issue.histories.map((entry) => entry.at), now];
      expect(times).toEqual(times.toSorted((left, right) => left - right));
    }
  });
});
