import { paceRecords } from '../../core/backtest/pace-forecasts.ts';
import { forecastRecords } from '../../core/backtest/published.ts';
import { evaluationAt } from '../../core/metrics/milestones/health.ts';
import type { Evaluation } from '../../core/metrics/milestones/health.ts';
import { milestonesOf } from '../../core/metrics/milestones/milestones.ts';
import type { ProjectForecast } from '../../core/reports/project-answers.ts';
import type { Day } from '../../core/time/day.ts';
import type { ProjectView } from '../../core/view/view.ts';
import { logAnswered } from '../../store/forecasts.ts';
import { readDate } from '../../core/time/read-date.ts';
import { buildChart } from '../../core/reports/charts/build-chart.ts';
import { buildProjectForecast } from '../../core/reports/project-forecast.ts';
import { toSlack } from '../../render/slack.ts';
import { render } from '../../render/templates.ts';
import { itemUrls } from '../item-urls.ts';
import { measureProject } from '../measure-project.ts';
import { asOfIn, placeFor, reply, say } from './answer.ts';
import type { Answer } from './answer.ts';
import { asJson } from './as-json.ts';
import { below } from './below.ts';
import { followUps } from './buttons.ts';
import { chooseProject } from './choose-project.ts';
import { homeZone } from './of-project.ts';

const mostItems = 100_000;

interface Told {
  readonly report: ProjectForecast;
  readonly by: Day | null;
  readonly items: number | null;
}

/** The dates and numbers that the answer tells, to be held against what happens. */
function recordsOf(view: ProjectView, evaluation: Evaluation, { report, by, items }: Told) {
  const told = report.milestones.filter(({ forecast }) => forecast !== null).map(({ id }) => id);
  return [...forecastRecords(view, new Set(told), evaluation), ...paceRecords(view, evaluation, { by, items })];
}

/** `forecast apollo`, `forecast apollo 1.4`, `forecast apollo --by 2026-12-12`, `forecast --items 40`. */
export const answerForecast: Answer = async (context, question) => {
  const chosen = chooseProject(context, question, { hasSubject: true });
  if (chosen.kind !== 'chosen') return chosen;
  const { project, rest } = chosen;
  const { locale } = question;
  const place = placeFor(context, question, project);
  const zone = homeZone(context, project);
  const asked = asOfIn(context, question, { project, zone });
  if ('kind' in asked) return asked;
  const by = question.by === null ? null : readDate(question.by, zone.dayAt(asked.at));
  if (question.by !== null && by === null)
    return reply(say(context, 'bad-day', { asked: question.by, project: project.id }, locale));
  const items = question.items === null ? null : Number(question.items);
  if (items !== null && !(Number.isInteger(items) && items > 0 && items <= mostItems))
    return reply(say(context, 'bad-number', { asked: question.items ?? '', project: project.id }, locale));
  const [measured] = await measureProject(context, project.id, [asked.at]);
  const input = {
    ...measured!,
    zone: place.zoneAt,
    thresholds: context.config.thresholds,
    urlOf: itemUrls(context, project.id),
  };
  const milestone = rest.length === 0 ? null : rest.join(' ');
  const { view } = measured!;
  const evaluation = evaluationAt(view, milestonesOf(view), view.asOf);
  const report = buildProjectForecast(input, { milestone, by, items }, evaluation);
  if (report === null) return reply(say(context, 'unknown-milestone', { asked: milestone, project }, locale));
  // What a past day would have said foretells nothing.
  if (asked.isNow) await logAnswered(context.db, recordsOf(view, evaluation, { report, by, items }));
  if (question.isJson) return asJson(context, report, locale);
  const message = toSlack(render(context.templates, report, locale));
  const answer = { kind: 'message', message: followUps(context, message, { question, project }) } as const;
  if (by !== null || items !== null) return answer;
  return { ...answer, below: below(context, question, () => Promise.resolve(buildChart('burn-up', input, milestone))) };
};
