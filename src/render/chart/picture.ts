import type { Chart } from '../../core/reports/charts/chart.ts';
import type { Picture } from '../document.ts';
import type { Templates } from '../templates.ts';
import { createAxisWords } from './axis-words.ts';
import { drawBurnUp } from './burn-up.ts';
import { drawBurndown } from './burndown.ts';
import { drawCumulativeFlow } from './cumulative-flow.ts';
import { drawCycleTime } from './cycle-time.ts';
import { drawDeliveryTrend } from './delivery-trend.ts';
import { drawChart } from './draw.ts';
import type { Drawing } from './draw.ts';
import { drawMilestoneTrend } from './milestone-trend.ts';
import { chartWords } from './words.ts';
import type { ChartWords } from './words.ts';
import type { AxisWords } from './axis-words.ts';

export function pictureOf(templates: Templates, chart: Chart, locale: string): Picture {
  const words = chartWords(templates, chart, locale);
  const svg = drawChart(drawingOf(chart, words, createAxisWords(locale, chart.today)), words);
  return { name: chart.kind.replace('chart-', ''), title: words.title, alt: words.alt, svg };
}

function drawingOf(chart: Chart, words: ChartWords, axes: AxisWords): Drawing {
  switch (chart.kind) {
    case 'chart-burn-up':
      return drawBurnUp(chart, words, axes);
    case 'chart-milestone-trend':
      return drawMilestoneTrend(chart, words, axes);
    case 'chart-cycle-time':
      return drawCycleTime(chart, words, axes);
    case 'chart-cumulative-flow':
      return drawCumulativeFlow(chart, words, axes);
    case 'chart-burndown':
      return drawBurndown(chart, words, axes);
    case 'chart-delivery-trend':
      return drawDeliveryTrend(chart, words, axes);
  }
}
