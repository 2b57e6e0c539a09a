import { readDate } from '../../core/time/read-date.ts';
import { answerFor } from '../../core/reports/project-sheet.ts';
import { toSlack } from '../../render/slack.ts';
import { render } from '../../render/templates.ts';
import { logAnswered } from '../../store/forecasts.ts';
import type { JobContext } from '../context.ts';
import type { ForecastAsk, MadeForecast } from '../making/make-forecast.ts';
import { made } from '../making/made.ts';
import { sheetOf } from '../making/sheet-of.ts';
import { asItStood, asOfIn, placeFor, reply, say } from './answer.ts';
import type { Answer } from './answer.ts';
import { asJson } from './as-json.ts';
import { below } from './below.ts';
import { followUps } from '../controls/buttons.ts';
import { chooseProject } from './choose-project.ts';
import { homeZone } from './of-project.ts';

const mostItems = 100_000;

/** `forecast apollo`, `forecast apollo 1.4`, `forecast apollo --by 2026-12-12`, `forecast --items 40`. */
export const answerForecast: Answer = async (context, question) => {
  const chosen = chooseProject(context, question, { hasSubject: true });
  if (chosen.kind !== 'chosen') return chosen;
  const { project, rest } = chosen;
  const { locale } = question;
  const zone = homeZone(context, project);
  const asked = asOfIn(context, question, { project, zone });
  if ('kind' in asked) return asked;
  const by = question.by === null ? null : readDate(question.by, zone.dayAt(asked.at));
  if (question.by !== null && by === null)
    return reply(say(context, 'bad-day', { asked: question.by, project: project.id }, locale));
  if (by !== null && by < zone.dayAt(asked.at))
    return reply(say(context, 'day-over', { by, asOf: asked.at, zone: zone.name, project: project.id }, locale));
  const items = question.items === null ? null : Number(question.items);
  if (items !== null && !(Number.isInteger(items) && items > 0 && items <= mostItems))
    return reply(say(context, 'bad-number', { asked: question.items ?? '', project: project.id }, locale));
  const milestone = rest.length === 0 ? null : rest.join(' ');
  const { name: reader } = placeFor(context, question, project).zoneAt;
  const asOf = asked.isNow ? null : asked.at;
  const made = await forecastOf(context, { project: project.id, asOf, zone: reader, milestone, by, items });
  if (made === null) return reply(say(context, 'unknown-milestone', { asked: milestone, project }, locale));
  // What a past day would have said foretells nothing.
  if (asked.isNow) await logAnswered(context.db, made.records, context.clock.now());
  if (question.isJson) return asJson(context, made.report, { question, cli: ['metrics', project.id, '--json'] });
  const told = toSlack(render(context.templates, made.report, locale));
  const message = asItStood(context, told, { asked, zone: reader, locale });
  const answer = { kind: 'message', message: followUps(context, message, { question, project }) } as const;
  if (made.chart === null) return answer;
  return { ...answer, below: below(context, question, () => Promise.resolve(made.chart === null ? [] : [made.chart])) };
};

/** What is asked most, all dates as of now, is kept; the rest is measured. */
async function forecastOf(context: JobContext, ask: ForecastAsk): Promise<MadeForecast | null> {
  const { project, zone, asOf, milestone, by, items } = ask;
  if (asOf !== null || milestone !== null || by !== null || items !== null) return made(context, 'forecast', ask);
  const { sheet, dataAt } = await sheetOf(context, project);
  const { forecast: chart } = sheet.charts;
  return {
    report: answerFor(sheet.forecast, { zone, dataAt }),
    records: sheet.records,
    chart: chart && { ...chart, zone },
  };
}
