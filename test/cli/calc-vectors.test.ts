import { describe, expect, it } from 'vitest';
import { answer, problems } from './ask-calc.ts';

const near = (expected: object): object => loosened(expected) as object;

/** Numbers to a ten-thousandth of themselves at most, as the vectors are given, however small. */
function loosened(expected: unknown): unknown {
  if (typeof expected === 'number') {
    const digits = expected === 0 ? 9 : Math.ceil(-Math.log10(2e-4 * Math.abs(expected)));
    return expect.closeTo(expected, Math.max(0, digits)) as number;
  }
  if (Array.isArray(expected)) return expected.map(loosened);
  if (typeof expected !== 'object' || expected === null) return expected;
  return Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, loosened(value)]));
}

const at = (text: string) => `2026-${text.replace(' ', 'T')}:00Z`;

describe('vectors of metrics.md section 8', () => {
  it('T1 and T2, earned value', async () => {
    expect(await answer('evm', { bac: 100_000, pv: 40_000, ev: 35_000, ac: 36_000 })).toMatchObject(
      near({
        sv: -5000,
        cv: -1000,
        spi: 0.875,
        cpi: 0.972222,
        eac: { budget: 101_000, cpi: 102_857.1429, cpiSpi: 112_408.1633, cpiSpiT: null, weighted: 104_221.5743 },
        etc: 66_857.1429,
        vac: -2857.1429,
        tcpi: { bac: 1.015625, eac: 0.972222 },
      }),
    );
    expect(await answer('evm', { bac: 100_000, pv: 55_000, ev: 50_000, ac: 45_000 })).toMatchObject(
      near({
        spi: 0.909091,
        cpi: 1.111111,
        sv: -5000,
        cv: 5000,
        eac: { cpi: 90_000 },
        vac: 10_000,
        tcpi: { bac: 0.909091 },
      }),
    );
  });

  it('T3, earned schedule of a project that is three months late', async () => {
    const pvCumulative = [105, 200, 515, 845, 1175, 1475, 1805, 2135, 2435, 2665, 2760, 2823];
    const ev = [95, 180, 470, 770, 1065, 1315, 1610, 1900, 2150, 2275, 2425, 2555, 2695, 2770, 2823];
    const cases = [1, 6, 10, 12, 14, 15].map((month) => ({ ev: ev[month - 1], at: month }));
    const row = (es: number, svT: number, spiT: number, ieacT: number, tspiT: number | null) => ({
      es,
      pd: 12,
      svT,
      spiT,
      ieacT,
      tspiT,
    });
    expect(await answer('earned-schedule', { pvCumulative, cases })).toMatchObject(
      near({
        cases: [
          row(0.904762, -0.095238, 0.904762, 13.263158, 1.0087),
          row(5.466667, -0.533333, 0.911111, 13.170732, 1.0889),
          row(8.466667, -1.533333, 0.846667, 14.173228, 1.7667),
          row(9.521739, -2.478261, 0.793478, 15.1233, null),
          row(11.15873, -2.84127, 0.797052, 15.0555, null),
          row(12, -3, 0.8, 15, null),
        ],
      }),
    );
  });

  it('T11, Kaplan-Meier', async () => {
    const durations = [3, 5, 5, 8, 10, 12, 4, 9, 15, 20];
    const finished = durations.map((_, index) => index < 6);
    const queries = [
      { age: 5, by: 12 },
      { age: 8, by: 11 },
    ];
    expect(await answer('aging', { durations, finished, queries })).toMatchObject(
      near({
        curve: [
          [3, 0.9],
          [5, 0.675],
          [8, 0.5625],
          [10, 0.421875],
          [12, 0.28125],
        ],
        unfinished: [0.416667, 0.75],
      }),
    );
  });

  it('T12, Little’s law', async () => {
    const items = [
      [-2, 3],
      [0, 4],
      [1, 6],
      [2, 12],
      [5, 9],
      [7, 15],
      [8, 9.5],
    ].map(([start, end]) => ({ start, end }));
    expect(await answer('flow', { window: [0, 10], items })).toMatchObject(
      near({
        wip: 2.85,
        throughput: 0.5,
        cycleTime: 3.9,
        littleRatio: 1.461538,
        arrivals: 6,
        departures: 5,
      }),
    );
  });

  it('T17, scores', async () => {
    const cdf = [0.05, 0.15, 0.35, 0.65, 0.85, 0.95, 1];
    expect(await answer('score', { cdf, observed: 4, quantile: { value: 10, level: 0.15 } })).toMatchObject(
      near({ crps: 0.595 }),
    );
    expect(await answer('score', { cdf, observed: 0 })).toMatchObject(near({ crps: 2.195, pinball: null }));
    expect(await answer('score', { cdf, observed: 7, quantile: { value: 10, level: 0.15 } })).toMatchObject(
      near({ pinball: 2.55 }),
    );
    expect(await answer('score', { cdf, observed: 14, quantile: { value: 10, level: 0.15 } })).toMatchObject(
      near({ pinball: 0.6 }),
    );
  });

  it('T19, lead time by merge request', async () => {
    expect(
      await answer('delivery', {
        service: 'S',
        window: ['2026-05-04', '2026-05-11'],
        attributionHours: 24,
        deployments: [{ id: 'd1', service: 'S', finishedAt: at('05-04 10:00'), result: 'success', planned: true }],
        incidents: [],
        leadTimes: [{ deployment: 'd1', minutes: [5, 7, 50] }],
      }),
    ).toMatchObject(near({ medianLeadTimeMinutes: 7, droppedNegative: 0 }));
  });

  it('T19, lead time by commit: one large merge request outweighs two small ones', async () => {
    const minutes = [5, 7, ...Array.from({ length: 100 }, () => 50)];
    expect(
      await answer('delivery', {
        service: 'S',
        window: ['2026-05-04', '2026-05-11'],
        attributionHours: 24,
        deployments: [{ id: 'd1', service: 'S', finishedAt: at('05-04 10:00'), result: 'success', planned: true }],
        incidents: [],
        leadTimes: [{ deployment: 'd1', minutes }],
      }),
    ).toMatchObject(near({ medianLeadTimeMinutes: 50 }));
  });

  it('T20, five metrics of one service', async () => {
    const deploy = (id: string, finishedAt: string, more: object = {}) => ({
      id,
      service: 'S',
      finishedAt: at(finishedAt),
      result: 'success',
      planned: true,
      ...more,
    });
    const incident = (id: string, service: string, openedAt: string, resolvedAt: string) => ({
      id,
      service,
      openedAt: at(openedAt),
      resolvedAt: at(resolvedAt),
      cause: null,
    });
    expect(
      await answer('delivery', {
        service: 'S',
        window: ['2026-05-04', '2026-05-18'],
        attributionHours: 24,
        deployments: [
          deploy('d1', '05-04 10:00'),
          deploy('d2', '05-05 10:00'),
          deploy('d3', '05-05 15:00'),
          deploy('d4', '05-05 17:50', { planned: false, remediates: 'I1' }),
          deploy('d5', '05-07 10:00'),
          deploy('d6', '05-08 10:00', { result: 'failure' }),
          deploy('d7', '05-14 10:00'),
        ],
        incidents: [
          incident('I1', 'S', '05-05 15:40', '05-05 18:00'),
          incident('I2', 'S', '05-12 09:00', '05-12 11:00'),
          incident('I3', 'T', '05-07 11:00', '05-07 12:00'),
        ],
        leadTimes: [],
      }),
    ).toMatchObject(
      near({
        deployments: 6,
        failedAttempts: 1,
        deploymentDaysPerWeek: [3, 1],
        deploymentsPerWeek: [5, 1],
        medianDeploymentDaysPerWeek: 2,
        medianLeadTimeMinutes: null,
        failed: ['d3'],
        changeFailRate: 0.166667,
        changeFailRateInterval: [0.030053, 0.563503],
        unattributed: ['I2'],
        recoveryMinutes: [180],
        medianRecoveryMinutes: 180,
        openFailures: [],
        reworkRate: 0.166667,
      }),
    );
  });

  it('T23, critical path', async () => {
    const node = (es: number, ef: number, ls: number, lf: number, slack: number) => ({ es, ef, ls, lf, slack });
    const durations = { A: 3, B: 5, C: 2, D: 4, E: 6, F: 1 };
    const predecessors = { C: ['A'], D: ['A', 'B'], E: ['C'], F: ['D', 'E'] };
    expect(await answer('network', { durations, predecessors })).toEqual({
      duration: 12,
      nodes: {
        A: node(0, 3, 0, 3, 0),
        B: node(0, 5, 2, 7, 2),
        C: node(3, 5, 3, 5, 0),
        D: node(5, 9, 7, 11, 2),
        E: node(5, 11, 5, 11, 0),
        F: node(11, 12, 11, 12, 0),
      },
      critical: ['A', 'C', 'E', 'F'],
      conflicts: [],
    });
  });

  it('T24, joint probability', async () => {
    const probabilities = [0.9, 0.85, 0.8];
    for (const [correlation, probability] of [
      [0, 0.612],
      [0.2, 0.6399],
      [0.3, 0.6548],
      [0.5, 0.6869],
      [1, 0.8],
    ] as const)
      expect(await answer('joint', { probabilities, correlation })).toMatchObject(
        near({ probability, independent: 0.612, weakest: 0.8 }),
      );
  });

  it('T26, score of an item', async () => {
    const reasons = { NO_ACTIVITY: 0.9, OWNER_OVERLOADED: 0.5, OWNER_LATE_HISTORY: 0.4 };
    expect(await answer('risk', { timeProbability: 0.35, reasons })).toMatchObject(near({ probability: 0.765121 }));
  });
});

