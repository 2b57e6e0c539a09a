import { placeOf } from '../../config/place.ts';
import type { AnyReport } from '../../core/reports/any-report.ts';
import type { ProjectSheet, SheetAnswer, SheetPart } from '../../core/reports/project-sheet.ts';
import { answerFor, partOf } from '../../core/reports/project-sheet.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { ProjectStatus } from '../../core/reports/project-status.ts';
import { statusAlerts } from '../../core/reports/status-alert.ts';
import { openZone } from '../../core/time/zone.ts';
import { toSlack } from '../../render/slack.ts';
import { render } from '../../render/templates.ts';
import type { Question, Reply } from '../../slack/answers.ts';
import { listOpenTold } from '../../store/alerts.ts';
import type { JobContext } from '../context.ts';
import { made } from '../making/made.ts';
import { sheetOf } from '../making/sheet-of.ts';
import { asItStood, asOfIn, placeFor } from './answer.ts';
import type { Answer } from './answer.ts';
import { below } from './below.ts';
import { asJson } from './as-json.ts';
import { followUps } from '../controls/buttons.ts';
import { chooseProject } from './choose-project.ts';
import type { Named } from '../targets/visible-projects.ts';

/** A command whose answer stands in the sheet of a project: now from what is kept, `as-of` from a measuring of then. */
export function answerFromSheet(name: SheetAnswer): Answer {
  return async (context, question) => {
    const chosen = chooseProject(context, question);
    if (chosen.kind !== 'chosen') return chosen;
    return tellSheet(context, question, { project: chosen.project, name, tell: (answer) => answer });
  };
}

interface SheetAsk<Name extends SheetAnswer> {
  readonly project: Named;
  readonly name: Name;
  /** What of the answer is told. */
  readonly tell: (answer: ProjectSheet[Name]) => AnyReport;
}

/** What the sheet of a project says to a question, with its charts below. */
export async function tellSheet<Name extends SheetAnswer>(
  context: JobContext,
  question: Question,
  { project, name, tell }: SheetAsk<Name>,
): Promise<Reply> {
  const zone = placeFor(context, question, project).zone;
  const asked = asOfIn(context, question, { project, zone: homeZone(context, project) });
  if ('kind' in asked) return asked;
  const { part, dataAt } = await partAsked(context, project, { name, asOf: asked.isNow ? null : asked.at });
  const told = tell(answerFor(part.answer, { zone, dataAt }));
  const answer = asked.isNow && told.kind === 'project-status' ? await withAlerts(context, told) : told;
  if (question.isJson) return asJson(context, answer, { question, cli: ['metrics', project.id, '--json'] });
  const { locale } = question;
  const message = asItStood(context, toSlack(render(context.templates, answer, locale)), { asked, zone, locale });
  const shown = part.charts.map((one) => ({ ...one, zone }));
  return {
    kind: 'message',
    message: followUps(context, message, { question, project }),
    ...(shown.length === 0 ? {} : { below: below(context, question, () => Promise.resolve(shown)) }),
  };
}

/** From what is kept, or from a measuring of then; with how old the data is. */
async function partAsked<Name extends SheetAnswer>(
  context: JobContext,
  { id: project }: Named,
  { name, asOf }: { readonly name: Name; readonly asOf: Instant | null },
): Promise<{ readonly part: SheetPart<Name>; readonly dataAt: Instant | null }> {
  if (asOf === null) {
    const { sheet, dataAt } = await sheetOf(context, project);
    return { part: partOf(sheet, name), dataAt };
  }
  const part = (await made(context, 'partAt', { project, asOf, name })) as SheetPart<Name>;
  return { part, dataAt: part.answer.trust.dataAt };
}

/** Alerts change while the kept answers stay what they are. */
async function withAlerts({ db }: JobContext, status: ProjectStatus): Promise<ProjectStatus> {
  const told = await listOpenTold(db, [status.project.id]);
  return { ...status, alerts: statusAlerts(told.map(({ card }) => card)) };
}

/** A bare day ends where the project is, whatever the reader's own zone. */
export function homeZone({ config }: JobContext, project: Named) {
  return openZone(placeOf(config, config.projects[project.id]).zone);
}
