import { readdirSync } from 'node:fs';

/** A language is there when it has a folder of templates. */
const locales = readdirSync(new URL('../../templates/', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

export const localeWanted = `a language that there are templates for: ${locales.join(', ')}`;

/** `fr-CA` is served by `fr`. */
export function isLocale(text: string): boolean {
  return locales.includes(text) || locales.includes(text.split(/[-_]/)[0]!);
}
