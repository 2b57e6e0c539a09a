import type { Block } from '@slack/types';
import type { Chart, DeliveryTrendChart } from '../core/reports/charts/chart.ts';
import { createAxisWords } from './chart/axis-words.ts';
import { chartWords } from './chart/words.ts';
import type { ChartWords } from './chart/words.ts';
import type { Part } from './message.ts';
import { escapeSlack } from './slack-note.ts';
import type { Templates } from './templates.ts';
import { countCharacters, truncate } from './truncate.ts';

/** Slack's own chart (slack-platform.md, data_visualization); the types of its SDK do not have it yet. */
interface SlackChart extends Block {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'bar';
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: {
      readonly categories: readonly string[];
      readonly x_label: string;
      readonly y_label: string;
    };
  };
}

const limits = { title: 50, axis: 50, name: 20 };

/**
 * A chart as Slack draws it itself, with its point as the words around it; null for one that Slack's charts do not fit:
 * they have no days between points, no band, no two lines of different length. Not every workspace has them yet.
 */
export function slackChart(templates: Templates, chart: Chart, locale: string): Part | null {
  if (chart.kind !== 'chart-delivery-trend') return null;
  const words = chartWords(templates, chart, locale);
  return { text: escapeSlack(words.title), blocks: [deliveryBars(chart, words, locale)] };
}

function deliveryBars(chart: DeliveryTrendChart, words: ChartWords, locale: string): SlackChart {
  const { stretches, today } = chart;
  const axes = createAxisWords(locale, today);
  const categories = stretches.map(({ to }) => truncate(axes.date(to), limits.name));
  const series = (code: string, values: readonly number[]) => ({
    name: truncate(words.label(code), limits.name),
    data: values.map((value, index) => ({ label: categories[index]!, value })),
  });
  const failures = stretches.map(({ failed }) => failed ?? 0);
  return {
    type: 'data_visualization',
    // The point where it fits whole; cut in the middle it would be none.
    title: countCharacters(words.title) <= limits.title ? words.title : truncate(words.label('bars'), limits.title),
    chart: {
      type: 'bar',
      series: [
        series(
          'deployments',
          stretches.map(({ deployments }) => deployments),
        ),
        ...(failures.some((failed) => failed > 0) ? [series('failures', failures)] : []),
      ],
      axis_config: {
        categories,
        x_label: truncate(words.label('axis'), limits.axis),
        y_label: truncate(words.label('deployments'), limits.axis),
      },
    },
  };
}
