import { decodeMarked } from './escape-markdown.ts';
import type { Templates } from './templates.ts';

/** A template in words, for elements that know no markup: a button, a field. Values in it are text as they are. */
export function writeWords(templates: Templates, name: string, data: object, locale: string): string {
  return decodeMarked(templates.write(name, locale, data)).trim();
}
