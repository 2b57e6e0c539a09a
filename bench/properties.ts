import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The property tests from a seed of the moment, and with more runs than `npm test` has time for:
 * `npm run properties [-- times [seed]] [-- part of a path]`. What fails once fails again with the seed that is printed.
 */
const [times = '10', seed = String(randomInt(2 ** 31)), ...parts] = process.argv.slice(2);
const root = new URL('..', import.meta.url).pathname;
const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .map((path) => join('test', path))
  .filter((path) => readFileSync(join(root, path), 'utf8').includes("/property.ts'"))
  .filter((path) => parts.length === 0 || parts.some((part) => path.includes(part)));

console.log(`Seed ${seed}, ${times} times the runs, ${files.length} files`);
const { status } = spawnSync('vitest', ['run', '--testTimeout=3600000', ...files], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, VIGIE_PROPERTY_SEED: seed, VIGIE_PROPERTY_RUNS: times },
});
console.log(`Again: npm run properties -- ${times} ${seed}`);
process.exitCode = status ?? 1;
