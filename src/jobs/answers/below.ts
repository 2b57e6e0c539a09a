import type { Chart } from '../../core/reports/charts/chart.ts';
import { picturePart } from '../../render/slack.ts';
import type { Below, Question } from '../../slack/answers.ts';
import { drawAll } from '../illustrate.ts';
import type { JobContext } from '../context.ts';
import { showPicture } from '../show-picture.ts';

/** A chart below an answer, for who asked: made after the answer is told, so that nobody waits for it. */
export function below(
  context: JobContext,
  { channel, user, locale }: Pick<Question, 'channel' | 'user' | 'locale'>,
  chartOf: () => Promise<Chart | null>,
): () => Promise<Below | null> {
  return async () => {
    const { poster, log } = context;
    const chart = await chartOf();
    if (chart === null) return null;
    const [picture] = await drawAll(context, [chart], locale);
    if (!picture) return null;
    const { picture: _, ...words } = picturePart(picture);
    if (!poster) return { shown: null, words };
    const made = await showPicture(context, poster, { channel: channel || user, picture });
    if (made.kind === 'shown') return { shown: { ...made.part, text: words.text }, words };
    log.warn({ channel, ...made }, 'picture refused: its words are told');
    return { shown: null, words };
  };
}
