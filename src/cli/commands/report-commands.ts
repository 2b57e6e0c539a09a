import { Option } from 'commander';
import type { Command } from 'commander';
import { chartNames } from '../../core/reports/charts/chart-names.ts';
import { reportKinds } from '../../core/reports/report-kinds.ts';
import type { Io } from '../io.ts';
import { asOf, globals, json, project, sprint } from './options.ts';
import type { Done } from './options.ts';

/** Reports, printed or posted. */
export function addReportCommands(program: Command, io: Io, done: Done): void {
  program
    .command('run')
    .argument('<report>', `one of ${reportKinds.join(', ')}`)
    .description('make a report and post it, once for each slot')
    .addOption(project())
    .addOption(sprint())
    .addOption(asOf())
    .addOption(json())
    .action(async (report: string, options: { project?: string; sprint?: string; asOf?: string; json?: boolean }) => {
      const { run } = await import('../run.ts');
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
    .command('preview')
    .argument('<report>', `one of ${reportKinds.join(', ')}`)
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
        const { preview } = await import('../preview.ts');
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
  program
    .command('chart')
    .argument('<chart>', `one of ${chartNames.join(', ')}`)
    .description('draw a chart into a file, and print its point')
    .addOption(project().makeOptionMandatory())
    .requiredOption('--out <file>', 'where to write it: .png or .svg')
    .option('--about <name>', 'a milestone for a burn-up, a sprint for a burndown, a service for a delivery-trend')
    .addOption(asOf())
    .option('--locale <locale>', 'language of the words')
    .action(
      async (
        name: string,
        options: { project: string; out: string; about?: string; asOf?: string; locale?: string },
      ) => {
        const { chart } = await import('../chart.ts');
        const { project: id, out, about = null, asOf: instant = null, locale = null } = options;
        done(await chart({ ...globals(program), chart: name, project: id, out, about, asOf: instant, locale }, io));
      },
    );
}
