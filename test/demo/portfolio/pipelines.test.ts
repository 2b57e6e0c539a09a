import { describe, expect, it } from 'vitest';
import { generatePipelines } from '../../../src/demo/portfolio/pipelines.ts';
import { generatePortfolio } from '../../../src/demo/portfolio/generate-portfolio.ts';
import { at } from '../../builders.ts';

const now = at('2026-11-30T09:00:00Z');
const events = generatePipelines(generatePortfolio(now), now);
const ofType = (type: string) => events.filter((event) => event.type === type);

describe('the pipelines of the demo', () => {
  it('are the same for the same day, and tell nothing that is to come', () => {
    expect(generatePipelines(generatePortfolio(now), now)).toEqual(events);
    for (const event of events)
      for (const key of ['mergedAt', 'finishedAt', 'openedAt', 'resolvedAt'])
        expect(Date.parse((event[key] as string | undefined) ?? '1970-01-01')).toBeLessThanOrEqual(now);
  });

  it('deploy what was merged before, and mend what they broke', () => {
    const shas = new Set(ofType('change.merged').map(({ mergeSha }) => mergeSha));
    const deployments = ofType('deployment.finished');
    expect(deployments.length).toBeGreaterThan(200);
    expect(deployments.filter(({ sha }) => !shas.has(sha))).toEqual([]);
    const opened = new Set(ofType('incident.opened').map(({ id }) => id));
    const mended = deployments.flatMap(({ remediates }) => remediates ?? []);
    expect(opened.size).toBeGreaterThan(5);
    expect(mended.every((id) => opened.has(id as string))).toBe(true);
  });
});
