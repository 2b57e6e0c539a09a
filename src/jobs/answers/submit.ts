import type { Submission, Submitted } from '../../slack/answers.ts';
import type { JobContext } from '../context.ts';
import { disputed } from './forms/dispute.ts';
import { rebaselined } from './forms/rebaseline.ts';
import { inSight } from './in-sight.ts';
import type { Form } from './forms/form.ts';
import { minuted } from './forms/minutes.ts';
import { subscribed } from './forms/subscribe.ts';

/** Who takes each form: one line a form. */
const forms: Readonly<Record<string, Form>> = {
  'form-dispute': disputed,
  'form-minutes': minuted,
  'form-rebaseline': rebaselined,
  'form-subscribe': subscribed,
};

/** What is wrong with what was entered is known here; who may enter it, and where, Slack may have to be asked. */
export async function submit(context: JobContext, submission: Submission): Promise<Submitted> {
  const form = Object.hasOwn(forms, submission.form) ? forms[submission.form] : undefined;
  if (!form) throw new Error(`nobody takes the form ${submission.form}`);
  const mistakes = form.check(context, submission);
  if (Object.keys(mistakes).length > 0) return { kind: 'mistakes', mistakes };
  return form.take(await inSight(context, submission), submission);
}
