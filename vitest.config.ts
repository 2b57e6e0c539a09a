import { defineConfig } from 'vitest/config';

/** Tests of pure code: nothing in them is left behind, so that a worker reads the modules once for all of its files. */
const pure = ['test/core/**/*.test.ts', 'test/render/**/*.test.ts', 'test/config/**/*.test.ts', 'test/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // Tests that go through processes and servers wait more than they work: three at a time keep two cores busy.
    maxWorkers: 3,
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      { extends: true, test: { name: 'whole', include: ['test/**/*.test.ts'], exclude: pure } },
    ],
  },
});
