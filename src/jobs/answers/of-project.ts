import { placeOf } from '../../config/place.ts';
import type { AnyReport } from '../../core/reports/any-report.ts';
import type { ProjectSheet, SheetAnswer } from '../../core/reports/project-sheet.ts';
import { answerOf } from '../../core/reports/project-sheet.ts';
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
    const tell: TellSheet = (sheet, reader) => answerOf(sheet, name, reader);
    return tellSheet(context, question, { project: chosen.project, tell, chart: hasChart(name) ? name : null });
  };
}

type TellSheet = (sheet: ProjectSheet, reader: Parameters<typeof answerOf>[2]) => AnyReport;
type Charted = keyof ProjectSheet['charts'] & SheetAnswer;

interface SheetAsk {
  readonly project: Named;
  readonly tell: TellSheet;
  readonly chart: Charted | null;
}

/** What the sheet of a project says to a question, with its charts below. */
export async function tellSheet(
  context: JobContext,
  question: Question,
  { project, tell, chart }: SheetAsk,
): Promise<Reply> {
  const zone = placeFor(context, question, project).zone;
  const asked = asOfIn(context, question, { project, zone: homeZone(context, project) });
  if ('kind' in asked) return asked;
  const kept = asked.isNow
    ? await sheetOf(context, project.id)
    : { sheet: await made(context, 'sheetAt', { project: project.id, asOf: asked.at }), dataAt: null };
  const dataAt = asked.isNow ? kept.dataAt : kept.sheet.status.trust.dataAt;
  const told = tell(kept.sheet, { zone, dataAt });
  const answer = asked.isNow && told.kind === 'project-status' ? await withAlerts(context, told) : told;
  if (question.isJson) return asJson(context, answer, { question, cli: ['metrics', project.id, '--json'] });
  const { locale } = question;
  const message = asItStood(context, toSlack(render(context.templates, answer, locale)), { asked, zone, locale });
  const charts = chart === null ? [] : [kept.sheet.charts[chart] ?? []].flat();
  const shown = charts.map((one) => ({ ...one, zone }));
  return {
    kind: 'message',
    message: followUps(context, message, { question, project }),
    ...(shown.length === 0 ? {} : { below: below(context, question, () => Promise.resolve(shown)) }),
  };
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

function hasChart(name: SheetAnswer): name is Charted {
  return name === 'milestones' || name === 'sprint' || name === 'delivery';
}
