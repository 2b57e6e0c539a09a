import { openApp } from '../app.ts';
import type { App } from '../app.ts';
import { nearest } from '../config/explain-issue.ts';
import { placeOf } from '../config/place.ts';
import type { Explanation, Unexplained } from '../core/explain/explain-subject.ts';
import type { SubjectNames } from '../core/explain/subject.ts';
import { explainWholePortfolio } from '../jobs/making/explain-portfolio.ts';
import { explainProject } from '../jobs/making/explain-project.ts';
import { ConfigError } from '../lib/errors.ts';
import { createLogger } from '../lib/logger.ts';
import { renderTemplate } from '../render/templates.ts';
import { toText } from '../render/text.ts';
import { parseAsOf } from './as-of.ts';
import { chooseProject } from './choose-target.ts';
import type { ExitCode, Io } from './io.ts';
import { requireLocale } from './require-locale.ts';

const portfolio = 'portfolio';

export interface ExplainOptions {
  readonly config: string;
  /** A project, or `portfolio` for all of them. */
  readonly project: string;
  /** A figure, milestone, sprint, rule or topic; of the portfolio, a programme; null to be told what there is. */
  readonly subject: string | null;
  readonly asOf: string | null;
  readonly json: boolean;
  readonly locale: string | null;
}

/** Where a number comes from: definition, inputs, exclusions, arithmetic and the keys of the items. */
export async function explain(options: ExplainOptions, io: Io): Promise<ExitCode> {
  const log = createLogger({ level: 'error', write: io.stderr });
  const app = await openApp({ config: options.config, environment: io.environment, needs: ['words'], log });
  try {
    if (options.locale !== null) requireLocale(app.templates, options.locale);
    if (isPortfolio(app, options.project)) return await tellPortfolio(app, options, io);
    const id = chooseProject(app.config, options.project);
    const place = placeOf(app.config, app.config.projects[id]);
    const asOf = parseAsOf(options.asOf, place.zone, app.clock.now());
    const answer = answerOf(
      await explainProject(app, id, { asked: options.subject, asOf, isNow: options.asOf === null }),
      options.subject,
    );
    const document = () => renderTemplate(app.templates, answer.kind, answer, options.locale ?? place.locale);
    io.stdout(`${options.json ? JSON.stringify(answer) : toText(document())}\n`);
    return 0;
  } finally {
    await app.close();
  }
}

/** A project of that name goes before the word for all of them. */
function isPortfolio({ config }: App, asked: string): boolean {
  return (
    asked.toLowerCase() === portfolio && !Object.keys(config.projects).some((id) => id.toLowerCase() === portfolio)
  );
}

async function tellPortfolio(app: App, options: ExplainOptions, io: Io): Promise<ExitCode> {
  const place = placeOf(app.config);
  const asOf = parseAsOf(options.asOf, place.zone, app.clock.now());
  const answer = await explainWholePortfolio(app, { asked: options.subject, asOf });
  if (answer === null) {
    const names = Object.entries(app.config.programmes).flatMap(([id, { name }]) => [id, name]);
    const near = nearest(options.subject ?? '', names);
    const hint = near ? { hint: `did you mean "${near}"?` } : {};
    const found = JSON.stringify(options.subject);
    throw new ConfigError([{ where: '[subject]', path: '', expected: 'a programme of the config', found, ...hint }]);
  }
  const document = () => renderTemplate(app.templates, answer.kind, answer, options.locale ?? place.locale);
  io.stdout(`${options.json ? JSON.stringify(answer) : toText(document())}\n`);
  return 0;
}

function answerOf(answer: Explanation | Unexplained, asked: string | null): Explanation {
  if (answer.kind === 'unknown') throw unknownSubject(asked ?? '', answer.names);
  if (answer.kind === 'notStarted') {
    const found = JSON.stringify(asked);
    throw new ConfigError([{ where: '[subject]', path: '', expected: 'a sprint that has started', found }]);
  }
  return answer;
}

function unknownSubject(asked: string, { figures, milestones, sprints, rules, topics }: SubjectNames): ConfigError {
  const near = nearest(asked, [...figures, ...milestones, ...sprints, ...rules, ...topics]);
  return new ConfigError([
    {
      where: '[subject]',
      path: '',
      expected: 'a figure, a milestone, a sprint, a rule or a topic (all are listed without one)',
      found: JSON.stringify(asked),
      ...(near ? { hint: `did you mean "${near}"?` } : {}),
    },
  ]);
}
