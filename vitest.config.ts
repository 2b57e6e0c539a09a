import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // Tests that go through processes and servers wait more than they work: three at a time keep two cores busy.
    maxWorkers: 3,
  },
});
