import { toSlack } from '../../render/slack.ts';
import { render } from '../../render/templates.ts';
import { targetFor } from '../digest-target.ts';
import { makeDigest } from '../make-digest.ts';
import { asOfIn, placeFor, reply, say } from './answer.ts';
import type { Answer } from './answer.ts';
import { asJson } from './as-json.ts';
import { withButtons } from './buttons.ts';
import { chooseProject } from './choose-project.ts';
import { homeZone } from './of-project.ts';
import { questionValue } from './question-value.ts';
import { visibleProjects } from './visible-projects.ts';

/** The whole digest of a project, for one person and now. */
export const answerDigest: Answer = async (context, question) => {
  const chosen = chooseProject(context, question);
  if (chosen.kind !== 'chosen') return chosen;
  const { project } = chosen;
  const asked = asOfIn(context, question, { project, zone: homeZone(context, project) });
  if ('kind' in asked) return asked;
  const target = targetFor(context.config, 'project-digest', project.id);
  const report = await makeDigest(context, { ...target, zone: placeFor(context, question, project).zoneAt }, asked.at);
  if (question.isJson) return asJson(context, report, question.locale);
  const message = toSlack(render(context.templates, report, question.locale));
  const share = { code: 'share', action: 'answer-share', value: questionValue(question) };
  return reply(withButtons(context, message, [share], question.locale));
};

/** Every project on one screen, where the channel may see them all. */
export const answerPortfolio: Answer = async (context, question) => {
  const { config, templates } = context;
  const visible = visibleProjects(config, question.channel);
  const place = placeFor(context, question, null);
  const asked = asOfIn(context, question, { project: null, zone: place.zoneAt });
  if ('kind' in asked) return asked;
  if (visible.length === 0) return reply(say(context, 'no-project', {}, question.locale));
  const target = { ...targetFor(config, 'portfolio-digest', 'portfolio'), zone: place.zoneAt };
  const report = await makeDigest(
    { ...context, config: narrowed(context.config, new Set(visible.map(({ id }) => id))) },
    target,
    asked.at,
  );
  if (question.isJson) return asJson(context, report, question.locale);
  return reply(toSlack(render(templates, report, question.locale)));
};

/** The config with these projects alone: what a channel may not see has no part in its sums. */
function narrowed(config: Parameters<Answer>[0]['config'], ids: ReadonlySet<string>): typeof config {
  const projects = Object.fromEntries(Object.entries(config.projects).filter(([id]) => ids.has(id)));
  const programmes = Object.fromEntries(
    Object.entries(config.programmes).flatMap(([id, programme]) => {
      const own = programme.projects.filter((project) => ids.has(project));
      return own.length === 0 ? [] : [[id, { ...programme, projects: own }]];
    }),
  );
  return { ...config, projects, programmes };
}
