import { expect } from 'vitest';
import { calc } from '../../src/cli/calc.ts';

/** Runs `vigie calc` in this process: input in, what it printed out. */
export async function run(
  name: string,
  input: string | readonly (string | Buffer)[],
  options: { file?: string; lines?: boolean } = {},
) {
  const chunks = typeof input === 'string' ? [input] : input;
  async function* stdin() {
    yield* chunks;
  }
  let out = '';
  let err = '';
  const exit = await calc(
    { name, ...options },
    { stdin: stdin(), stdout: (text) => void (out += text), stderr: (text) => void (err += text) },
  );
  return { exit, out, err };
}

/** Its answer to good input. */
export async function answer(name: string, input: unknown): Promise<Record<string, unknown>> {
  const { exit, out, err } = await run(name, JSON.stringify(input));
  expect([exit, err]).toEqual([0, '']);
  expect(out.endsWith('\n') && !out.slice(0, -1).includes('\n')).toBe(true);
  return JSON.parse(out) as Record<string, unknown>;
}

export async function problems(name: string, input: unknown): Promise<string[]> {
  const { exit, out, err } = await run(name, typeof input === 'string' ? input : JSON.stringify(input));
  expect([exit, out]).toEqual([2, '']);
  return err.trimEnd().split('\n');
}
