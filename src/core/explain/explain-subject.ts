import type { Published } from '../backtest/honesty.ts';
import { assess } from '../findings/assess.ts';
import type { Finding } from '../findings/finding.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { ProjectView } from '../view/view.ts';
import { explainFigure } from './explain-figure.ts';
import { explainMilestone } from './explain-milestone.ts';
import { explainRule } from './explain-rule.ts';
import { explainCompliance } from './explain-compliance.ts';
import type { ComplianceExplanation } from './explain-compliance.ts';
import { explainHonesty } from './explain-honesty.ts';
import type { HonestyExplanation } from './explain-honesty.ts';
import { explainPeriod } from './explain-period.ts';
import type { PeriodExplanation } from './explain-period.ts';
import { explainSprint } from './explain-sprint.ts';
import { findSubject, subjectNames } from './subject.ts';
import type { Subject, SubjectNames } from './subject.ts';

interface Measured {
  readonly view: ProjectView;
  readonly metrics: Metrics;
  readonly thresholds: Thresholds;
  /** The same project at the last report; null where nobody said when that was: then nothing has changed since. */
  readonly previous?: { readonly view: ProjectView; readonly metrics: Metrics } | null;
  /** What had been told of its future by as-of. */
  readonly published?: readonly Published[];
}

/** What there is to explain; the names as one would type them. */
export interface Subjects extends SubjectNames {
  readonly kind: 'subjects';
  readonly project: { readonly id: string; readonly name: string };
  readonly asOf: number;
  readonly zone: string;
  /** The main one first, where there are several; else none. */
  readonly services: readonly string[];
}

export type Explanation =
  | Subjects
  | ReturnType<typeof explainFigure>
  | ReturnType<typeof explainMilestone>
  | NonNullable<ReturnType<typeof explainSprint>>
  | ReturnType<typeof explainRule>
  | PeriodExplanation
  | ComplianceExplanation
  | HonestyExplanation;

/** What was asked about and is not there: `notStarted` is a sprint whose figures are still to come. */
export type Unexplained =
  | { readonly kind: 'unknown'; readonly names: SubjectNames }
  | { readonly kind: 'notStarted'; readonly names: SubjectNames };

/** Where a number comes from; with nothing asked, the list of what can be explained. */
export function explainSubject(measured: Measured, asked: string | null): Explanation | Unexplained {
  const { view, metrics, thresholds } = measured;
  const findings = assess({ view, metrics, previous: measured.previous?.metrics ?? null, thresholds });
  const names = subjectNames(metrics, findings);
  const services = view.services.map(({ service }) => service);
  if (asked === null) {
    const project = { id: view.settings.id, name: view.settings.name };
    return {
      kind: 'subjects',
      project,
      asOf: view.asOf,
      zone: view.calendar.zone.name,
      ...names,
      services: services.length > 1 ? services : [],
    };
  }
  const subject = findSubject(metrics, { findings, services }, asked);
  if (subject === null) return { kind: 'unknown', names };
  return explanationOf(measured, subject, findings) ?? { kind: 'notStarted', names };
}

function explanationOf(
  { view, metrics, thresholds, previous = null, published = [] }: Measured,
  subject: Subject,
  findings: readonly Finding[],
): Exclude<Explanation, Subjects> | null {
  switch (subject.kind) {
    case 'figure':
      return explainFigure(view, metrics, { name: subject.name, service: subject.service ?? null });
    case 'milestone': {
      const { definitions } = metrics;
      return explainMilestone(view, { figures: subject.milestone, definitions, thresholds: thresholds.health });
    }
    case 'sprint':
      return explainSprint(view, metrics, {
        figures: subject.sprint,
        graceMinutes: thresholds.sprints.graceMinutes,
      });
    case 'rule':
      return explainRule(view, metrics, { rule: subject.rule, findings });
    case 'hygiene':
      return explainCompliance({ view, metrics, previous: previous?.metrics ?? null, thresholds }, subject.rule);
    case 'topic':
      if (subject.topic === 'honesty') return explainHonesty(view, metrics, published);
      if (subject.topic === 'period')
        return explainPeriod(view, metrics, { since: previous?.view.asOf ?? view.asOf, thresholds });
      return explainCompliance({ view, metrics, previous: previous?.metrics ?? null, thresholds }, null);
  }
}
