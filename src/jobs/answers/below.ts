import type { Chart } from '../../core/reports/charts/chart.ts';
import { picturePart } from '../../render/slack.ts';
import { slackChart } from '../../render/slack-chart.ts';
import type { Below, Question } from '../../slack/answers.ts';
import type { JobContext } from '../context.ts';
import { made } from '../making/made.ts';
import { showPicture } from '../posting/show-picture.ts';

/** Charts below an answer, for who asked: made after the answer is told, so that nobody waits for them. */
export function below(
  context: JobContext,
  { channel, user, locale }: Pick<Question, 'channel' | 'user' | 'locale'>,
  chartsOf: () => Promise<readonly Chart[]>,
): () => Promise<readonly Below[]> {
  return async () => {
    const charts = await chartsOf();
    return charts.map((chart) => ({
      native: slackChart(context.templates, chart, locale),
      picture: () => pictureBelow(context, { channel: channel || user, locale }, chart),
    }));
  };
}

async function pictureBelow(
  context: JobContext,
  { channel, locale }: { readonly channel: string; readonly locale: string },
  chart: Chart,
): ReturnType<Below['picture']> {
  const { poster, log } = context;
  const [picture] = await made(context, 'pictures', { charts: [chart], locale });
  if (!picture) return null;
  const { picture: _, ...words } = picturePart(picture);
  if (!poster) return { shown: null, words };
  const shown = await showPicture(context, poster, { channel, picture });
  if (shown.kind === 'shown') return { shown: { ...shown.part, text: words.text }, words };
  log.warn({ channel, ...shown }, 'picture refused: its words are told');
  return { shown: null, words };
}
