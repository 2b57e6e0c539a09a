import { distance } from 'fastest-levenshtein';
import { describe } from '../config/explain-issue.ts';
import { mostOf } from '../config/thresholds.ts';
import type { Thresholds } from '../core/model/thresholds.ts';
import type { TriedThreshold } from '../core/reports/alert-replay.ts';
import { ConfigError } from '../lib/errors.ts';
import type { Problem } from '../lib/errors.ts';

/** Names that a misspelt one is answered with. */
const suggested = 3;

/**
 * Thresholds with the values that `--threshold NAME=VALUE` tries, such as `alerts.promiseGapOn=0.7`; the group may be
 * left out where the name is the only one of its kind. Throws ConfigError with every problem.
 */
export function tryThresholds(
  thresholds: Thresholds,
  wishes: readonly string[],
): { readonly thresholds: Thresholds; readonly tried: readonly TriedThreshold[] } {
  const known = numbersOf(thresholds);
  const problems: Problem[] = [];
  const tried: TriedThreshold[] = [];
  for (const wish of wishes) {
    const [given = '', text = '', ...more] = wish.split('=').map((part) => part.trim());
    const name = nameOf(given, known);
    const value = text === '' || more.length > 0 ? Number.NaN : Number(text);
    if (name === null) problems.push(unknownName(given, known));
    else if (!Number.isFinite(value) || value < 0 || value > mostOf(name))
      problems.push({
        where: '--threshold',
        path: name,
        expected: `NAME=VALUE with a number of at least 0${mostOf(name) < Infinity ? ` and at most ${mostOf(name)}` : ''}, such as ${name}=${known.get(name)}`,
        found: wish.includes('=') ? describe(text) : describe(wish),
      });
    else tried.push({ name, value, present: known.get(name)! });
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { thresholds: tried.reduce(withValue, thresholds), tried };
}

/** Every number by its dotted name. */
function numbersOf(thresholds: Thresholds): ReadonlyMap<string, number> {
  const groups = Object.entries(thresholds as unknown as Record<string, Record<string, unknown>>);
  return new Map(
    groups.flatMap(([group, values]) =>
      Object.entries(values).flatMap(([key, value]) =>
        typeof value === 'number' ? [[`${group}.${key}`, value] as const] : [],
      ),
    ),
  );
}

function nameOf(given: string, known: ReadonlyMap<string, number>): string | null {
  const names = [...known.keys()];
  const same = names.filter((name) => name.toLowerCase() === given.toLowerCase());
  const bare = names.filter((name) => name.split('.')[1]!.toLowerCase() === given.toLowerCase());
  return same[0] ?? (bare.length === 1 ? bare[0]! : null);
}

function unknownName(given: string, known: ReadonlyMap<string, number>): Problem {
  const wanted = given.toLowerCase();
  const far = (name: string) =>
    Math.min(distance(wanted, name.toLowerCase()), distance(wanted, name.split('.')[1]!.toLowerCase()));
  const near = [...known.keys()].toSorted((a, b) => far(a) - far(b)).slice(0, suggested);
  return {
    where: '--threshold',
    path: '',
    expected: 'a name of config/thresholds.yaml with its group',
    found: describe(given),
    hint: `did you mean ${near.join(', ')}?`,
  };
}

function withValue(thresholds: Thresholds, { name, value }: TriedThreshold): Thresholds {
  const [group, key] = name.split('.') as [keyof Thresholds, string];
  return { ...thresholds, [group]: { ...thresholds[group], [key]: value } };
}
