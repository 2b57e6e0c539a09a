import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { readPort } from '../read-port.ts';
import { globals, json } from './options.ts';
import type { Done } from './options.ts';

/** The worker, and what sets it up. */
export function addServiceCommands(program: Command, io: Io, done: Done): void {
  program
    .command('start')
    .description('the worker and the Slack app')
    .action(async () => {
      const { start } = await import('../start.ts');
      done(await start(globals(program), io));
    });
  program
    .command('check')
    .description('config, secrets, connections, permissions, scopes, clock and database')
    .addOption(json())
    .action(async (options: { json?: boolean }) => {
      const { check } = await import('../check.ts');
      done(await check({ ...globals(program), json: options.json === true }, io));
    });
  program
    .command('manifest')
    .description('the Slack app manifest to paste')
    .addOption(json())
    .option('--url <url>', 'where Slack reaches this machine from outside; not needed for Socket Mode')
    .action(async (options: { json?: boolean; url?: string }) => {
      const { manifest } = await import('../manifest.ts');
      done(await manifest({ ...globals(program), json: options.json === true, url: options.url ?? null }, io));
    });
  program
    .command('demo')
    .description('the whole product on this machine, with a simulated Jira and Slack')
    .option('--once', 'sync, make the digests, print them and exit')
    .option('--locale <locale>', 'language of the digests', 'en')
    .option('--port <port>', 'port of the page; any free one when left out')
    .option('--keep <dir>', 'leave its config and database in this folder, for the other commands')
    .action(async (options: { once?: boolean; locale: string; port?: string; keep?: string }) => {
      const { demo } = await import('../demo.ts');
      const { locale, port, keep = null } = options;
      const chosen = port === undefined ? null : readPort('--port', port);
      done(await demo({ isOnce: options.once === true, locale, port: chosen, keep }, io));
    });
}
