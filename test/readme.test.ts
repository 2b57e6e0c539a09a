import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configSchema } from '../src/config/schema.ts';
import { reportKinds } from '../src/core/reports/report-kinds.ts';
import { sourceKinds } from '../src/sources/registry.ts';
import { runHere } from './e2e/vigie-process.ts';

const root = new URL('../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const configs = readdirSync(new URL('config/', root)).map((name) =>
  readFileSync(new URL(`config/${name}`, root), 'utf8'),
);

/** What stands between backquotes and in the shipped config: where a reader looks for the name of a key. */
const code = [...readme.matchAll(/^```[^]*?^```|`[^`\n]+`/gm), ...configs].join('\n');

/** The names of all keys that a schema takes, as paths. */
function keysOf(schema: unknown, path: readonly string[] = []): string[][] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  )
    return keysOf(schema.unwrap(), path);
  if (schema instanceof z.ZodPipe) return keysOf(schema.in, path);
  if (schema instanceof z.ZodRecord) return keysOf(schema.valueType, path);
  if (schema instanceof z.ZodArray) return keysOf(schema.element, path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => keysOf(option, path));
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as Record<string, unknown>).flatMap(([key, value]) => [
    [...path, key],
    ...keysOf(value, [...path, key]),
  ]);
}

const untold = (schema: unknown) =>
  keysOf(schema)
    .filter((path) => !new RegExp(`\\b${path.at(-1)!}\\b`).test(code))
    .map((path) => path.join('.'));

describe('README.md', () => {
  it('names every key of the config', () => {
    expect(keysOf(configSchema).length).toBeGreaterThan(100);
    expect(untold(configSchema)).toEqual([]);
  });

  it.each(Object.entries(sourceKinds))('names every setting of the source %s', (_, { config }) => {
    expect(keysOf(config).length).toBeGreaterThan(0);
    expect(untold(config)).toEqual([]);
  });

  it('names every command with its options, and every report', async () => {
    const help = async (...args: string[]) => (await runHere([...args, '--help'], {})).stdout;
    const commands = [...(await help()).matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name!);
    expect(commands.length).toBeGreaterThan(12);
    const commandLine = readme.split('## The command line')[1]!.split('\n');
    const missing: string[] = [];
    for (const command of commands.filter((name) => name !== 'help')) {
      const row = commandLine.find((line) => line.startsWith(`| \`${command}`)) ?? '';
      if (row === '') missing.push(command);
      for (const [, option] of (await help(command)).matchAll(/^ {2}(--[a-z-]+)/gm))
        if (!row.includes(option!)) missing.push(`${command} ${option}`);
    }
    expect(missing).toEqual([]);
    expect(reportKinds.filter((kind) => !readme.includes(`\`${kind}\``))).toEqual([]);
  });

  it('links to files that are there', () => {
    const paths = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)|src="(?!https?:)([^"]+)"/g)].map(
      ([, link, source]) => link ?? source!,
    );
    expect(paths.length).toBeGreaterThan(3);
    for (const path of paths) expect(() => readFileSync(new URL(path, root)), path).not.toThrow();
  });
});
