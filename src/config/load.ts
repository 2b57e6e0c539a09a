import { isUtf8 } from 'node:buffer';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { ConfigError, formatProblem } from '../lib/errors.ts';
import type { Problem } from '../lib/errors.ts';
import { checkReferences } from './check-references.ts';
import { isSecretAt, substituteEnvironment } from './environment.ts';
import type { Environment, MissingVariable } from './environment.ts';
import { explainIssues, formatPath, valueAt } from './explain-issue.ts';
import type { Explained } from './explain-issue.ts';
import { configSchema } from './schema.ts';
import type { ConfigShape } from './schema.ts';
import { checkSourceSettings } from './source-settings.ts';
import type { SourceSettings } from './source-settings.ts';
import { withoutFaults } from './without-faults.ts';
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
  /** Shipped, for a file that the folder lacks: what stands in any file of the folder wins. */
  readonly isStandIn: boolean;
}

/** Reads a config folder. Throws ConfigError with all problems at once. */
export function loadConfig(directory: string, environment: Environment): Config {
  return checkConfig(readConfigFiles(directory), environment);
}

/** For who has read the files already: a folder may be changed meanwhile. */
export function checkConfig(read: readonly ConfigFile[], environment: Environment): Config {
  const parsed = read.map(({ path, text, isStandIn }) => {
    const root = shippedFiles.includes(basename(path)) ? basename(path, '.yaml') : null;
    return { isStandIn, file: parseYamlFile(shown(path), text, root) };
  });
  const problems: Problem[] = parsed.flatMap(({ file }) => ('place' in file ? [] : file));
  if (problems.length > 0) throw new ConfigError(problems);
  const files = withoutReplaced(parsed as { isStandIn: boolean; file: YamlFile }[]);
  const owner = ownersOfKeys(files, problems);
  const place = (path: readonly PropertyKey[]) => (owner.get(String(path[0])) ?? files[0]!).place(path);

  const merged = Object.assign(Object.create(null) as object, ...files.map((file) => file.value)) as object;
  const substituted = substituteEnvironment({ ...merged }, environment, place);
  problems.push(...substituted.problems);

  const { value } = substituted;
  const told = new Set([...substituted.missing, ...substituted.problems].map(({ path }) => path));
  const add = (found: readonly Explained[]) => {
    const shown = found.map((one) => ({
      ...one,
      ...hidden(valueAt(value, one.path), one.path, substituted.secrets),
      where: place(one.path),
      path: formatPath(one.path),
    }));
    // A variable that is not set is told by itself, and only to the commands that need it; so is a secret in the file.
    problems.push(...shown.filter(({ path }) => !told.has(path)));
  };
  const whole = configSchema.safeParse(value);
  if (!whole.success) add(explainIssues(configSchema, value, whole.error.issues));
  const sources = checkSourceSettings((value as { sources?: unknown }).sources);
  add(sources.problems);
  const result = whole.success ? whole : configSchema.safeParse(withoutSlack(value));
  const readable = result.success
    ? result
    : configSchema.safeParse(withoutFaults(withoutSlack(value), result.error.issues));
  if (readable.success) add(checkReferences(readable.data));
  if (problems.length > 0 || !result.success) throw new ConfigError(inOrder(problems));
  return { ...result.data, sources: sources.settings, missing: substituted.missing, secrets: substituted.secrets };
}

/** `calendars:` in vigie.yaml does as well as a file of that name. */
function withoutReplaced(files: readonly { readonly isStandIn: boolean; readonly file: YamlFile }[]): YamlFile[] {
  const own = new Set(files.flatMap(({ isStandIn, file }) => (isStandIn ? [] : Object.keys(file.value))));
  return files
    .filter(({ isStandIn, file }) => !isStandIn || !Object.keys(file.value).some((key) => own.has(key)))
    .map(({ file }) => file);
}

/** In place of what was found, where that is a secret. */
function hidden(value: unknown, path: readonly PropertyKey[], secrets: readonly string[]): { found?: string } {
  if (typeof value !== 'string') return {};
  return secrets.includes(value) || isSecretAt(path, value) ? { found: `a text of length ${value.length}` } : {};
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
  if (!existsSync(join(directory, 'vigie.yaml'))) throw noConfig(directory);
  // Hidden files are what editors and file systems leave beside one that is open.
  const own = readdirSync(directory)
    .filter((name) => /^[^.].*\.ya?ml$/.test(name))
    .sort();
  const misnamed = own.filter((name) => /^(vigie|thresholds|calendars)\.yml$/.test(name));
  if (misnamed.length > 0)
    throw new ConfigError(
      misnamed.map((name) => ({
        where: shown(join(directory, name)),
        path: '',
        expected: 'a name that ends in .yaml',
        found: name,
        hint: 'rename it',
      })),
    );
  const paths = own.map((name) => join(directory, name));
  const lacking = shippedFiles.filter((name) => !own.includes(name)).map((name) => join(shippedDirectory, name));
  return [
    ...paths.map((path) => ({ path, text: readText(path), isStandIn: false })),
    ...lacking.map((path) => ({ path, text: readText(path), isStandIn: true })),
  ];
}

function noConfig(directory: string): ConfigError {
  const isFile = statSync(directory, { throwIfNoEntry: false })?.isFile() === true;
  if (isFile)
    return new ConfigError([
      {
        where: directory,
        path: '',
        expected: 'a folder with vigie.yaml',
        found: 'a file',
        hint: 'name the folder that it is in',
      },
    ]);
  const isMisnamed = existsSync(join(directory, 'vigie.yml'));
  const found = existsSync(directory) ? 'no such file in that folder' : 'no such folder';
  return new ConfigError([
    {
      where: join(directory, 'vigie.yaml'),
      path: '',
      expected: 'a file that names your sources and projects',
      found: isMisnamed ? 'vigie.yml' : found,
      hint: isMisnamed ? 'rename it to vigie.yaml' : 'see "Connect your Jira" in README.md, or try `npm run demo`',
    },
  ]);
}

/** Bytes that are not UTF-8 would be read as other letters, and told so in Slack. */
function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const found = String((error as NodeJS.ErrnoException).code);
    throw new ConfigError([{ where: shown(path), path: '', expected: 'a file that can be read', found }]);
  }
  // UTF-16 is named by who parses.
  if (isUtf8(bytes) || bytes.includes(0)) return bytes.toString('utf8');
  const line =
    bytes
      .toString('latin1')
      .split('\n')
      .findIndex((text) => !isUtf8(Buffer.from(text, 'latin1'))) + 1;
  throw new ConfigError([
    {
      where: `${shown(path)}:${line}:1`,
      path: '',
      expected: 'a text file in UTF-8',
      found: 'other bytes in this line',
      hint: 'save it as UTF-8',
    },
  ]);
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
  const once = new Map(problems.map((problem) => [formatProblem(problem), problem]));
  return [...once.values()].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
