import type { ModalView, PlainTextOption } from '@slack/types';
import type { Submission, Submitted } from '../../../slack/answers.ts';
import { isDirect } from '../../../slack/directory.ts';
import { saveSubscription } from '../../../store/subscriptions.ts';
import { isVisible } from '../../targets/all-targets.ts';
import type { JobContext } from '../../context.ts';
import { atSprintClose, digestKinds } from '../../targets/digest-target.ts';
import { say } from '../answer.ts';
import { rhythmName, rhythms } from '../home-controls.ts';
import { label, plainName } from '../../controls/labels.ts';
import { nameOfSubject, topicsFor } from '../../targets/subjects.ts';
import { field, formView, textOf } from './form.ts';
import type { Form } from './form.ts';

const mostOptions = 100;
const longestOption = 75;

/**
 * Asks what a channel wants to be told, and how often; without a channel (from App Home) it asks for that too, among
 * those that may be told something. Null when there is nothing that may be told there. Without a
 * channel it is told to the person alone.
 */
export function subscribeForm(
  context: JobContext,
  {
    channel,
    channels,
    locale,
  }: { readonly channel: string; readonly channels: readonly string[]; readonly locale: string },
): ModalView | null {
  const places = channel === '' ? channels.filter((one) => topicsFor(context.config, one).length > 0) : [channel];
  const topics = new Map(
    places
      .flatMap((place) => topicsFor(context.config, place))
      .map((topic) => [JSON.stringify([topic.report, topic.subject]), topic]),
  );
  if (topics.size === 0) return null;
  const options = [...topics].slice(0, mostOptions).map(([value, { report, subject }]) => {
    const name = nameOfSubject(context.config, report, subject);
    return optionOf([label(context, `report-${report}`, locale), name].filter(Boolean).join(' · '), value);
  });
  const every = Object.keys(rhythms).map((code) => optionOf(label(context, `rhythm-${code}`, locale), code));
  const blocks = [
    field(context, { id: 'subscribe-report', locale, element: menu(options) }),
    field(context, { id: 'subscribe-rhythm', locale, element: { ...menu(every), initial_option: every[0]! } }),
    ...(channel === ''
      ? [
          field(context, {
            id: 'subscribe-channel',
            locale,
            // Left empty: to the person alone.
            isOptional: true,
            element: {
              type: 'conversations_select',
              filter: { include: ['public', 'private'], exclude_bot_users: true },
            },
          }),
        ]
      : []),
  ];
  return formView(context, { name: 'subscribe', about: { channel }, blocks, locale });
}

export const subscribed: Form = { check: () => ({}), take };

async function take(context: JobContext, submission: Submission): Promise<Submitted> {
  const { locale, user } = submission;
  const asked = submission.channel || textOf(submission, 'subscribe-channel');
  const [report, subject] = readTopic(textOf(submission, 'subscribe-report'));
  const kind = digestKinds.find((one) => one === report);
  const every = kind === 'sprint-review' ? atSprintClose : rhythms[textOf(submission, 'subscribe-rhythm')];
  if (kind === undefined || every === undefined || !isVisible(context.config, kind, { subject, channel: asked }))
    return { kind: 'mistakes', mistakes: { 'subscribe-report': label(context, 'not-shown-there', locale) } };
  const channel = asked || (await submission.direct());
  if (!channel) return { kind: 'mistakes', mistakes: { 'subscribe-channel': label(context, 'no-direct', locale) } };
  await saveSubscription(context.db, {
    report: kind,
    subject,
    channel,
    every,
    createdBy: user,
    createdAt: context.clock.now(),
  });
  const told = {
    report: label(context, `report-${kind}`, locale),
    subject: nameOfSubject(context.config, kind, subject),
    rhythm: rhythmName(context, every, locale),
  };
  return {
    kind: 'taken',
    after: () => Promise.resolve(say(context, 'subscribed', { ...told, isAlone: isDirect(channel) }, locale)),
  };
}

function readTopic(value: string): readonly [report: string, subject: string] {
  try {
    const parts = JSON.parse(value) as unknown;
    if (Array.isArray(parts) && parts.length === 2 && parts.every((part) => typeof part === 'string'))
      return parts as unknown as [string, string];
  } catch {
    // Not one of ours: refused below as something that is not shown there.
  }
  return ['', ''];
}

function menu(options: PlainTextOption[]) {
  return { type: 'static_select' as const, options };
}

function optionOf(text: string, value: string): PlainTextOption {
  return { text: plainName(text, longestOption), value };
}
