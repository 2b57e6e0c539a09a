import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { ConfigError } from '../lib/errors.ts';
import type { Problem } from '../lib/errors.ts';
import { checkReferences } from './check-references.ts';
import { substituteEnvironment } from './environment.ts';
import type { Environment, MissingVariable } from './environment.ts';
import { explainIssues, formatPath } from './explain-issue.ts';
import type { Explained } from './explain-issue.ts';
import { configSchema } from './schema.ts';
import type { ConfigShape } from './schema.ts';
import { checkSourceSettings } from './source-settings.ts';
import type { SourceSettings } from './source-settings.ts';
import { parseYamlFile } from './yaml-file.ts';
import type { YamlFile } from './yaml-file.ts';

/** The config as everything else sees it: checked, with the environment put in. */
export interface Config extends Omit<ConfigShape, 'sources'> {
  readonly sources: Readonly<Record<string, SourceSettings>>;
  /** Variables that are named but not set: a problem only for a command that needs their section. */
  readonly missing: readonly MissingVariable[];
  readonly secrets: readonly string[];
}

const shippedDirectory = new URL('../../config/', import.meta.url).pathname;
/**
 * Files that stand for one key of the config each, and that stand in for those that a config folder lacks.
 * `vigie.yaml` is the user's own: nothing stands in for it.
 */
const shippedFiles = ['thresholds.yaml', 'calendars.yaml'];

/** A file of a config folder as it was read. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

/** Reads a config folder. Throws ConfigError with all problems at once. */
export function loadConfig(directory: string, environment: Environment): Config {
  return checkConfig(readConfigFiles(directory), environment);
}

/** For who has read the files already: a folder may be changed meanwhile. */
export function checkConfig(read: readonly ConfigFile[], environment: Environment): Config {
  const parsed = read.map(({ path, text }) => {
    const root = shippedFiles.includes(basename(path)) ? basename(path, '.yaml') : null;
    return parseYamlFile(shown(path), text, root);
  });
  const problems: Problem[] = parsed.flatMap((file) => ('place' in file ? [] : file));
  if (problems.length > 0) throw new ConfigError(problems);
  const files = parsed as YamlFile[];
  const owner = ownersOfKeys(files, problems);
  const place = (path: readonly PropertyKey[]) => (owner.get(String(path[0])) ?? files[0]!).place(path);

  const merged = Object.assign(Object.create(null) as object, ...files.map((file) => file.value)) as object;
  const substituted = substituteEnvironment({ ...merged }, environment, place);
  problems.push(...substituted.problems);

  const told = new Set([...substituted.missing, ...substituted.problems].map(({ path }) => path));
  const add = (found: readonly Explained[]) => {
    const shown = found.map((one) => ({ ...one, where: place(one.path), path: formatPath(one.path) }));
    // A variable that is not set is told by itself, and only to the commands that need it; so is a secret in the file.
    problems.push(...shown.filter(({ path }) => !told.has(path)));
  };
  const { value } = substituted;
  const whole = configSchema.safeParse(value);
  if (!whole.success) add(explainIssues(configSchema, value, whole.error.issues));
  const sources = checkSourceSettings((value as { sources?: unknown }).sources);
  add(sources.problems);
  const result = whole.success ? whole : configSchema.safeParse(withoutSlack(value));
  if (result.success) add(checkReferences(result.data));
  if (problems.length > 0 || !result.success) throw new ConfigError(inOrder(problems));
  return { ...result.data, sources: sources.settings, missing: substituted.missing, secrets: substituted.secrets };
}

function withoutSlack(value: unknown): unknown {
  return { ...(value as object), slack: undefined };
}

/** Refuses when a variable that these sections need is not set. */
export function requireVariables(config: Config, sections: readonly string[]): void {
  const missing = config.missing.filter(({ section }) => sections.includes(section));
  if (missing.length > 0) throw new ConfigError(missing);
}

/** The user's files, and those that ship for what they lack. */
export function readConfigFiles(directory: string): readonly ConfigFile[] {
  if (!existsSync(join(directory, 'vigie.yaml')))
    throw new ConfigError([
      {
        where: join(directory, 'vigie.yaml'),
        path: '',
        expected: 'a file that names your sources and projects',
        found: existsSync(directory) ? 'no such file in that folder' : 'no such folder',
        hint: 'see "Connect your Jira" in README.md, or try `npm run demo`',
      },
    ]);
  const own = readdirSync(directory)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  const paths = own.map((name) => join(directory, name));
  const lacking = shippedFiles.filter((name) => !own.includes(name)).map((name) => join(shippedDirectory, name));
  return [...paths, ...lacking].map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

/** Which file each top-level key stands in; one that stands in two files is a problem. */
function ownersOfKeys(files: readonly YamlFile[], problems: Problem[]): Map<string, YamlFile> {
  const owner = new Map<string, YamlFile>();
  for (const file of files)
    for (const key of Object.keys(file.value)) {
      const first = owner.get(key);
      if (first)
        problems.push({
          where: file.place([key]),
          path: key,
          expected: `it in one file only (it stands at ${first.place([key])})`,
          found: 'it again',
        });
      else owner.set(key, file);
    }
  return owner;
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const key = ({ where }: Problem) => where.replace(/\d+/g, (digits) => digits.padStart(8, '0'));
  return [...problems].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