describe('what is unknown stays unknown', () => {
  it('evm without cost, without plan, at nothing done, with the budget spent', async () => {
    const nothing = { budget: null, cpi: null, cpiSpi: null, cpiSpiT: null, weighted: null };
    expect(await answer('evm', { bac: 10, pv: 0, ev: 4, ac: null })).toEqual({
      sv: 4,
      cv: null,
      spi: null,
      cpi: null,
      eac: nothing,
      etc: null,
      vac: null,
      tcpi: { bac: null, eac: null },
    });
    expect(await answer('evm', { bac: 10, pv: 5, ev: 0, ac: 2 })).toMatchObject(
      near({ cpi: 0, spi: 0, eac: { budget: 12, cpi: null, cpiSpi: null } }),
    );
    expect(await answer('evm', { bac: 10, pv: 5, ev: 5, ac: 12 })).toMatchObject(near({ tcpi: { bac: null } }));
    // Done and overspent: nothing is left that would need an efficiency.
    expect(await answer('evm', { bac: 10, pv: 10, ev: 10, ac: 12 })).toMatchObject({ tcpi: { bac: 0, eac: null } });
    expect(await answer('evm', { bac: 10, pv: 10, ev: 10, ac: 10 })).toMatchObject({ tcpi: { bac: null } });
    expect(await answer('evm', { bac: 10, pv: 5, ev: 5, ac: 5, spiT: 0.5 })).toMatchObject(
      near({ eac: { cpi: 10, cpiSpiT: 15 } }),
    );
  });
  it('earned-schedule on a plateau, before the start, with nothing earned', async () => {
    const cases = [
      { ev: 10, at: 2 },
      { ev: 0, at: 0 },
      { ev: 0, at: 1 },
      { ev: 25, at: 5 },
    ];
    expect(await answer('earned-schedule', { pvCumulative: [10, 10, 10, 20, 20], cases })).toEqual({
      cases: [
        // The last period of the plateau: the shutdown is behind.
        { es: 3, pd: 4, svT: 1, spiT: 1.5, ieacT: 4 / 1.5, ieacTPf1: 3, tspiT: 0.5 },
        { es: 0, pd: 4, svT: 0, spiT: null, ieacT: null, ieacTPf1: 4, tspiT: 1 },
        { es: 0, pd: 4, svT: -1, spiT: 0, ieacT: null, ieacTPf1: 5, tspiT: 4 / 3 },
        { es: 4, pd: 4, svT: -1, spiT: 0.8, ieacT: 5, ieacTPf1: 5, tspiT: null },
      ],
    });
  });
  it('aging of nothing, of an age beyond all, of a day that is over', async () => {
    const queries = [{ age: 1, by: 2 }];
    expect(await answer('aging', { durations: [], finished: [], queries })).toEqual({ curve: [], unfinished: [null] });
    const all = { durations: [1, 2, 4], finished: [true, true, true] };
    expect(
      await answer('aging', {
        ...all,
        queries: [
          { age: 9, by: 12 },
          { age: 3, by: 2 },
        ],
      }),
    ).toMatchObject(near({ unfinished: [0, 1] }));
    expect(await answer('aging', { durations: [5], finished: [false], queries: [{ age: 5, by: 50 }] })).toMatchObject(
      near({ curve: [], unfinished: [1] }),
    );
  });
  it('budget against the work: spent ahead of it, and the odds of staying within', async () => {
    const weeks = { p15: 4, p50: 5, p85: 7 };
    const cost = { bac: 100, ac: 40, burnPerWeek: 10, weeks };
    expect(await answer('budget', { ...cost, ev: 29 })).toMatchObject({ spendAhead: { ahead: 0.11, isAhead: true } });
    expect(await answer('budget', { ...cost, ev: 30 })).toMatchObject({ spendAhead: { ahead: 0.1, isAhead: false } });
    expect(await answer('budget', { ...cost, bac: 0, ev: 0 })).toMatchObject({
      spendAhead: { ahead: null, isAhead: false },
    });
    // The money lasts six weeks: as sure as so many items in six weeks.
    const weekly = [3, 5, 2, 6, 4, 4, 7, 3, 5, 4, 6, 2];
    const past = { weekly, priorPace: 4, items: 20 };
    const odds = await answer('forecast', { ...past, horizonWeeks: 6, probabilities: [] });
    expect(await answer('budget', { ...cost, forecast: past })).toMatchObject({
      probability: odds['probabilityOfItems'],
      colour: 'amber',
    });
    expect(await answer('budget', { ...cost, forecast: { ...past, items: 40 } })).toMatchObject({ colour: 'red' });
    expect(await answer('budget', { ...cost, ac: 101, forecast: past })).toMatchObject({ probability: 0 });
    expect(await answer('budget', { ...cost, burnPerWeek: 0, forecast: past })).toMatchObject({ probability: 1 });
  });

  it('flow without a finish, budget without spending or forecast', async () => {
    expect(await answer('flow', { window: [0, 4], items: [{ start: 2, end: null }] })).toEqual({
      wip: 0.5,
      throughput: 0,
      cycleTime: null,
      littleRatio: null,
      arrivals: 1,
      departures: 0,
    });
    const weeks = { p15: 4, p50: 6, p85: null };
    expect(await answer('budget', { bac: 100, ac: 40, burnPerWeek: 10, weeks })).toEqual({
      runwayWeeks: 6,
      costAtCompletion: { low: 80, centre: 100, high: null },
    });
    expect(await answer('budget', { bac: 100, ac: 40, burnPerWeek: 0, weeks })).toMatchObject(
      near({ runwayWeeks: null, costAtCompletion: { high: null } }),
    );
  });
  it('delivery of nothing, an open failure, a named cause, a clock that went backwards', async () => {
    const empty = { service: 'S', window: ['2026-05-05', '2026-05-17'], deployments: [] };
    expect(await answer('delivery', empty)).toEqual({
      deployments: 0,
      failedAttempts: 0,
      deploymentDaysPerWeek: [],
      deploymentsPerWeek: [],
      medianDeploymentDaysPerWeek: null,
      medianLeadTimeMinutes: null,
      droppedNegative: 0,
      droppedRecoveries: 0,
      failed: [],
      changeFailRate: null,
      changeFailRateInterval: null,
      unattributed: [],
      recoveryMinutes: [],
      medianRecoveryMinutes: null,
      openFailures: [],
      reworkRate: null,
    });
    const deployments = ['d1', 'd2'].map((id, index) => ({
      id,
      service: 'S',
      finishedAt: at(`05-0${5 + index} 10:00`),
      result: 'SUCCESS',
      planned: true,
    }));
    const incidents = [
      { id: 'I1', service: 'T', openedAt: at('05-09 10:00'), resolvedAt: null, cause: 'd1' },
      { id: 'I2', service: 'S', openedAt: at('05-06 11:00'), resolvedAt: at('05-06 12:00'), cause: 'unheard-of' },
    ];
    const leadTimes = [
      { deployment: 'd1', minutes: [-3, 10] },
      { deployment: 'elsewhere', minutes: [1] },
    ];
    expect(await answer('delivery', { ...empty, deployments, incidents, leadTimes })).toMatchObject(
      near({
        failed: ['d1', 'd2'],
        changeFailRate: 1,
        openFailures: ['I1'],
        recoveryMinutes: [120],
        medianLeadTimeMinutes: 10,
        droppedNegative: 1,
      }),
    );
  });
  it('network: plans against the order of the work, in working days', async () => {
    const planned = {
      A: ['2026-04-01', '2026-04-02'],
      B: ['2026-04-07', '2026-04-09'],
      C: ['2026-04-09', '2026-04-10'],
    };
    const input = {
      durations: { A: 2, B: 3, C: 1, D: 0 },
      predecessors: { B: ['A'], C: ['B', 'B'], D: ['C'] },
      planned,
    };
    expect(await answer('network', input)).toMatchObject({
      duration: 6,
      conflicts: [{ blocker: 'B', blocked: 'C', gap: 0 }],
    });
    const holidays = ['2026-04-03', '2026-04-06', '2026-04-07'];
    expect(await answer('network', { ...input, calendar: { holidays } })).toMatchObject({
      conflicts: [
        { blocker: 'A', blocked: 'B', gap: 0 },
        { blocker: 'B', blocked: 'C', gap: 0 },
      ],
    });
    expect(await answer('network', { durations: {}, predecessors: {} })).toEqual({
      duration: 0,
      nodes: {},
      critical: [],
      conflicts: [],
    });
  });
});

