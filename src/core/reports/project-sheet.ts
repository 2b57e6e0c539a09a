import type { Trust } from '../metrics/trust.ts';
import type { AnswerInput } from './answer-input.ts';
import { buildChart } from './charts/build-chart.ts';
import type { Chart } from './charts/chart.ts';
import { buildDeliveryTrends } from './charts/delivery-trend.ts';
import { buildDeliveryReport } from './delivery.ts';
import type { DeliveryReport } from './delivery-report.ts';
import type {
  ProjectBudget,
  ProjectCapacity,
  ProjectForecast,
  ProjectMilestones,
  ProjectRisks,
  ProjectSprints,
} from './project-answers.ts';
import { buildProjectBudget } from './project-budget.ts';
import { buildProjectCapacity } from './project-capacity.ts';
import { buildProjectMilestones } from './project-milestones.ts';
import { buildProjectRisks } from './project-risks.ts';
import { buildProjectSprints } from './project-sprints.ts';
import { buildProjectStatus } from './project-status.ts';
import type { ProjectStatus } from './project-status.ts';
import { tellForecast } from './told-forecast.ts';
import type { ToldForecast } from './told-forecast.ts';

/** The answers that people ask for most, made from one measuring: kept, so that none of them has to wait for it. */
export interface ProjectSheet {
  readonly status: ProjectStatus;
  readonly milestones: ProjectMilestones;
  readonly risks: ProjectRisks;
  readonly sprint: ProjectSprints;
  readonly capacity: ProjectCapacity;
  readonly budget: ProjectBudget;
  readonly delivery: DeliveryReport;
  readonly forecast: ProjectForecast;
  /** What the forecast tells, for the log of whoever is told it. */
  readonly records: ToldForecast['records'];
  /** The pictures below some of them, by the name of the answer. */
  readonly charts: {
    readonly milestones: Chart | null;
    readonly sprint: Chart | null;
    /** One for each service. */
    readonly delivery: readonly Chart[];
    readonly forecast: Chart | null;
  };
}

export type SheetAnswer = Exclude<keyof ProjectSheet, 'charts' | 'records'>;

/** All answers about a project in one go: what is kept after a pull, so that nobody waits for a measuring. */
export function buildProjectSheet(input: AnswerInput): ProjectSheet {
  const { report: forecast, records } = tellForecast(input, { milestone: null, by: null, items: null })!;
  return {
    status: buildProjectStatus(input),
    milestones: buildProjectMilestones(input),
    risks: buildProjectRisks(input),
    sprint: buildProjectSprints(input),
    capacity: buildProjectCapacity(input),
    budget: buildProjectBudget(input),
    delivery: buildDeliveryReport(input),
    forecast,
    records,
    charts: {
      milestones: buildChart('milestone-trend', input, null),
      sprint: buildChart('burndown', input, null),
      delivery: buildDeliveryTrends(input),
      forecast: buildChart('burn-up', input, null),
    },
  };
}

/** One answer of a kept sheet for a reader elsewhere, with how old the data is by now. */
export function answerOf<Name extends SheetAnswer>(
  sheet: ProjectSheet,
  name: Name,
  { zone, dataAt }: { readonly zone: string; readonly dataAt: Trust['dataAt'] },
): ProjectSheet[Name] {
  const answer = sheet[name];
  return { ...answer, zone, trust: { ...answer.trust, dataAt } };
}
