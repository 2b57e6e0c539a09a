import { nearest } from '../config/explain-issue.ts';
import type { Config } from '../config/load.ts';
import { readAsOf } from '../core/time/as-of.ts';
import { openZone } from '../core/time/zone.ts';
import { placeOf } from '../config/place.ts';
import { buildProjectStatus } from '../core/reports/project-status.ts';
import type { Message } from '../render/message.ts';
import { toSlack } from '../render/slack.ts';
import { render, renderTemplate } from '../render/templates.ts';
import type { JobContext } from './context.ts';
import { measureProject } from './measure-project.ts';

export interface StatusQuestion {
  /** As the person wrote it; null when they named none. */
  readonly project: string | null;
  readonly channel: string;
  readonly locale: string;
  readonly asOf: string | null;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The answer to `/pmo status`. A project that the channel may not see is answered as one that does not exist. */
export async function answerStatus(context: JobContext, question: StatusQuestion): Promise<Message> {
  const { config } = context;
  const visible = visibleProjects(config, question.channel);
  const command = config.slack?.command ?? '/pmo';
  const say = (code: string, data: object) =>
    toSlack(renderTemplate(context.templates, `answer-${code}`, { ...data, command }, question.locale));
  const chosen =
    question.project === null ? (visible.length === 1 ? visible[0]! : null) : findProject(visible, question.project);
  if (!chosen) {
    if (visible.length === 0 && question.project === null) return say('no-project', {});
    if (question.project === null) return say('which-project', { suggestions: visible });
    return say('unknown-project', { asked: question.project, suggestions: suggestions(visible, question.project) });
  }
  const place = placeOf(config, config.channels[question.channel], config.projects[chosen.id]);
  const zone = openZone(place.zone);
  const asOf = question.asOf === null ? context.clock.now() : readAsOf(question.asOf, zone);
  if (asOf === null) return say('bad-date', { asked: question.asOf, project: chosen.id });
  const [measured] = await measureProject(context, chosen.id, [asOf]);
  return toSlack(render(context.templates, buildProjectStatus({ ...measured!, zone }), question.locale));
}

/** Projects that this channel may see: its own, and those that list it under `visibleIn`. */
export function visibleProjects(config: Config, channel: string): readonly Named[] {
  return Object.entries(config.projects)
    .filter(([, project]) => project.channel === channel || project.visibleIn.includes(channel))
    .map(([id, project]) => ({ id, name: project.name ?? id }));
}

function findProject(visible: readonly Named[], asked: string): Named | null {
  const wanted = asked.toLowerCase();
  return visible.find(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted) ?? null;
}

function suggestions(visible: readonly Named[], asked: string): readonly Named[] {
  const near = nearest(
    asked,
    visible.flatMap(({ id, name }) => [id, name]),
  );
  return visible.filter(({ id, name }) => id === near || name === near);
}
