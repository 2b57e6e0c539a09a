import { Command, CommanderError, Option } from 'commander';
import { ConfigError, RemoteError } from '../lib/errors.ts';
import type { ExitCode, Io } from './io.ts';
import { Interrupted } from './on-interrupt.ts';

/** What stands before every command. */
interface GlobalOptions {
  readonly config: string;
}

/**
 * The command line. Each command is loaded only when it is asked for, so that `vigie calc` does not pay for a database.
 */
export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exit: ExitCode = 0;
  const program = new Command('vigie')
    .description('The lookout of the project office: figures from Jira that can be proved, told in Slack.')
    .option('--config <dir>', 'folder with vigie.yaml', 'config/')
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    .showHelpAfterError('(vigie --help lists the commands)');
  const done = (code: ExitCode) => {
    exit = code;
  };
  addDataCommands(program, io, done);
  addReplayCommand(program, io, done);
  addReportCommands(program, io, done);
  addServiceCommands(program, io, done);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (error) {
    return explain(error, io);
  }
}

type Done = (code: ExitCode) => void;

const asOf = () =>
  new Option('--as-of <instant>', 'a day (its end in the project’s zone) or an instant with its offset');
const project = () => new Option('--project <id>', 'the project’s name in the config');
const sprint = () =>
  new Option('--sprint <id>', 'id or name of a closed sprint, for a sprint-review; the newest when left out');
const json = () => new Option('--json', 'one JSON document on standard output');

function addDataCommands(program: Command, io: Io, done: Done): void {
  program
    .command('sync [source]')
    .description('pull now')
    .option('--full', 'ask for everything again and take a census of what is gone')
    .addOption(json())
    .action(async (source: string | undefined, options: { full?: boolean; json?: boolean }) => {
      const { sync } = await import('./sync.ts');
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
      const { metrics } = await import('./metrics.ts');
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
    .description('where a number comes from, down to the items: a figure, a milestone, a sprint or a rule')
    .addOption(asOf())
    .addOption(json())
    .option('--locale <locale>', 'language of the words')
    .action(
      async (id: string, subject: string | undefined, options: { asOf?: string; json?: boolean; locale?: string }) => {
        const { explain: explainSubject } = await import('./explain.ts');
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
        const { backtest } = await import('./backtest.ts');
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
    .command('calc <name>')
    .description('one calculation by hand: JSON in, JSON out')
    .option('--file <file>', 'read this file instead of standard input')
    .option('--lines', 'one document a line in, one a line out')
    .action(async (name: string, options: { file?: string; lines?: boolean }) => {
      const { calc } = await import('./calc.ts');
      done(await calc({ name, ...options }, io));
    });
  program
    .command('db <action> [file]')
    .description('storage: migrate, backup [file], verify')
    .action(async (action: string, file: string | undefined) => {
      const { db } = await import('./db.ts');
      done(await db({ action, ...(file === undefined ? {} : { file }) }, io));
    });
}

function addReplayCommand(program: Command, io: Io, done: Done): void {
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
    .option('--threshold <name=value>', 'try another threshold; may be said several times', collect, [])
    .option('--explain', 'say what counts as right')
    .addOption(json())
    .option('--locale <locale>', 'language of the words')
    .action(async (projects: string[], options: Options) => {
      const { replay } = await import('./replay.ts');
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

function addReportCommands(program: Command, io: Io, done: Done): void {
  program
    .command('run <report>')
    .description('make a report and post it, once for each slot')
    .addOption(project())
    .addOption(sprint())
    .addOption(asOf())
    .addOption(json())
    .action(async (report: string, options: { project?: string; sprint?: string; asOf?: string; json?: boolean }) => {
      const { run } = await import('./run.ts');
      done(
        await run(
          {
            ...globals(program),
            report,
            project: options.project ?? null,
            sprint: options.sprint ?? null,
            asOf: options.asOf ?? null,
            json: options.json === true,
          },
          io,
        ),
      );
    });
  program
    .command('preview <report>')
    .description('make a report and print it; nothing is posted')
    .addOption(project())
    .addOption(sprint())
    .addOption(asOf())
    .addOption(
      new Option('--format <format>', 'how to print it').choices(['slack', 'html', 'text', 'json']).default('text'),
    )
    .option('--locale <locale>', 'language of the words')
    .action(
      async (
        report: string,
        options: {
          project?: string;
          sprint?: string;
          asOf?: string;
          format: 'slack' | 'html' | 'text' | 'json';
          locale?: string;
        },
      ) => {
        const { preview } = await import('./preview.ts');
        done(
          await preview(
            {
              ...globals(program),
              report,
              project: options.project ?? null,
              sprint: options.sprint ?? null,
              asOf: options.asOf ?? null,
              format: options.format,
              locale: options.locale ?? null,
            },
            io,
          ),
        );
      },
    );
}

function addServiceCommands(program: Command, io: Io, done: Done): void {
  program
    .command('start')
    .description('the worker and the Slack app')
    .action(async () => {
      const { start } = await import('./start.ts');
      done(await start(globals(program), io));
    });
  program
    .command('check')
    .description('config, secrets, connections, permissions, scopes, clock and database')
    .addOption(json())
    .action(async (options: { json?: boolean }) => {
      const { check } = await import('./check.ts');
      done(await check({ ...globals(program), json: options.json === true }, io));
    });
  program
    .command('manifest')
    .description('the Slack app manifest to paste')
    .addOption(json())
    .option('--url <url>', 'where Slack reaches this machine from outside; not needed for Socket Mode')
    .action(async (options: { json?: boolean; url?: string }) => {
      const { manifest } = await import('./manifest.ts');
      done(await manifest({ ...globals(program), json: options.json === true, url: options.url ?? null }, io));
    });
  program
    .command('demo')
    .description('the whole product on this machine, with a simulated Jira and Slack')
    .option('--once', 'sync, make the digests, print them and exit')
    .option('--locale <locale>', 'language of the digests', 'en')
    .option('--port <port>', 'port of the page', (text) => Number(text))
    .option('--keep <dir>', 'leave its config and database in this folder, for the other commands')
    .action(async (options: { once?: boolean; locale: string; port?: number; keep?: string }) => {
      const { demo } = await import('./demo.ts');
      const { locale, port = null, keep = null } = options;
      done(await demo({ isOnce: options.once === true, locale, port, keep }, io));
    });
}

function globals(program: Command): GlobalOptions {
  return { config: program.opts<GlobalOptions>().config };
}

/** Expected errors in their own words and exit code; anything else is a bug and shows where it happened. */
function explain(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof ConfigError) {
    io.stderr(`${error.message}\n`);
    return 2;
  }
  if (error instanceof RemoteError) {
    io.stderr(`${error.service}: ${error.message}${error.todo ? `\nTo mend: ${error.todo}` : ''}\n`);
    return 1;
  }
  if (error instanceof Interrupted) {
    io.stderr(`${error.message}\n`);
    return 1;
  }
  io.stderr(`This is a bug in Vigie: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}
