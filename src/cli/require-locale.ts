import { ConfigError } from '../lib/errors.ts';
import type { Templates } from '../render/templates.ts';

/** Refuses a language that there are no templates for; `fr-CA` is served by `fr`. */
export function requireLocale({ locales }: Templates, locale: string): void {
  if (locales.includes(locale) || locales.includes(locale.split(/[-_]/)[0]!)) return;
  throw new ConfigError([
    { where: '--locale', path: '', expected: `one of ${locales.join(', ')}`, found: JSON.stringify(locale) },
  ]);
}
