import { expect, it } from 'vitest';
import { progressBar } from '../../src/cli/progress-bar.ts';

it.each([
  [{ step: 'items', done: 0, total: 10_000 }, 0, 'items [------------------------] 0 of 10,000 · 0.0/s'],
  [
    { step: 'items', done: 5_000, total: 10_000 },
    10_000,
    'items [############------------] 5,000 of 10,000 · 500/s · 10 s left',
  ],
  [{ step: 'items', done: 10_000, total: 10_000 }, 20_000, 'items [########################] 10,000 of 10,000 · 500/s'],
  [
    { step: 'items', done: 100, total: 100_000 },
    60_000,
    'items [------------------------] 100 of 100,000 · 1.7/s · 16.6 h left',
  ],
  [{ step: 'boards', done: 3, total: null }, 1_000, 'boards 3 · 3.0/s'],
])('shows %o after %d ms', (progress, elapsedMs, line) => {
  expect(progressBar(progress, elapsedMs)).toBe(line);
});
