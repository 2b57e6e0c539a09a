import type { Chart } from './charts/chart.ts';
import type { ComplianceReport } from './compliance.ts';
import type { PortfolioDigest } from './portfolio-report.ts';
import type { ProjectAnswer } from './project-answers.ts';
import type { DeliveryReport } from './delivery-report.ts';
import type { ProgrammeDigest } from './programme-digest.ts';
import type { ProjectDigest } from './project-report.ts';
import type { ProjectStatus } from './project-status.ts';
import type { SprintReview } from './sprint-review-report.ts';

/**
 * Every report there is: plain data for one audience, numbers and names, no words; those stand in the templates. Its kind
 * is the name of its template.
 */
export type AnyReport =
  | ProjectDigest
  | ProgrammeDigest
  | ProjectStatus
  | PortfolioDigest
  | SprintReview
  | ComplianceReport
  | ProjectAnswer
  | DeliveryReport
  | Chart;
