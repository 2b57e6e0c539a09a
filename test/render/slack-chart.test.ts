import { describe, expect, it } from 'vitest';
import { validateMessage } from '../../src/demo/slack/validate-blocks.ts';
import { slackChart } from '../../src/render/slack-chart.ts';
import { chartSamples } from './chart/chart-samples.ts';
import { templates } from '../shipped-templates.ts';

const names = Object.keys(chartSamples);
const deliveries = names.filter((name) => name.startsWith('delivery-trend'));

describe.each(['en', 'fr'])('a chart that Slack draws, in %s', (locale) => {
  it.each(deliveries)('%s is within its limits', (name) => {
    const part = slackChart(templates, chartSamples[name]!, locale)!;
    expect(validateMessage(part)).toEqual({ error: null, errors: [] });
    expect(part.text).not.toMatch(/<!channel>|<@/);
  });
});

it('has a bar for each stretch, and those that failed beside them', () => {
  const part = slackChart(templates, chartSamples['delivery-trend.usual']!, 'en')!;
  const sample = chartSamples['delivery-trend.usual']!;
  if (sample.kind !== 'chart-delivery-trend') throw new Error(sample.kind);
  expect(part.blocks).toMatchObject([
    {
      type: 'data_visualization',
      chart: {
        type: 'bar',
        series: [
          { name: 'deployments', data: sample.stretches.map(({ deployments: value }) => ({ value })) },
          { name: 'failed', data: sample.stretches.map(({ failed }) => ({ value: failed ?? 0 })) },
        ],
      },
    },
  ]);
});

it('is none where its charts do not fit', () => {
  for (const name of names.filter((one) => !deliveries.includes(one)))
    expect(slackChart(templates, chartSamples[name]!, 'en')).toBeNull();
});

describe('the simulated Slack', () => {
  const chart = (series: readonly object[], more: object = {}) =>
    validateMessage({
      text: 'a chart',
      blocks: [
        {
          type: 'data_visualization',
          title: 'A chart',
          chart: { type: 'bar', series, axis_config: { categories: ['a', 'b'] } },
          ...more,
        },
      ],
    }).error;
  const point = (label: string, value: unknown = 1) => ({ label, value });

  it('takes one point a category, and names that differ', () => {
    expect(chart([{ name: 'x', data: [point('a'), point('b')] }])).toBeNull();
    expect(chart([{ name: 'x', data: [point('a')] }])).toBe('invalid_blocks');
    expect(chart([{ name: 'x', data: [point('b'), point('a')] }])).toBe('invalid_blocks');
    expect(chart([{ name: 'x', data: [point('a', null), point('b')] }])).toBe('invalid_blocks');
    const same = { name: 'x', data: [point('a'), point('b')] };
    expect(chart([same, same])).toBe('invalid_blocks');
    expect(chart([same], { title: 'x'.repeat(51) })).toBe('invalid_blocks');
  });
});
