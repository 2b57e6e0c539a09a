import { openApp } from '../app.ts';
import type { App } from '../app.ts';
import { nearest } from '../config/explain-issue.ts';
import { placeOf } from '../config/place.ts';
import { explainFigure } from '../core/explain/explain-figure.ts';
import { explainMilestone } from '../core/explain/explain-milestone.ts';
import { explainRule } from '../core/explain/explain-rule.ts';
import { explainSprint } from '../core/explain/explain-sprint.ts';
import { findSubject, subjectNames } from '../core/explain/subject.ts';
import type { Subject, SubjectNames } from '../core/explain/subject.ts';
import { assess } from '../core/findings/assess.ts';
import type { Finding } from '../core/findings/finding.ts';
import { measureProject } from '../jobs/measure-project.ts';
import type { Measured } from '../jobs/measure-project.ts';
import { ConfigError } from '../lib/errors.ts';
import { createLogger } from '../lib/logger.ts';
import { renderTemplate } from '../render/templates.ts';
import { toText } from '../render/text.ts';
import { parseAsOf } from './as-of.ts';
import { chooseProject } from './choose-target.ts';
import type { ExitCode, Io } from './io.ts';
import { requireLocale } from './require-locale.ts';

export interface ExplainOptions {
  readonly config: string;
  readonly project: string;
  /** A figure, milestone, sprint or rule; null to be told what there is. */
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
    const id = chooseProject(app.config, options.project);
    const place = placeOf(app.config, app.config.projects[id]);
    const asOf = parseAsOf(options.asOf, place.zone, app.clock.now());
    const [measured] = await measureProject(app, id, [asOf]);
    const findings = assess({ ...measured!, previous: null, thresholds: app.config.thresholds });
    const answer = answerOf(app, measured!, { asked: options.subject, findings });
    const document = () => renderTemplate(app.templates, answer.kind, answer, options.locale ?? place.locale);
    io.stdout(`${options.json ? JSON.stringify(answer) : toText(document())}\n`);
    return 0;
  } finally {
    await app.close();
  }
}

interface Question {
  readonly asked: string | null;
  readonly findings: readonly Finding[];
}

function answerOf(app: App, { view, metrics }: Measured, { asked, findings }: Question) {
  const names = subjectNames(metrics, findings);
  if (asked === null) {
    const project = { id: view.settings.id, name: view.settings.name };
    return { kind: 'subjects', project, asOf: view.asOf, zone: view.calendar.zone.name, ...names };
  }
  const subject = findSubject(metrics, findings, asked);
  if (subject === null) throw unknownSubject(asked, names);
  return explanationOf(app, { view, metrics }, { subject, findings });
}

function explanationOf(
  app: App,
  { view, metrics }: Measured,
  { subject, findings }: { readonly subject: Subject; readonly findings: readonly Finding[] },
) {
  switch (subject.kind) {
    case 'figure':
      return explainFigure(view, metrics, subject.name);
    case 'milestone': {
      const { definitions } = metrics;
      const { health: thresholds } = app.config.thresholds;
      return explainMilestone(view, { figures: subject.milestone, definitions, thresholds });
    }
    case 'sprint': {
      const explanation = explainSprint(view, metrics, subject.sprint);
      if (explanation) return explanation;
      throw new ConfigError([
        {
          where: '[subject]',
          path: '',
          expected: 'a sprint that has started',
          found: JSON.stringify(subject.sprint.name),
        },
      ]);
    }
    case 'rule':
      return explainRule(view, metrics, { rule: subject.rule, findings });
  }
}

function unknownSubject(asked: string, { figures, milestones, sprints, rules }: SubjectNames): ConfigError {
  const near = nearest(asked, [...figures, ...milestones, ...sprints, ...rules]);
  return new ConfigError([
    {
      where: '[subject]',
      path: '',
      expected: 'a figure, a milestone, a sprint or a rule (all are listed without one)',
      found: JSON.stringify(asked),
      ...(near ? { hint: `did you mean "${near}"?` } : {}),
    },
  ]);
}
