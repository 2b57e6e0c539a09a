import { jsonPosts, mostJsonCharacters } from '../../render/json-posts.ts';
import type { Question, Reply } from '../../slack/answers.ts';
import type { JobContext } from '../context.ts';
import { reply, say } from './answer.ts';

interface JsonAsk {
  readonly question: Question;
  /** What prints the data on the command line, without the time it is of; null where nothing does. */
  readonly cli: readonly string[] | null;
}

/** The data of an answer as it is, for those who paste it into something else: whole, or told where it is to be had. */
export function asJson(context: JobContext, data: object, { question, cli }: JsonAsk): Reply {
  const { locale, asOf } = question;
  const posts = jsonPosts(data);
  if (typeof posts === 'number') {
    const words = cli && ['vigie', ...cli, ...(asOf === null ? [] : ['--as-of', asOf])];
    const told = { characters: posts, most: mostJsonCharacters, cli: words && words.map(quoted).join(' ') };
    return reply(say(context, 'json-too-long', told, locale));
  }
  const { text, blocks } = say(context, 'json', { posts: posts.length }, locale);
  const [first, ...replies] = posts.map((block) => ({ text, blocks: [block] }));
  return reply({ text, blocks: [...first!.blocks, ...blocks], replies });
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w.:@%+=,/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
