import { defineConfig } from 'vitest/config';

/** Files that leave something behind in their process, or end processes: requests that are caught, signals, threads. */
const alone = [
  'test/e2e/**/*.test.ts',
  'test/cli/start.test.ts',
  'test/cli/worker-thread.test.ts',
  'test/demo/page/page.test.ts',
  'test/lib/http.test.ts',
  'test/sources/jira/wire.test.ts',
  'test/store/postgres.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    pool: 'forks',
    // Tests that go through processes and servers wait more than they work: three at a time keep two cores busy.
    maxWorkers: 3,
    projects: [
      { extends: true, test: { name: 'alone', include: alone } },
      // The others share a process with those before them, and so the reading of modules: a sixth of all the time.
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: alone, isolate: false } },
    ],
  },
});
