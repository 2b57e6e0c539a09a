const lineBreaks = /\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g;
/** Overrides and isolates turn the text around them, so that `gpj.exe` reads `exe.jpg`. */
const bidiControls = /[\u202A-\u202E\u2066-\u2069]/g;
/** C0, C1 and what Unicode sets aside for no exchange; ours to mark values with (escape-markdown.ts). */
const neverText = /[\p{Cc}\p{Noncharacter_Code_Point}\uFEFF]/gu;
/** Scripts in use stack up to four marks on a letter; a flood of them covers the lines above and below. */
const markFlood = /(\p{Mark}{4})\p{Mark}+/gu;

/** The same for what people typed on several lines: each line is kept as one. */
export function cleanLines(value: string): string {
  return value
    .split(/\r\n|\n|\r/)
    .map(cleanText)
    .join('\n');
}

/**
 * Text from a tool, fit to be shown on one line: line breaks and tabs become blanks, characters that draw nothing or
 * turn their surroundings become U+FFFD or go, floods of combining marks are cut to four. Everything else stays as
 * it is; cleaning twice changes nothing.
 */
export function cleanText(value: string): string {
  return value
    .toWellFormed()
    .replace(lineBreaks, ' ')
    .replace(bidiControls, '')
    .replace(neverText, '\uFFFD')
    .replace(markFlood, '$1');
}
