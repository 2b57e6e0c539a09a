import type { Command } from 'commander';
import { calcNames } from '../../core/calc/names.ts';
import type { Io } from '../io.ts';
import { asOf, globals, json } from './options.ts';
import type { Done } from './options.ts';

/** What is kept, and what is reckoned from it. */
export function addDataCommands(program: Command, io: Io, done: Done): void {
  program
    .command('sync [source]')
    .description('pull now')
    .option('--full', 'ask for everything again and take a census of what is gone')
    .addOption(json())
    .action(async (source: string | undefined, options: { full?: boolean; json?: boolean }) => {
      const { sync } = await import('../sync.ts');
      done(
        await sync(
          { ...globals(program), source: source ?? null, isFull: options.full === true, json: options.json === true },
          io,
        ),
      );
    });
  program
    .command('metrics <project>')
    .description('all figures of a project')
    .addOption(asOf())
    .addOption(json())
    .option('--items', 'add start, done and cycle time of every item')
    .action(async (id: string, options: { asOf?: string; json?: boolean; items?: boolean }) => {
      const { metrics } = await import('../metrics.ts');
      done(
        await metrics(
          {
            ...globals(program),
            project: id,
            asOf: options.asOf ?? null,
            json: options.json === true,
            items: options.items === true,
          },
          io,
        ),
      );
    });
  program
    .command('explain <project> [subject]')
    .description(
      'where a number comes from, down to the items: a figure, a milestone, a sprint, a rule, period, compliance, honesty; `portfolio` is all projects',
    )
    .addOption(asOf())
    .addOption(json())
    .option('--locale <locale>', 'language of the words')
    .action(
      async (id: string, subject: string | undefined, options: { asOf?: string; json?: boolean; locale?: string }) => {
        const { explain: explainSubject } = await import('../explain.ts');
        done(
          await explainSubject(
            {
              ...globals(program),
              project: id,
              subject: subject ?? null,
              asOf: options.asOf ?? null,
              json: options.json === true,
              locale: options.locale ?? null,
            },
            io,
          ),
        );
      },
    );
  program
    .command('backtest [project]')
    .description('the forecasts, risk signals and alerts of the past, held against what then happened')
    .option('--series <file>', 'weekly counts by name as JSON, instead of a project: {"team": [3, 5, 2]}')
    .addOption(asOf())
    .addOption(json())
    .option('--locale <locale>', 'language of the words')
    .option('--chart <file>', 'write what was promised and what was kept as an SVG')
    .action(
      async (
        id: string | undefined,
        options: { series?: string; asOf?: string; json?: boolean; locale?: string; chart?: string },
      ) => {
        const { backtest } = await import('../backtest.ts');
        done(
          await backtest(
            {
              ...globals(program),
              project: id ?? null,
              series: options.series ?? null,
              asOf: options.asOf ?? null,
              json: options.json === true,
              locale: options.locale ?? null,
              chart: options.chart ?? null,
            },
            io,
          ),
        );
      },
    );
  program
    .command('calc')
    .argument('<name>', `one of ${calcNames.join(', ')}`)
    .description('one calculation by hand: JSON in, JSON out')
    .option('--file <file>', 'read this file instead of standard input')
    .option('--lines', 'one document a line in, one a line out')
    .action(async (name: string, options: { file?: string; lines?: boolean }) => {
      const { calc } = await import('../calc.ts');
      done(await calc({ name, ...options }, io));
    });
  program
    .command('db')
    .argument('<action>', 'one of migrate, backup, verify')
    .argument('[file]', 'where a backup goes; beside the database when left out')
    .description('storage: bring it up to date, copy it, look whether it is sound')
    .action(async (action: string, file: string | undefined) => {
      const { db } = await import('../db.ts');
      done(await db({ action, ...(file === undefined ? {} : { file }) }, io));
    });
}
