import { expect, it } from 'vitest';
import { drawAll } from '../../src/jobs/making/illustrate.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { chartSamples } from '../render/chart/chart-samples.ts';
import { templates } from '../shipped-templates.ts';

it('leaves out a chart that cannot be drawn, says so in the log, and draws the others', async () => {
  const written: string[] = [];
  const log = createLogger({ level: 'error', write: (text) => void written.push(text) });
  const good = chartSamples['burn-up.usual']!;
  const pictures = await drawAll({ templates, log }, [{ ...good, asOf: Number.NaN }, good], 'fr');
  expect(pictures.map(({ name }) => name)).toEqual(['burn-up']);
  expect(written).toHaveLength(1);
  expect(JSON.parse(written[0]!)).toMatchObject({
    chart: 'chart-burn-up',
    project: 'APOLLO',
    msg: 'chart cannot be drawn',
  });
});
