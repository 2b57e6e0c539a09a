import type { Submission, Submitted } from '../../slack/answers.ts';
import type { JobContext } from '../context.ts';
import { submitDispute } from './forms/dispute.ts';
import { submitRebaseline } from './forms/rebaseline.ts';
import { inSight } from './in-sight.ts';
import type { Submit } from './forms/form.ts';
import { submitMinutes } from './forms/minutes.ts';
import { submitSubscription } from './forms/subscribe.ts';

/** Who takes each form: one line a form. */
const forms: Readonly<Record<string, Submit>> = {
  'form-dispute': submitDispute,
  'form-minutes': submitMinutes,
  'form-rebaseline': submitRebaseline,
  'form-subscribe': submitSubscription,
};

export async function submit(context: JobContext, submission: Submission): Promise<Submitted> {
  const take = Object.hasOwn(forms, submission.form) ? forms[submission.form] : undefined;
  if (!take) throw new Error(`nobody takes the form ${submission.form}`);
  return take(await inSight(context, submission), submission);
}
