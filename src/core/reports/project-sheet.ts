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

const builders: { readonly [Name in SheetAnswer]: (input: AnswerInput) => ProjectSheet[Name] } = {
  status: buildProjectStatus,
  milestones: buildProjectMilestones,
  risks: buildProjectRisks,
  sprint: buildProjectSprints,
  capacity: buildProjectCapacity,
  budget: buildProjectBudget,
  delivery: buildDeliveryReport,
  forecast: (input) => tellWholeForecast(input).report,
};

type Charts = ProjectSheet['charts'];
const charts: { readonly [Name in keyof Charts]: (input: AnswerInput) => Charts[Name] } = {
  milestones: (input) => buildChart('milestone-trend', input, null),
  sprint: (input) => buildChart('burndown', input, null),
  delivery: buildDeliveryTrends,
  forecast: (input) => buildChart('burn-up', input, null),
};

function tellWholeForecast(input: AnswerInput): ToldForecast {
  return tellForecast(input, { milestone: null, by: null, items: null })!;
}

/** All answers about a project in one go: what is kept after a pull, so that nobody waits for a measuring. */
export function buildProjectSheet(input: AnswerInput): ProjectSheet {
  const { report: forecast, records } = tellWholeForecast(input);
  return {
    status: builders.status(input),
    milestones: builders.milestones(input),
    risks: builders.risks(input),
    sprint: builders.sprint(input),
    capacity: builders.capacity(input),
    budget: builders.budget(input),
    delivery: builders.delivery(input),
    forecast,
    records,
    charts: {
      milestones: charts.milestones(input),
      sprint: charts.sprint(input),
      delivery: charts.delivery(input),
      forecast: charts.forecast(input),
    },
  };
}

/** One of the answers alone, with the pictures below it: of a day that is asked for once. */
export interface SheetPart<Name extends SheetAnswer> {
  readonly answer: ProjectSheet[Name];
  readonly charts: readonly Chart[];
}

/** One answer about a project, the same as in its sheet, without the work for the others. */
export function buildSheetPart<Name extends SheetAnswer>(input: AnswerInput, name: Name): SheetPart<Name> {
  return { answer: builders[name](input), charts: isCharted(name) ? listed(charts[name](input)) : [] };
}

/** The same from a sheet that is kept. */
export function partOf<Name extends SheetAnswer>(sheet: ProjectSheet, name: Name): SheetPart<Name> {
  return { answer: sheet[name], charts: isCharted(name) ? listed(sheet.charts[name]) : [] };
}

function isCharted(name: SheetAnswer): name is SheetAnswer & keyof Charts {
  return name in charts;
}

function listed(some: Charts[keyof Charts]): readonly Chart[] {
  return [some ?? []].flat();
}

/** An answer for a reader elsewhere, with how old the data is by now. */
export function answerFor<Answer extends ProjectSheet[SheetAnswer]>(
  answer: Answer,
  { zone, dataAt }: { readonly zone: string; readonly dataAt: Trust['dataAt'] },
): Answer {
  return { ...answer, zone, trust: { ...answer.trust, dataAt } };
}
