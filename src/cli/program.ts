import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { ConfigError, RemoteError } from '../lib/errors.ts';
import { addDataCommands } from './commands/data-commands.ts';
import { addReplayCommand } from './commands/replay-command.ts';
import { addReportCommands } from './commands/report-commands.ts';
import { addServiceCommands } from './commands/service-commands.ts';
import type { ExitCode, Io } from './io.ts';
import { Interrupted } from './on-interrupt.ts';

/**
 * The command line. Each command is loaded only when it is asked for, so that `vigie calc` does not pay for a database.
 */
export async function runCli(
  argv: readonly string[],
  io: Io,
  /** What comes before the command, and may be refused as it may. */
  prepare: () => void = () => {},
): Promise<ExitCode> {
  let exit: ExitCode = 0;
  const program = new Command('vigie')
    .description('The lookout of the project office: figures from Jira that can be proved, told in Slack.')
    .version(ownVersion(), '-V, --version', 'print the version')
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
  for (const command of program.commands)
    command.showHelpAfterError(`(vigie ${command.name()} --help says what it takes)`);
  try {
    prepare();
    await program.parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (error) {
    return explain(error, io);
  }
}

function ownVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
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
