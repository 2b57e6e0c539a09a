import type { ActionsBlock, KnownBlock, PlainTextElement, PlainTextOption, SectionBlock } from '@slack/types';
import { isDirect } from '../../slack/directory.ts';
import type { Person } from '../../store/people.ts';
import type { Subscription } from '../../store/subscriptions.ts';
import type { JobContext } from '../context.ts';
import { buttonOf } from '../controls/buttons.ts';
import { label, plain, plainName } from '../controls/labels.ts';
import { subscriptionValue } from './subscription-value.ts';
import { atSprintClose } from '../targets/digest-target.ts';
import { nameOfSubject } from '../targets/subjects.ts';

const mostSubscriptions = 20;
/** A name, a report and a rhythm; a rhythm of one's own is a cron line. */
const longestSubscription = 300;
/** Offered beside those that the config names. */
const usualZones = ['UTC', 'Europe/London', 'Europe/Paris', 'America/New_York', 'America/Los_Angeles', 'Asia/Kolkata'];
const slackDecides = 'slack';

/** What the channels of a person are told regularly, each with a button that ends it, and one to add another. */
export function subscriptionBlocks(
  context: JobContext,
  subscriptions: readonly Subscription[],
  locale: string,
): readonly KnownBlock[] {
  const rows = subscriptions.slice(0, mostSubscriptions).map((one): SectionBlock => {
    const remove = { code: 'remove', action: 'home-unsubscribe', value: subscriptionValue(one) };
    return {
      type: 'section',
      text: subscriptionText(context, one, locale),
      // A mention by id: Slack shows the channel's name to those who may know it, and to nobody else.
      fields: [{ type: 'mrkdwn', text: placeName(context, one, locale), verbatim: true }],
      accessory: buttonOf(context, remove, locale),
    };
  });
  const title: SectionBlock = {
    type: 'section',
    text: { type: 'mrkdwn', text: `*${label(context, 'subscriptions', locale)}*` },
    accessory: buttonOf(context, { code: 'subscribe', action: 'home-subscribe', value: 'new' }, locale),
  };
  return [title, ...rows];
}

function placeName(context: JobContext, { channel }: Subscription, locale: string): string {
  return isDirect(channel) ? label(context, 'to-you-alone', locale) : `<#${channel}>`;
}

/** `Digest · Apollo · Mondays 08:30`: plain text, since the name is of others. */
export function subscriptionText(
  context: JobContext,
  { report, subject, every }: Subscription,
  locale: string,
): PlainTextElement {
  const subjectName = nameOfSubject(context.config, report, subject);
  const parts = [label(context, `report-${report}`, locale), subjectName, rhythmName(context, every, locale)];
  return plainName(parts.filter(Boolean).join(' · '), longestSubscription);
}

/** Rhythms that have a name; another one is told as its cron line. */
export const rhythms: Readonly<Record<string, string>> = {
  weekly: '30 8 * * MON',
  daily: '30 8 * * MON-FRI',
  monthly: '30 8 1 * *',
};

/** A rhythm in words. */
export function rhythmName(context: JobContext, every: string, locale: string): string {
  const known = Object.entries(rhythms).find(([, line]) => line === every)?.[0];
  const code = every === atSprintClose ? atSprintClose : (known ?? 'other');
  return label(context, `rhythm-${code}`, locale, { every });
}

/** In which language and zone the person is answered. */
export function preferencesBlock(context: JobContext, person: Person, locale: string): ActionsBlock {
  const { config, templates } = context;
  const languages = [slackDecides, ...templates.locales].map((code) =>
    optionOf(label(context, `language-${code}`, locale), code),
  );
  const zones = [
    ...new Set([config.zone, ...Object.values(config.channels).flatMap(({ zone }) => zone ?? []), ...usualZones]),
  ];
  const zoneOptions = [
    optionOf(label(context, 'zone-channel', locale), slackDecides),
    ...zones.map((zone) => optionOf(zone, zone)),
  ];
  const menu = (action: string, options: readonly PlainTextOption[], chosen: string | null) => ({
    type: 'static_select' as const,
    action_id: action,
    placeholder: plain(label(context, action, locale)),
    options: [...options],
    initial_option: options.find(({ value }) => value === (chosen ?? slackDecides)) ?? options[0]!,
  });
  return {
    type: 'actions',
    elements: [menu('home-locale', languages, person.locale), menu('home-zone', zoneOptions, person.zone)],
  };
}

/** What a menu of preferences stores: null leaves it to Slack, or to the channel. */
export function chosenPreference(value: string): string | null {
  return value === slackDecides ? null : value;
}

function optionOf(text: string, value: string): PlainTextOption {
  return { text: plain(text), value };
}
