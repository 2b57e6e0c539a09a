import { describe, expect, it } from 'vitest';
import { explainSubject } from '../../../src/core/explain/explain-subject.ts';
import { aHistory, settings } from '../../builders.ts';
import { inputAt } from '../findings/rule-rig.ts';
import { aShop } from '../metrics/delivery/a-shop.ts';

const shop = aShop();
const gateway = 'api-gateway';
const fewer = shop.deployments.filter((_, index) => index % 4 === 0);
const rare = { ...shop, service: gateway, deployments: fewer.map((one) => ({ ...one, service: gateway })) };

function projectWith(services: readonly (typeof shop)[]) {
  const delivery = { source: 'ci', services: services.map(({ service }) => service) };
  return { ...inputAt(aHistory({ settings: settings({ delivery }), services })), previous: null };
}

describe('a figure of delivery in a project of several services', () => {
  const project = projectWith([shop, rare]);
  const explained = (asked: string) => {
    const made = explainSubject(project, asked);
    if (made.kind !== 'figure-explanation') throw new Error(made.kind);
    return made;
  };
  const valueOf = (asked: string) => explained(asked).figure.value as number;

  it('is that of the main one, and says so', () => {
    expect(explained('changeFailRate').service).toBe('shop');
    expect(valueOf('deploymentsPerWeek')).toBeCloseTo(2, 0);
    expect(explained('cycleTimeDays').service).toBeNull();
  });

  it.each(['deploymentsPerWeek api-gateway', 'deployments-per-week API gateway'])(
    '%s is that of the other',
    (asked) => {
      expect(explained(asked).service).toBe(gateway);
      expect(valueOf(asked)).toBeLessThan(valueOf('deploymentsPerWeek'));
    },
  );

  it('times of changes are those of the other, too', () => {
    const [main, other] = ['changeLeadTimeHours', 'changeLeadTimeHours api-gateway'].map((asked) => explained(asked));
    expect(other!.figure.value).toBeGreaterThan(main!.figure.value as number);
    expect(new Set(other!.items.map(({ to }) => to)).size).toBeLessThan(new Set(main!.items.map(({ to }) => to)).size);
  });

  it('its services stand in the list of what can be explained', () => {
    expect(explainSubject(project, null)).toMatchObject({ services: ['shop', gateway] });
  });
});

it('a project of one service names it nowhere', () => {
  const project = projectWith([shop]);
  expect(explainSubject(project, 'deploymentsPerWeek')).toMatchObject({ service: null });
  expect(explainSubject(project, null)).toMatchObject({ services: [] });
  expect(explainSubject(project, 'deploymentsPerWeek api')).toMatchObject({ kind: 'unknown' });
});
