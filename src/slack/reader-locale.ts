import type { WebClient } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { classifyFailure } from './failure.ts';

const keepMs = 3_600_000;
/** After a failure the fallback serves for a while: an answer in the other language beats a slow one. */
const keepFailureMs = 60_000;
const mostReaders = 5_000;

export interface ReaderLocaleOptions {
  /** With a token that is good now. */
  readonly client: () => Promise<WebClient>;
  /** What we can write. */
  readonly locales: readonly string[];
  readonly fallback: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The language of a person in Slack (`fr-FR`), as one of those that we can write; remembered for an hour. */
export function createReaderLocale(options: ReaderLocaleOptions): (user: string) => Promise<string> {
  const { client, clock, log } = options;
  const known = new Map<string, { readonly locale: string; readonly until: number }>();
  return async (user) => {
    const held = known.get(user);
    if (held && held.until > clock.now()) return held.locale;
    let locale = options.fallback;
    let keep = keepMs;
    try {
      const answer = await (await client()).users.info({ user, include_locale: true });
      locale = choose(answer.user?.locale, options);
    } catch (error) {
      keep = keepFailureMs;
      log.warn({ user, reason: classifyFailure(error).reason }, 'the language of a reader is not known');
    }
    known.delete(user);
    known.set(user, { locale, until: clock.now() + keep });
    if (known.size > mostReaders) known.delete(known.keys().next().value!);
    return locale;
  };
}

function choose(wanted: string | undefined, { locales, fallback }: ReaderLocaleOptions): string {
  const language = wanted?.split(/[-_]/)[0] ?? '';
  return [wanted, language].find((locale) => locale !== undefined && locales.includes(locale)) ?? fallback;
}
