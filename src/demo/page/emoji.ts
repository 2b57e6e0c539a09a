/** The few emoji that a message about projects may carry; others are shown by name, as Slack does with unknown ones. */
const known: Readonly<Record<string, string>> = {
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  warning: '⚠️',
  x: '❌',
  rocket: '🚀',
  tada: '🎉',
  eyes: '👀',
  wave: '👋',
  thumbsup: '👍',
  '+1': '👍',
  point_right: '👉',
  calendar: '📆',
  bell: '🔔',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  large_orange_circle: '🟠',
  red_circle: '🔴',
  white_circle: '⚪',
};

export function emojiOf(name: string, unicode?: string): string {
  if (unicode && /^[0-9a-f]{2,6}(-[0-9a-f]{2,6})*$/i.test(unicode)) {
    return String.fromCodePoint(...unicode.split('-').map((code) => Number.parseInt(code, 16)));
  }
  return known[name] ?? `:${name}:`;
}

/** Plain text as Slack shows it unless told otherwise: `:rocket:` is a picture there too. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]{1,50}):/g, (_, name: string) => emojiOf(name));
}
