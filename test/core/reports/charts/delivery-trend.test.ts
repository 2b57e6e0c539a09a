import { describe, expect, it } from 'vitest';
import { buildDeliveryTrend, buildDeliveryTrends } from '../../../../src/core/reports/charts/delivery-trend.ts';
import { aHistory, settings } from '../../../builders.ts';
import { aShop } from '../../metrics/delivery/a-shop.ts';
import { chartInput } from './chart-rig.ts';

const shop = aShop();
const chartOf = (asOf: string, services = [shop]) =>
  buildDeliveryTrend(
    chartInput(aHistory({ settings: settings({ delivery: { source: 'ci', services: ['shop'] } }), services }), asOf),
  );

describe('delivery trend', () => {
  it('has a column every four weeks from the first deployment on, and names what became worse', () => {
    const chart = chartOf('2026-05-25T12:00:00Z')!;
    expect(chart.stretches.map(({ to, deployments, failed }) => [to, deployments, failed])).toEqual([
      ['2026-02-02', 8, 0],
      ['2026-03-02', 7, 0],
      ['2026-03-30', 7, 0],
      ['2026-04-27', 7, 0],
      ['2026-05-25', 8, 2],
    ]);
    expect(chart.worst).toMatchObject({ code: 'LEAD_TIME_LONGER' });
    expect(chartOf('2026-04-27T12:00:00Z')!.worst).toBeNull();
  });

  it('is one for each service, with its own figures, and that of a name', () => {
    const deployments = shop.deployments
      .filter((_, index) => index % 4 === 0)
      .map((one) => ({ ...one, service: 'api' }));
    const paused = { ...shop, service: 'api', deployments };
    const idle = { ...shop, service: 'site', deployments: [] };
    const delivery = { source: 'ci', services: ['shop', 'api', 'site'] };
    const input = chartInput(
      aHistory({ settings: settings({ delivery }), services: [shop, paused, idle] }),
      '2026-05-25T12:00:00Z',
    );
    const [first, second, ...more] = buildDeliveryTrends(input);
    expect([first, second].map((chart) => chart?.service)).toEqual(['shop', 'api']);
    expect(more).toEqual([]);
    expect(second!.perWeek).toBeLessThan(first!.perWeek!);
    expect(buildDeliveryTrend(input)).toEqual(first);
    expect(buildDeliveryTrend(input, 'api')).toEqual(second);
    expect(buildDeliveryTrend(input, 'site')).toBeNull();
    expect(buildDeliveryTrend(input, 'nowhere')).toBeNull();
  });

  it('is nothing where nothing was deployed', () => {
    expect(chartOf('2026-01-02T12:00:00Z')).toBeNull();
    expect(chartOf('2026-05-25T12:00:00Z', [])).toBeNull();
  });
});
