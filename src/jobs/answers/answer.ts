import { openZone } from '../../core/time/zone.ts';
import type { Zone } from '../../core/time/zone.ts';
import { readAsOf } from '../../core/time/as-of.ts';
import type { Day } from '../../core/time/day.ts';
import type { Instant } from '../../core/time/instant.ts';
import { readDate } from '../../core/time/read-date.ts';
import { placeOf } from '../../config/place.ts';
import type { Place } from '../../config/place.ts';
import type { Message } from '../../render/message.ts';
import { toSlack } from '../../render/slack.ts';
import { renderTemplate } from '../../render/templates.ts';
import type { Asker, Question, Reply } from '../../slack/answers.ts';
import type { JobContext } from '../context.ts';
import type { Named } from '../targets/visible-projects.ts';

/** What answers one command: `name` of a question, one file a command. */
export type Answer = (context: JobContext, question: Question) => Promise<Reply>;

/** Words of ours for one person: `templates/<locale>/answer-<code>.hbs`. */
export function say({ templates, config }: JobContext, code: string, data: object, locale: string): Message {
  const command = config.slack?.command ?? '/pmo';
  return toSlack(renderTemplate(templates, `answer-${code}`, { ...data, command }, locale));
}

export function reply(message: Message): Reply {
  return { kind: 'message', message };
}

/** The zone and calendar that times are told in: the zone that the person chose, else the channel's, else the project's. */
export function placeFor(
  { config }: JobContext,
  { channel, zone }: Asker,
  project: Named | null,
): Place & { zoneAt: Zone } {
  const place = placeOf(config, config.channels[channel], project && config.projects[project.id]);
  const own = zone ?? place.zone;
  return { ...place, zone: own, zoneAt: openZone(own) };
}

interface AskedAt {
  readonly at: Instant;
  readonly isNow: boolean;
}

/** The instant that is asked about: now, unless the person says otherwise; what to tell them when it cannot be read. */
export function asOfIn(
  context: JobContext,
  question: Question,
  { project, zone }: { readonly project: Named | null; readonly zone: Zone },
): AskedAt | Reply {
  if (question.asOf === null) return { at: context.clock.now(), isNow: true };
  const now = context.clock.now();
  const today = zone.dayAt(now);
  const at = readAsOf(question.asOf, zone) ?? endOf(readDate(question.asOf, today, 'last'), zone);
  const data = { asked: question.asOf, name: question.name, project: project?.id ?? '' };
  if (at === null) return reply(say(context, 'bad-date', data, question.locale));
  if (at <= now) return { at, isNow: false };
  // The end of today is not known yet: what is known of it is what is known now.
  if (zone.dayAt(at) === today) return { at: now, isNow: true };
  return reply(
    say(context, 'date-to-come', { ...data, asOf: now, zone: zone.name, on: zone.dayAt(at) }, question.locale),
  );
}

/** An answer of then says so before anything else: whoever it is shared with did not ask. */
export function asItStood(
  context: JobContext,
  message: Message,
  { asked, zone, locale }: { readonly asked: AskedAt; readonly zone: string; readonly locale: string },
): Message {
  if (asked.isNow) return message;
  const then = say(context, 'as-it-stood', { asOf: context.clock.now(), at: asked.at, zone }, locale);
  return { ...message, text: `${then.text} ${message.text}`, blocks: [...then.blocks, ...message.blocks] };
}

function endOf(day: Day | null, zone: Zone): Instant | null {
  return day === null ? null : zone.endOf(day) - 1;
}
