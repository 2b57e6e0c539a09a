import type { ModalView } from '@slack/types';
import { decidersOf } from '../../../config/deciders.ts';
import { parseDay } from '../../../core/time/day.ts';
import type { Submission, Submitted } from '../../../slack/answers.ts';
import { findTold } from '../../../store/alerts.ts';
import type { AlertName, ToldAlert } from '../../../store/alerts.ts';
import { alertValue, readAlertValue } from '../../alerts/alert-message.ts';
import { calendarOf } from '../../calendar-of.ts';
import type { JobContext } from '../../context.ts';
import { answerTold, isWhereTold } from '../answer-told.ts';
import { label } from '../../controls/labels.ts';
import { aboutOf, field, formView, textOf } from './form.ts';
import type { Form } from './form.ts';

const shortestReason = 5;
const longestReason = 500;

/** A new promise for the milestone of an alert: its day, and why; the day in force is offered. */
export function rebaselineForm(
  context: JobContext,
  { told, name }: { readonly told: ToldAlert; readonly name: AlertName },
  { channel, locale }: { readonly channel: string; readonly locale: string },
): ModalView {
  const offered = offeredDay(context, told);
  const on = field(context, {
    id: 'rebaseline-on',
    locale,
    element: { type: 'datepicker', ...(offered === null ? {} : { initial_date: offered }) },
  });
  const reason = field(context, {
    id: 'rebaseline-reason',
    locale,
    element: { type: 'plain_text_input', multiline: true, min_length: shortestReason, max_length: longestReason },
  });
  const about = { channel, alert: alertValue(name) };
  return formView(context, { name: 'rebaseline', about, blocks: [on, reason], locale });
}

/** The date that the milestone was moved to, or would need to be 85 % sure; none when it is over. */
function offeredDay(context: JobContext, { card }: ToldAlert): string | null {
  const { toOn, p85On, dueOn } = card.line.facts;
  const day = [toOn, p85On, dueOn].find((value) => typeof value === 'string');
  const today = calendarOf(context.config, card.project.id).zone.dayAt(context.clock.now());
  return typeof day === 'string' && parseDay(day) !== null && day >= today ? day : null;
}

export const rebaselined: Form = {
  check: (context, submission) => {
    const wrong = (id: string, code: string) => ({ [id]: label(context, code, submission.locale) });
    const reason = textOf(submission, 'rebaseline-reason');
    if (parseDay(textOf(submission, 'rebaseline-on')) === null) return wrong('rebaseline-on', 'day-missing');
    return Array.from(reason).length < shortestReason ? wrong('rebaseline-reason', 'reason-too-short') : {};
  },
  take,
};

async function take(context: JobContext, submission: Submission): Promise<Submitted> {
  const { locale } = submission;
  const wrong = (id: string, code: string) => ({
    kind: 'mistakes' as const,
    mistakes: { [id]: label(context, code, locale) },
  });
  const name = namedIn(submission);
  const told = name === null ? null : await findTold(context.db, name);
  if (name === null || told === null || !(await isWhereTold(told, submission)))
    return wrong('rebaseline-reason', 'alert-gone');
  // Asked again: the form may be older than the config that let it be opened.
  if (!(await submission.isOneOf(decidersOf(context.config, name.project))))
    return wrong('rebaseline-reason', 'not-entitled');
  const on = parseDay(textOf(submission, 'rebaseline-on'))!;
  const reason = textOf(submission, 'rebaseline-reason');
  // Whose day it is depends on the project.
  if (on < calendarOf(context.config, name.project).zone.dayAt(context.clock.now()))
    return wrong('rebaseline-on', 'day-in-past');
  const answer = { asker: submission, kind: 're-baselined' as const, reason, rebaselinedOn: on };
  return { kind: 'taken', after: () => answerTold(context, name, answer) };
}

function namedIn(submission: Submission): AlertName | null {
  const { alert } = aboutOf(submission);
  return readAlertValue(typeof alert === 'string' ? alert : '');
}
