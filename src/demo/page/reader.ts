/** For whom a page is made: their language, their time, and what ids are called. */
export interface Reader {
  readonly id: string;
  readonly locale: string;
  readonly tz: string;
  readonly now: number;
  userName(id: string): string;
  channelName(id: string): string;
}

export type Language = 'en' | 'fr';

export function languageOf(locale: string): Language {
  return locale.startsWith('fr') ? 'fr' : 'en';
}

interface Labels {
  readonly onlyYou: string;
  readonly app: string;
  readonly edited: string;
  readonly channels: string;
  readonly directMessages: string;
  readonly apps: string;
  readonly thread: string;
  readonly close: string;
  readonly today: string;
  readonly yesterday: string;
  readonly send: string;
  readonly readingAs: string;
  readonly menu: string;
  readonly empty: string;
  /** Where a home is on its way. */
  readonly opening: string;
  readonly members: (count: number) => string;
  readonly replies: (count: number) => string;
  readonly lastReply: (when: string) => string;
  readonly message: (name: string) => string;
  readonly reply: string;
  readonly slackbot: string;
  readonly simulated: string;
  readonly optional: string;
  readonly home: string;
  readonly at: (day: string, time: string) => string;
}

/** What Slack's own frame says around the messages. */
export const labels: Readonly<Record<Language, Labels>> = {
  en: {
    onlyYou: 'Only visible to you',
    app: 'App',
    edited: '(edited)',
    channels: 'Channels',
    directMessages: 'Direct messages',
    apps: 'Apps',
    thread: 'Thread',
    close: 'Close the thread',
    today: 'Today',
    yesterday: 'Yesterday',
    send: 'Send',
    readingAs: 'You are',
    menu: 'Channels and people',
    empty: 'Nothing has been posted here yet.',
    opening: 'One moment…',
    members: (count) => `${count} member${count === 1 ? '' : 's'}`,
    replies: (count) => `${count} ${count === 1 ? 'reply' : 'replies'}`,
    lastReply: (when) => `Last reply ${when}`,
    message: (name) => `Message ${name}`,
    reply: 'Reply…',
    slackbot: 'Slackbot',
    simulated: 'A simulated Slack on this machine',
    optional: 'optional',
    home: 'Home',
    at: (day, time) => `${day} at ${time}`,
  },
  fr: {
    onlyYou: 'Visible par vous uniquement',
    app: 'App',
    edited: '(modifié)',
    channels: 'Canaux',
    directMessages: 'Messages directs',
    apps: 'Applications',
    thread: 'Fil de discussion',
    close: 'Fermer le fil',
    today: 'Aujourd’hui',
    yesterday: 'Hier',
    send: 'Envoyer',
    readingAs: 'Vous êtes',
    menu: 'Canaux et personnes',
    empty: 'Rien n’a encore été publié ici.',
    opening: 'Un instant…',
    members: (count) => `${count} membre${count < 2 ? '' : 's'}`,
    replies: (count) => `${count} réponse${count < 2 ? '' : 's'}`,
    lastReply: (when) => `Dernière réponse ${when}`,
    message: (name) => `Envoyer un message à ${name}`,
    reply: 'Répondre…',
    slackbot: 'Slackbot',
    simulated: 'Un Slack simulé sur cette machine',
    optional: 'facultatif',
    home: 'Accueil',
    at: (day, time) => `${day} à ${time}`,
  },
};

export function labelsFor({ locale }: Reader): Labels {
  return labels[languageOf(locale)];
}

/** Milliseconds of a Slack timestamp. */
export function instantOf(ts: string): number {
  return Number(ts) * 1000;
}

export function formatTime(at: number, { locale, tz }: Reader): string {
  return new Intl.DateTimeFormat(locale, { timeZone: tz, timeStyle: 'short' }).format(at);
}

export function formatMoment(at: number, { locale, tz }: Reader): string {
  return new Intl.DateTimeFormat(locale, { timeZone: tz, dateStyle: 'full', timeStyle: 'short' }).format(at);
}

/** The day of an instant for its reader, to compare days by. */
export function dayKey(at: number, { tz }: Reader): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: tz, dateStyle: 'short' }).format(at);
}

const dayMs = 86_400_000;

/** Today, yesterday, or the weekday and date. */
export function formatDay(at: number, reader: Reader): string {
  const { today, yesterday } = labelsFor(reader);
  const key = dayKey(at, reader);
  if (key === dayKey(reader.now, reader)) return today;
  if (key === dayKey(reader.now - dayMs, reader)) return yesterday;
  const year = key.slice(0, 4) === dayKey(reader.now, reader).slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  const text = new Intl.DateTimeFormat(reader.locale, {
    timeZone: reader.tz,
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    ...year,
  }).format(at);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Slack's date tokens (`{date_short} {time}`) in the reader's zone. */
export function formatTokens(seconds: number, format: string, reader: Reader): string {
  const at = seconds * 1000;
  const by = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(reader.locale, { timeZone: reader.tz, ...options }).format(at);
  const pretty = (options: Intl.DateTimeFormatOptions) => {
    const day = formatDay(at, reader);
    const { today, yesterday } = labelsFor(reader);
    return day === today || day === yesterday ? day : by(options);
  };
  const short = { month: 'short', day: 'numeric', year: 'numeric' } as const;
  const long = { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' } as const;
  const usual = { month: 'long', day: 'numeric', year: 'numeric' } as const;
  return format.replace(/\{(\w+)\}/g, (token, name: string) => {
    switch (name) {
      case 'date_num':
        return dayKey(at, reader);
      case 'date_short':
        return by(short);
      case 'date_short_pretty':
        return pretty(short);
      case 'date_long':
      case 'date_long_full':
        return by(long);
      case 'date_long_pretty':
        return pretty(long);
      case 'date':
        return by(usual);
      case 'date_pretty':
        return pretty(usual);
      case 'time':
        return formatTime(at, reader);
      case 'time_secs':
        return by({ timeStyle: 'medium' });
      default:
        return token;
    }
  });
}
