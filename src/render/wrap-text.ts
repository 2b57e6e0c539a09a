import { displayWidth } from './display-width.ts';

/** A run of text and how to switch its dress on and off; no dress is two empty texts. */
export interface Run {
  readonly text: string;
  readonly on: string;
  readonly off: string;
}

interface Word {
  text: string;
  width: number;
}

/**
 * Lines of at most `width` columns, broken at blanks (not at no-break ones) and at line feeds. A word that is wider
 * than a line gets one of its own. Dress is switched off at the end of each word, so that lines stand alone.
 */
export function wrapRuns(runs: readonly Run[], width: number): string[] {
  const lines: string[] = [];
  let line: Word[] = [];
  let used = 0;
  const endLine = () => {
    lines.push(line.map((word) => word.text).join(' '));
    line = [];
    used = 0;
  };
  for (const paragraph of wordsOf(runs)) {
    for (const word of paragraph) {
      if (line.length > 0 && used + 1 + word.width > width) endLine();
      used += (line.length > 0 ? 1 : 0) + word.width;
      line.push(word);
    }
    endLine();
  }
  return lines;
}

/** Words by line; a word may begin in one run and end in the next. */
function wordsOf(runs: readonly Run[]): Word[][] {
  const lines: Word[][] = [[]];
  let isOpen = false;
  for (const { text, on, off } of runs) {
    for (const piece of text.split(/([ \n])/)) {
      if (piece === '') continue;
      if (piece === ' ' || piece === '\n') {
        isOpen = false;
        if (piece === '\n') lines.push([]);
        continue;
      }
      const dressed = on + piece + off;
      const last = lines.at(-1)!.at(-1);
      if (isOpen && last) {
        last.text += dressed;
        last.width += displayWidth(piece);
      } else {
        lines.at(-1)!.push({ text: dressed, width: displayWidth(piece) });
      }
      isOpen = true;
    }
  }
  return lines;
}
