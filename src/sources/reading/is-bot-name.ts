/** Token users of projects and groups, and what is called a bot. */
const botName = /^(project|group)_\d+_bot(_|$)|(^|[-_.])bot$|\[bot\]$|^(renovate|dependabot|ghost-bot)\b/i;

export function isBotName(username: string, bots: readonly string[]): boolean {
  return botName.test(username) || bots.includes(username);
}
