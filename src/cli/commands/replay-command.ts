import { Option } from 'commander';
import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { globals, json } from './options.ts';
import type { Done } from './options.ts';

/** The alerts of the past. */
export function addReplayCommand(program: Command, io: Io, done: Done): void {
  interface Options {
    from?: string;
    to?: string;
    threshold: string[];
    explain?: boolean;
    json?: boolean;
    locale?: string;
  }
  program
    .command('replay [project...]')
    .description('the alerts that would have been raised day by day, what then happened, and how often they were right')
    .option('--from <day>', 'first day; without it, 90 days before the last')
    .option('--to <day>', 'last day; without it, today')
    .addOption(
      new Option('--threshold <name=value>', 'try another threshold; may be said several times')
        .argParser(collect)
        .default([], 'as configured'),
    )
    .option('--explain', 'say what counts as right')
    .addOption(json())
    .option('--locale <locale>', 'language of the words')
    .action(async (projects: string[], options: Options) => {
      const { replay } = await import('../replay.ts');
      done(
        await replay(
          {
            ...globals(program),
            projects,
            from: options.from ?? null,
            to: options.to ?? null,
            thresholds: options.threshold,
            explain: options.explain === true,
            json: options.json === true,
            locale: options.locale ?? null,
          },
          io,
        ),
      );
    });
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
