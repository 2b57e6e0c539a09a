import { inFewPosts } from '../../render/few-posts.ts';
import { toSlack } from '../../render/slack.ts';
import { render } from '../../render/templates.ts';
import { made } from '../making/made.ts';
import { asItStood, asOfIn, placeFor, reply, say } from './answer.ts';
import type { Answer } from './answer.ts';
import { below } from './below.ts';
import { asJson } from './as-json.ts';
import { withButtons } from '../controls/buttons.ts';
import { chooseProject } from './choose-project.ts';
import { homeZone } from './of-project.ts';
import { questionValue } from '../controls/question-value.ts';
import { visibleProjects } from '../targets/visible-projects.ts';

const previewed = (report: string) => ['preview', report, '--format', 'json'];

/** The whole digest of a project, for one person and now. */
export const answerDigest: Answer = async (context, question) => {
  const chosen = chooseProject(context, question);
  if (chosen.kind !== 'chosen') return chosen;
  const { project } = chosen;
  const asked = asOfIn(context, question, { project, zone: homeZone(context, project) });
  if ('kind' in asked) return asked;
  const { zone } = placeFor(context, question, project);
  const asOf = asked.isNow ? null : asked.at;
  const { report, charts } = await made(context, 'projectDigest', {
    project: project.id,
    asOf,
    zone,
    readIn: question.channel,
  });
  if (question.isJson)
    return asJson(context, report, { question, cli: [...previewed('project-digest'), '--project', project.id] });
  const { locale } = question;
  const told = inFewPosts(toSlack(render(context.templates, report, locale)));
  const message = asItStood(context, told, { asked, zone, locale });
  const share = { code: 'share', action: 'answer-share', value: questionValue(question) };
  return {
    kind: 'message',
    message: withButtons(context, message, [share], question.locale),
    below: below(context, question, () => Promise.resolve(charts)),
  };
};

/** Every project on one screen, where the channel may see them all. */
export const answerPortfolio: Answer = async (context, question) => {
  const { config, templates } = context;
  const visible = visibleProjects(config, question.channel);
  const place = placeFor(context, question, null);
  const asked = asOfIn(context, question, { project: null, zone: place.zoneAt });
  if ('kind' in asked) return asked;
  if (visible.length === 0) return reply(say(context, 'no-project', {}, question.locale));
  const projects = visible.map(({ id }) => id);
  const report = await made(context, 'portfolioDigest', {
    projects,
    asOf: asked.isNow ? null : asked.at,
    zone: place.zone,
  });
  if (question.isJson) return asJson(context, report, { question, cli: previewed('portfolio-digest') });
  const { locale } = question;
  const told = inFewPosts(toSlack(render(templates, report, locale)));
  return reply(asItStood(context, told, { asked, zone: place.zone, locale }));
};
