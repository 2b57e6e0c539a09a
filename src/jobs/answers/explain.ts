import { showsThere } from '../../config/access.ts';
import { nearest } from '../../config/explain-issue.ts';
import type { ChartName } from '../../core/reports/charts/chart-names.ts';
import { costFigures } from '../../core/metrics/cost-figures.ts';
import { withProjects } from '../../config/with-projects.ts';
import { inFewPosts } from '../../render/few-posts.ts';
import { toSlack } from '../../render/slack.ts';
import { renderTemplate } from '../../render/templates.ts';
import type { Question, Reply } from '../../slack/answers.ts';
import type { JobContext } from '../context.ts';
import { made } from '../making/made.ts';
import { asOfIn, placeFor, reply, say } from './answer.ts';
import type { Answer } from './answer.ts';
import { below } from './below.ts';
import { asJson } from './as-json.ts';
import { chooseProject } from './choose-project.ts';
import { homeZone } from './of-project.ts';
import { findNamed, visibleProjects } from '../targets/visible-projects.ts';

/** Where a number comes from: `explain apollo`, `explain apollo 1.4`, `explain cycleTimeDays`. */
export const answerExplain: Answer = async (context, question) => {
  if (asksForPortfolio(context, question)) return explainPortfolio(context, question);
  const chosen = chooseProject(context, question, { hasSubject: true });
  if (chosen.kind !== 'chosen') return chosen;
  const { project, rest } = chosen;
  const { locale } = question;
  const asked = asOfIn(context, question, { project, zone: homeZone(context, project) });
  if ('kind' in asked) return asked;
  const subject = rest.length === 0 ? null : rest.join(' ');
  const about = { project: project.id, asOf: asked.isNow ? null : asked.at };
  const answer = await made(context, 'explanation', { ...about, asked: subject });
  if (answer.kind === 'unknown' || answer.kind === 'notStarted') {
    const { figures, milestones, sprints, rules, topics } = answer.names;
    const near = nearest(subject ?? '', [...figures, ...milestones, ...sprints, ...rules, ...topics]);
    return reply(say(context, 'unknown-subject', { asked: subject, nearest: near, why: answer.kind, project }, locale));
  }
  const isCost = answer.kind === 'figure-explanation' && costFigures.has(answer.name);
  if (isCost && !showsThere(context.config, question.channel, 'cost'))
    return reply(say(context, 'not-shown', {}, locale));
  if (question.isJson) return asJson(context, answer, { question, cli: explainCommand(project.id, subject) });
  const told = reply(inFewPosts(toSlack(renderTemplate(context.templates, answer.kind, answer, locale))));
  const name = answer.kind === 'figure-explanation' ? chartOfFigure[answer.name] : undefined;
  if (name === undefined || told.kind !== 'message') return told;
  const { zone } = placeFor(context, question, project);
  const chart = () => made(context, 'chart', { ...about, zone, name });
  return { ...told, below: below(context, question, async () => [await chart()].filter((one) => one !== null)) };
};

/** A project of that name goes before the word for all of them. */
function asksForPortfolio({ config }: JobContext, { words, channel }: Question): boolean {
  const [first, ...others] = words;
  const visible = visibleProjects(config, channel);
  // With nothing to add up, the answer is the one for a project that is not there.
  return first?.toLowerCase() === 'portfolio' && visible.length > 0 && !findNamed(visible, [first, ...others]);
}

/** Where the numbers of all that the channel may see come from, or of one programme: `explain portfolio customers`. */
async function explainPortfolio(context: JobContext, question: Question): Promise<Reply> {
  const { templates, config } = context;
  const { channel, words, locale } = question;
  const { zone, zoneAt } = placeFor(context, question, null);
  const asked = asOfIn(context, question, { project: null, zone: zoneAt });
  if ('kind' in asked) return asked;
  const projects = visibleProjects(config, channel).map(({ id }) => id);
  const subject = words.length > 1 ? words.slice(1).join(' ') : null;
  const about = { projects, asOf: asked.isNow ? null : asked.at, zone };
  const answer = await made(context, 'portfolioExplanation', { ...about, asked: subject });
  if (answer === null) {
    const { programmes } = withProjects(config, new Set(projects));
    const names = Object.entries(programmes).flatMap(([id, { name }]) => [id, name]);
    return reply(say(context, 'unknown-programme', { asked: subject, nearest: nearest(subject ?? '', names) }, locale));
  }
  if (question.isJson) return asJson(context, answer, { question, cli: explainCommand('portfolio', subject) });
  return reply(inFewPosts(toSlack(renderTemplate(templates, answer.kind, answer, locale))));
}

function explainCommand(what: string, subject: string | null): readonly string[] {
  return ['explain', what, ...(subject === null ? [] : [subject]), '--json'];
}

/** Figures that one would rather see. */
const chartOfFigure: Readonly<Record<string, ChartName>> = {
  cycleTimeDays: 'cycle-time',
  cycleTimeWorkingDays: 'cycle-time',
  sleDays: 'cycle-time',
  cumulativeFlow: 'cumulative-flow',
  wip: 'cumulative-flow',
  netFlowPerWeek: 'cumulative-flow',
  arrivalDepartureRatio: 'cumulative-flow',
};
