import { cleanText } from './clean-text.ts';

/**
 * Around each value stand two characters that Unicode keeps free of meaning. To the Markdown parser they are letters:
 * so a value can start no block at the start of a line, keeps its blanks at both ends, and `**{{name}}**` is bold
 * whatever the name begins with. The parser takes them out again; `cleanText` lets none in.
 */
const open = '\uFDD0';
const close = '\uFDD1';
const marks = /[\uFDD0\uFDD1]/g;
const markedValue = /\uFDD0([^\uFDD1]*)\uFDD1/g;

/** Everything that could begin or end a construct inside a line. As character references they read the same in a table. */
const special = /[!#&*:<>@[\\\]^_`{|}~]/g;

/** Markdown that the parser reads back as exactly `cleanText(value)`, wherever in a line it stands. */
export function escapeMarkdown(value: string): string {
  return `${open}${encodeSpecial(cleanText(value))}${close}`;
}

function encodeSpecial(text: string): string {
  return text.replace(special, (character) => `&#${character.charCodeAt(0)};`);
}

/** A place for links `(<here>)`: character references are read there, quotes and blanks are not to be had. */
export function escapeDestination(url: string): string {
  return encodeSpecial(url);
}

export function hasMarks(text: string): boolean {
  return text.search(marks) >= 0;
}

/** Text as the parser gives it, without the marks. */
export function stripMarks(text: string): string {
  return text.replace(marks, '');
}

/** The same for code, where the parser leaves character references alone. */
export function decodeMarked(code: string): string {
  return stripMarks(
    code.replace(markedValue, (_, value: string) =>
      value.replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number))),
    ),
  );
}
