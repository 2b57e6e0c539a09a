import { nearest } from '../config/explain-issue.ts';
import type { Config } from '../config/load.ts';
import { digestKinds, subjectsOf, targetFor } from '../jobs/targets/digest-target.ts';
import type { DigestKind, DigestTarget } from '../jobs/targets/digest-target.ts';
import { ConfigError } from '../lib/errors.ts';

/** The targets that `<report> [--project P]` names: one, or all when none is named. */
export function chooseTargets(config: Config, report: string, subject: string | null): readonly DigestTarget[] {
  const kind = chooseName('report', report, digestKinds) as DigestKind;
  const known = subjectsOf(config, kind);
  const chosen = subject === null ? known : [chooseName('--project', subject, known)];
  if (chosen.length === 0) {
    const what = kind === 'programme-digest' ? 'programmes' : 'projects';
    const hint = `add them under \`${what}:\` (see "Configuration" in README.md)`;
    throw new ConfigError([{ where: report, path: '', expected: `${what} in the config`, found: 'none', hint }]);
  }
  return chosen.map((one) => targetFor(config, kind, one));
}

/** The project that a command names; a misspelt one gets a suggestion. */
export function chooseProject(config: Config, id: string): string {
  return chooseName('<project>', id, Object.keys(config.projects));
}

/** The one of these names that is meant, whatever its case; a misspelt one gets a suggestion. */
export function chooseName(where: string, name: string, known: readonly string[]): string {
  const found = known.find((one) => one === name) ?? known.find((one) => one.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(name, known);
  const expected = known.length > 0 ? `one of ${known.join(', ')}` : 'a name that the config defines (it defines none)';
  throw new ConfigError([
    { where, path: '', expected, found: JSON.stringify(name), ...(near ? { hint: `did you mean "${near}"?` } : {}) },
  ]);
}
