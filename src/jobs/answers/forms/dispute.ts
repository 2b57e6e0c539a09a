import type { ModalView } from '@slack/types';
import type { Submission, Submitted } from '../../../slack/answers.ts';
import type { AlertName } from '../../../store/alerts.ts';
import { findTold } from '../../../store/alerts.ts';
import { readAlertValue, alertValue } from '../../alerts/alert-message.ts';
import type { JobContext } from '../../context.ts';
import { answerTold, isWhereTold } from '../answer-told.ts';
import { label } from '../../controls/labels.ts';
import { aboutOf, field, formView, textOf } from './form.ts';
import type { Form } from './form.ts';

const shortestReason = 5;
const longestReason = 500;

/** "This alert is wrong": asks for the reason, which the decision log keeps and the precision of the rule feels. */
export function disputeForm(
  context: JobContext,
  name: AlertName,
  { channel, locale }: { readonly channel: string; readonly locale: string },
): ModalView {
  const reason = field(context, {
    id: 'dispute-reason',
    locale,
    element: { type: 'plain_text_input', multiline: true, min_length: shortestReason, max_length: longestReason },
  });
  return formView(context, { name: 'dispute', about: { channel, alert: alertValue(name) }, blocks: [reason], locale });
}

export const disputed: Form = {
  check: (context, submission) =>
    Array.from(textOf(submission, 'dispute-reason')).length < shortestReason
      ? { 'dispute-reason': label(context, 'reason-too-short', submission.locale) }
      : {},
  take,
};

async function take(context: JobContext, submission: Submission): Promise<Submitted> {
  const { alert } = aboutOf(submission);
  const name = readAlertValue(typeof alert === 'string' ? alert : '');
  const reason = textOf(submission, 'dispute-reason');
  const told = name === null ? null : await findTold(context.db, name);
  if (name === null || told === null || !(await isWhereTold(told, submission)))
    return { kind: 'mistakes', mistakes: { 'dispute-reason': label(context, 'alert-gone', submission.locale) } };
  return { kind: 'taken', after: () => answerTold(context, name, { asker: submission, kind: 'disputed', reason }) };
}
