import type { Chart } from './charts/chart.ts';
import type { ComplianceReport } from './compliance.ts';
import type { PortfolioDigest } from './portfolio-report.ts';
import type { ProjectAnswer } from './project-answers.ts';
import type { DeliveryReport } from './delivery-report.ts';
import type { Report } from './report.ts';
import type { SprintReview } from './sprint-review-report.ts';

/** Every report there is. Its kind is the name of its template. */
export type AnyReport =
  | Report
  | PortfolioDigest
  | SprintReview
  | ComplianceReport
  | ProjectAnswer
  | DeliveryReport
  | Chart;
