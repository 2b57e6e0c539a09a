import { reply, say } from './answer.ts';
import type { Answer } from './answer.ts';
import { chooseProject } from './choose-project.ts';

/** Nothing that we read tells of money yet, and unknown is not zero: what is missing is said. */
export const answerBudget: Answer = (context, question) => {
  const chosen = chooseProject(context, question);
  if (chosen.kind !== 'chosen') return Promise.resolve(chosen);
  return Promise.resolve(reply(say(context, 'budget', { project: chosen.project }, question.locale)));
};
