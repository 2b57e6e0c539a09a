/** What the bot may do, and why: no more than this (reliability.md 4, least privilege). */
export const botScopes: Readonly<Record<string, string>> = {
  'chat:write': 'post digests and answers',
  commands: 'answer the slash command',
  'channels:read': 'see whether it is in a public channel, and whose App Home may show its projects',
  'groups:read': 'the same for private channels',
  'channels:history': 'look up whether a digest was posted after a network failure (public channels)',
  'groups:history': 'look up whether a digest was posted after a network failure (private channels)',
  'im:write': 'tell a person alone what they asked to be told, and minutes that they do not read in a channel',
  'im:history': 'look up whether that was posted after a network failure',
  'files:write': 'show charts in the threads of digests and below answers',
  'files:read': 'see when Slack has made an uploaded chart ready to be shown',
  'usergroups:read': 'see who is in a user group that the configuration lets decide or ask',
  'users:read': 'answer in the language of the reader, and see whether guests are in a channel',
};
