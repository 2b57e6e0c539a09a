import { assess } from '../findings/assess.ts';
import type { Finding } from '../findings/finding.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { ProjectView } from '../view/view.ts';
import { explainFigure } from './explain-figure.ts';
import { explainMilestone } from './explain-milestone.ts';
import { explainRule } from './explain-rule.ts';
import { explainSprint } from './explain-sprint.ts';
import { findSubject, subjectNames } from './subject.ts';
import type { Subject, SubjectNames } from './subject.ts';

interface Measured {
  readonly view: ProjectView;
  readonly metrics: Metrics;
  readonly thresholds: Thresholds;
}

/** What there is to explain; the names as one would type them. */
export interface Subjects extends SubjectNames {
  readonly kind: 'subjects';
  readonly project: { readonly id: string; readonly name: string };
  readonly asOf: number;
  readonly zone: string;
}

export type Explanation =
  | Subjects
  | ReturnType<typeof explainFigure>
  | ReturnType<typeof explainMilestone>
  | NonNullable<ReturnType<typeof explainSprint>>
  | ReturnType<typeof explainRule>;

/** What was asked about and is not there: `notStarted` is a sprint whose figures are still to come. */
export type Unexplained =
  | { readonly kind: 'unknown'; readonly names: SubjectNames }
  | { readonly kind: 'notStarted'; readonly names: SubjectNames };

/** Where a number comes from; with nothing asked, the list of what can be explained. */
export function explainSubject(measured: Measured, asked: string | null): Explanation | Unexplained {
  const { view, metrics, thresholds } = measured;
  const findings = assess({ view, metrics, previous: null, thresholds });
  const names = subjectNames(metrics, findings);
  if (asked === null) {
    const project = { id: view.settings.id, name: view.settings.name };
    return { kind: 'subjects', project, asOf: view.asOf, zone: view.calendar.zone.name, ...names };
  }
  const subject = findSubject(metrics, findings, asked);
  if (subject === null) return { kind: 'unknown', names };
  return explanationOf(measured, subject, findings) ?? { kind: 'notStarted', names };
}

function explanationOf(
  { view, metrics, thresholds }: Measured,
  subject: Subject,
  findings: readonly Finding[],
): Exclude<Explanation, Subjects> | null {
  switch (subject.kind) {
    case 'figure':
      return explainFigure(view, metrics, subject.name);
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
  }
}
