import type { Press, Reply } from '../../slack/answers.ts';
import { closeAction } from '../../store/minutes.ts';
import type { JobContext } from '../context.ts';
import { reply, say } from './answer.ts';
import type { Answer } from './answer.ts';
import { chooseProject } from './choose-project.ts';
import { minutesForm } from './forms/minutes.ts';
import { visibleProjects } from '../targets/visible-projects.ts';

/** Opens the form of the committee's minutes. */
export const answerMinutes: Answer = async (context, question) => {
  const chosen = chooseProject(context, question);
  if (chosen.kind !== 'chosen') return chosen;
  return { kind: 'form', view: await minutesForm(context, chosen.project, question) };
};

/** Closes an action: pressed twice, the second is told that it was done already. */
export async function answerDone(context: JobContext, press: Press): Promise<Reply | null> {
  const projects = visibleProjects(context.config, press.channel).map(({ id }) => id);
  const id = Number(press.value);
  const by = { projects, user: press.user, at: context.clock.now() };
  const closed = Number.isInteger(id) ? await closeAction(context.db, id, by) : null;
  // On the page of a person it is gone.
  if (closed && press.view === 'home') return null;
  return reply(say(context, closed ? 'action-done' : 'action-gone', { what: closed?.what ?? '' }, press.locale));
}
