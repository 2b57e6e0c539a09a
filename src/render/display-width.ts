const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const plainAscii = /^[\u0020-\u007E]*$/;
const emoji = /\p{Emoji_Presentation}|\uFE0F/u;
const wide =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]|^[\u{20000}-\u{3FFFD}]/u;
const widthless = /^[\p{Mark}\p{Cf}]+$/u;

/** Columns that a text takes in a terminal: 2 for East Asian letters and emoji, 0 for marks that draw on others. */
export function displayWidth(text: string): number {
  if (plainAscii.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    if (emoji.test(segment) || wide.test(segment)) width += 2;
    else if (!widthless.test(segment)) width += 1;
  }
  return width;
}
