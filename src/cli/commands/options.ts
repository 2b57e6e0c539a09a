import { Option } from 'commander';
import type { Command } from 'commander';
import type { ExitCode } from '../io.ts';

/** What stands before every command. */
interface GlobalOptions {
  readonly config: string;
}

/** Hands over the exit code of a command. */
export type Done = (code: ExitCode) => void;

export const asOf = () =>
  new Option('--as-of <instant>', 'a day (its end in the project’s zone) or an instant with its offset');
export const project = () => new Option('--project <id>', 'the project’s name in the config');
export const sprint = () =>
  new Option('--sprint <id>', 'id or name of a closed sprint, for a sprint-review; the newest when left out');
export const json = () => new Option('--json', 'one JSON document on standard output');

export function globals(program: Command): GlobalOptions {
  return { config: program.opts<GlobalOptions>().config };
}