describe('wrong input', () => {
  it.each<[string, unknown, string]>([
    ['evm', { bac: 1, pv: 1, ac: 1 }, 'ev: expected a number, found nothing'],
    ['evm', { bac: 1, pv: 1, ev: '1', ac: 1 }, 'ev: expected a number, found "1"'],
    ['earned-schedule', { pvCumulative: [], cases: [] }, 'pvCumulative: expected'],
    ['earned-schedule', { pvCumulative: [2, 1], cases: [] }, 'pvCumulative[1]: expected a number of at least 2'],
    ['earned-schedule', { pvCumulative: [0], cases: [] }, 'pvCumulative[0]: expected a number above 0'],
    ['aging', { durations: [1], finished: [], queries: [] }, 'finished: expected a list of 1'],
    ['flow', { window: [3, 3], items: [] }, 'window[1]: expected a number above 3, found 3'],
    [
      'flow',
      { window: [0, 3], items: [{ start: 2, end: 1 }] },
      'items[0].end: expected a number of at least 2, found 1',
    ],
    ['score', { cdf: [0.5, 0.4], observed: 1 }, 'cdf[1]: expected a number of at least 0.5'],
    ['score', { cdf: [1], observed: 1.5 }, 'observed: expected'],
    ['risk', { timeProbability: 2, reasons: {} }, 'timeProbability: expected'],
    ['risk', { timeProbability: 0.5, reasons: { A: -1 } }, 'reasons.A: expected'],
    ['joint', { probabilities: [], correlation: 0.3 }, 'probabilities: expected'],
    ['joint', { probabilities: [0.5], correlation: 1.2 }, 'correlation: expected'],
    ['budget', { bac: 1, ac: 1, burnPerWeek: -1, weeks: {} }, 'burnPerWeek: expected'],
    [
      'budget',
      { bac: 1, ac: 1, burnPerWeek: 1, weeks: {}, forecast: { weekly: [1], exposure: [], priorPace: 1, items: 1 } },
      'forecast.exposure: expected a list of 1',
    ],
    [
      'network',
      { durations: { A: 1 }, predecessors: { A: ['B'] } },
      'predecessors.A[0]: expected a node that durations has, found "B"',
    ],
    [
      'network',
      { durations: { A: 1, B: 1, C: 1, D: 1 }, predecessors: { D: ['A'], A: ['C', 'B'], B: ['A'] } },
      'predecessors.B[0]: expected a node that does not wait for B in turn, found "A"',
    ],
    [
      'network',
      { durations: { A: 1 }, predecessors: { A: ['A'] } },
      'predecessors.A[0]: expected a node that does not wait for A in turn, found "A"',
    ],
    [
      'budget',
      { bac: 100, ac: 50, burnPerWeek: 10, weeks: { p15: 5, p50: null, p85: 3 } },
      'weeks.p85: expected a number of at least 5, the one before, found 3',
    ],
    ['score', { cdf: [], observed: 1 }, 'cdf: expected a list of length at least 1, found a list of 0'],
    [
      'delivery',
      { service: 'S', window: ['2026-05-05', '2026-05-05'], deployments: [] },
      'window[1]: expected a day after 2026-05-05',
    ],
    [
      'delivery',
      {
        service: 'S',
        window: ['2026-05-05', '2026-05-06'],
        deployments: [{ id: 'd', service: 'S', finishedAt: at('05-05 10:00'), result: 'maybe', planned: true }],
      },
      'deployments[0].result: expected one of success',
    ],
  ])('%s %j: %s', async (name, input, expected) => {
    const found = await problems(name, input);
    expect(found.join('\n')).toContain(expected);
  });
});
