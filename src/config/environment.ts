import { readFileSync } from 'node:fs';
import type { Problem } from '../lib/errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a `${NAME}` stands in the files, for a variable that is not set. */
export interface MissingVariable extends Problem {
  /** First key of the path: `slack`, `sources`, ... */
  readonly section: string;
  readonly variable: string;
}

export interface Substituted {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  readonly missing: readonly MissingVariable[];
  /** Values that must never be printed. */
  readonly secrets: readonly string[];
}

const reference = /\$\{([A-Z][A-Z0-9_]*)\}/g;
const onlyReference = /^\$\{[A-Z][A-Z0-9_]*\}$/;
const secretKey = /(token|secret|password|(api|private)_?key)$/i;
/** Tokens of Slack, Atlassian, GitHub, GitLab and Linear, and keys in PEM. */
const looksSecret =
  /\bxox[a-z]-\w|\bxapp-\w|\bATATT\w{8}|\b(gh[opsu]|github_pat)_\w{8}|\bgl(pat|dt|rt|cbt|soat)-[\w-]{8}|\blin_(api|oauth)_\w{8}|PRIVATE KEY-----/;

/**
 * Puts the environment into every `${NAME}`. Secrets must come that way: one that is written in a file is a problem,
 * and is not repeated in the message.
 */
export function substituteEnvironment(
  value: unknown,
  environment: Environment,
  place: (path: readonly PropertyKey[]) => string,
): Substituted {
  const problems: Problem[] = [];
  const missing: MissingVariable[] = [];
  const secrets: string[] = [];

  const visit = (node: unknown, path: readonly PropertyKey[]): unknown => {
    if (Array.isArray(node)) return node.map((child, index) => visit(child, [...path, index]));
    if (typeof node === 'object' && node !== null)
      return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, visit(child, [...path, key])]));
    if (typeof node !== 'string') return node;
    const isSecret = secretKey.test(String(path.at(-1)));
    if (isMisspelt(node, isSecret)) {
      problems.push({
        where: place(path),
        path: path.map(String).join('.'),
        expected: `the name of an environment variable in capitals, such as \${${variableFor(path)}}`,
        found: JSON.stringify(node),
      });
      return node;
    }
    if ((isSecret && !onlyReference.test(node)) || looksSecret.test(node)) {
      problems.push({
        where: place(path),
        path: path.map(String).join('.'),
        expected: `the name of an environment variable, such as \${${variableFor(path)}}`,
        found: 'a secret written in the file',
        hint: 'put it in .env, take it out of the file, and replace it where it was issued if the file was shared',
      });
      // Whatever else is wrong with it, nobody is to repeat it.
      return '[secret]';
    }
    return node.replaceAll(reference, (whole, name: string) => {
      const found = read(environment, name);
      if (typeof found !== 'string') {
        missing.push({
          section: String(path[0]),
          variable: name,
          where: place(path),
          path: path.map(String).join('.'),
          ...found,
        });
        return whole;
      }
      if (isSecret) secrets.push(found);
      return found;
    });
  };
  return { value: visit(value, []), problems, missing, secrets };
}

/** `${` that begins no name of a variable. Where a secret is wanted, only what can be nothing but a name: it is repeated. */
function isMisspelt(text: string, isSecret: boolean): boolean {
  if (!text.replaceAll(reference, '').includes('${')) return false;
  return isSecret ? /^\$\{\w{1,40}\}?$/.test(text) : !looksSecret.test(text);
}

/** Whether a value is not to be repeated: by where it stands, or by its looks. */
export function isSecretAt(path: readonly PropertyKey[], text: string): boolean {
  return secretKey.test(String(path.at(-1))) || looksSecret.test(text);
}

function variableFor(path: readonly PropertyKey[]): string {
  return path
    .slice(-2)
    .map(String)
    .join('_')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\W/g, '_')
    .toUpperCase();
}

/** A variable, or the content of the file that NAME_FILE names; trimmed, since a line end in a secret breaks headers. */
function read(environment: Environment, name: string): string | Pick<Problem, 'expected' | 'found' | 'hint'> {
  const direct = environment[name]?.trim();
  if (direct) return direct;
  const file = environment[`${name}_FILE`]?.trim();
  if (!file)
    return {
      expected: `the environment variable ${name}`,
      found: 'it is not set',
      hint: `add ${name}=… to .env (or ${name}_FILE with the path of a file that holds it)`,
    };
  const expected = `a secret in the file that ${name}_FILE names`;
  try {
    return readFileSync(file, 'utf8').trim() || { expected, found: `${file} (empty)` };
  } catch (error) {
    return { expected, found: `${file} (${String((error as NodeJS.ErrnoException).code)})` };
  }
}
