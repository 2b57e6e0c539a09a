import { openApp } from '../app.ts';
import { isOfProject } from '../jobs/targets/digest-target.ts';
import type { DigestTarget } from '../jobs/targets/digest-target.ts';
import { postNow } from '../jobs/digests/post-now.ts';
import type { PostOutcome } from '../jobs/digests/post-now.ts';
import { ConfigError } from '../lib/errors.ts';
import { parseAsOf } from './as-of.ts';
import { chooseSprint } from './choose-sprint.ts';
import { chooseTargets } from './choose-target.ts';
import type { ExitCode, Io } from './io.ts';
import { onInterrupt } from './on-interrupt.ts';

export interface RunOptions {
  readonly config: string;
  readonly report: string;
  readonly project: string | null;
  /** Id or name, for a sprint-review; null: the one that was closed last. */
  readonly sprint: string | null;
  readonly asOf: string | null;
  readonly json: boolean;
}

/** Makes reports and posts them, each once for its slot. */
export async function run(options: RunOptions, io: Io): Promise<ExitCode> {
  const app = await openApp({ config: options.config, environment: io.environment, needs: ['slack', 'words'] });
  const { signal, release } = onInterrupt();
  try {
    const targets = chooseTargets(app.config, options.report, options.project).map(requireChannel);
    if (!app.poster) throw noSlack();
    const outcomes: PostOutcome[] = [];
    for (const target of targets) {
      const asOf = parseAsOf(options.asOf, target.homeZone.name, app.clock.now());
      const chosen = await chooseSprint(app, target, { sprint: options.sprint, asOf });
      if (chosen.report === 'sprint-review' && chosen.sprint === undefined) throw noSprint(target);
      const outcome = await postNow(app, { ...chosen, channel: target.channel }, { asOf, signal });
      outcomes.push(outcome);
      if (!options.json) io.stdout(`${line(target, outcome)}\n`);
      if (signal.aborted) break;
    }
    if (options.json) io.stdout(`${JSON.stringify({ outcomes })}\n`);
    return outcomes.every(({ kind }) => kind === 'posted' || kind === 'already posted') ? 0 : 1;
  } finally {
    release();
    await app.close();
  }
}

function line({ report, subject, channel }: DigestTarget, outcome: PostOutcome): string {
  const what = `${report} ${subject} → ${channel}`;
  if (outcome.kind === 'posted' || outcome.kind === 'already posted') return `${what}: ${outcome.kind}`;
  const todo = outcome.todo ? ` To mend: ${outcome.todo}.` : '';
  const after = outcome.kind === 'waiting' ? ' It stays in the outbox for the next run or start.' : '';
  return `${what}: ${outcome.kind === 'waiting' ? 'not posted yet' : 'refused'} (${outcome.reason}).${todo}${after}`;
}

function requireChannel(target: DigestTarget): DigestTarget & { readonly channel: string } {
  if (target.channel !== null) return { ...target, channel: target.channel };
  const { report, subject } = target;
  const isPortfolio = report === 'portfolio-digest';
  const path = isPortfolio ? 'reports' : `${isOfProject(report) ? 'projects' : 'programmes'}.${subject}.channel`;
  throw new ConfigError([
    {
      where: 'config',
      path,
      expected: isPortfolio
        ? 'a line `{ report: portfolio-digest, every: "0 9 * * MON", channel: C0123456789 }`'
        : 'the id of a Slack channel, such as C0123456789',
      found: 'nothing',
      hint: 'or use `vigie preview`',
    },
  ]);
}

function noSprint({ subject }: DigestTarget): ConfigError {
  return new ConfigError([
    { where: 'sprint-review', path: subject, expected: 'a closed sprint with items in it', found: 'none' },
  ]);
}

function noSlack(): ConfigError {
  const hint = 'see "Connect your Slack" in README.md, or use `vigie preview`';
  return new ConfigError([
    { where: 'config', path: 'slack', expected: 'the settings of a Slack app', found: 'nothing', hint },
  ]);
}
