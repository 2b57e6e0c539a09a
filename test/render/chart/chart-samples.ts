import type {
  BurnUpChart,
  BurndownChart,
  Chart,
  CumulativeFlowChart,
  CycleTimeChart,
  DeliveryTrendChart,
  MilestoneTrendChart,
} from '../../../src/core/reports/charts/chart.ts';
import { addDays } from '../../../src/core/time/day.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { at } from '../../builders.ts';
import { hostileTexts } from '../documents.ts';

const today: Day = '2026-11-30';
const about = {
  project: { id: 'APOLLO', name: 'Apollo' },
  asOf: at('2026-11-30T09:00:00Z'),
  zone: 'Europe/Paris',
  today,
};
const hostileAbout = { ...about, project: { id: 'APOLLO', name: hostileTexts[0]! } };
const long = 'x'.repeat(5_000);
/** Turns its surroundings, ends a paragraph, opens a tag. */
const nasty = `\u202E<b>&"'\u0007\n\n# ${hostileTexts[1]!}`;

const course = (days: number, step: number, done: (index: number) => number, scope: (index: number) => number) =>
  Array.from({ length: days }, (_, index) => ({
    on: addDays(today, (index - days + 1) * step),
    done: done(index),
    scope: scope(index),
  }));

const burnUp: BurnUpChart = {
  kind: 'chart-burn-up',
  ...about,
  milestone: '1.4',
  dueOn: '2026-12-18',
  course: course(
    20,
    7,
    (index) => index * 3,
    (index) => 60 + 2 * index,
  ),
  forecast: { p50: '2027-01-08', p85: '2027-01-29', p95: '2027-02-12' },
  noForecast: null,
  historyWeeks: 40,
  openItems: 41,
  doneItems: 57,
  chance: 0.27,
  lateWorkingDays: 12,
};

const line = (name: string, slips: readonly number[], finishedOn: Day | null = null) => {
  const first = addDays(today, -40 * slips.length);
  const points = slips.map((days, index) => ({
    reportedOn: addDays(first, 40 * index),
    on: addDays(today, 20 + days),
  }));
  const last = points.at(-1)!.on;
  const all = finishedOn === null ? [...points, { reportedOn: today, on: last }] : points;
  const slip = Math.round(((slips.at(-1)! - slips[0]!) * 5) / 7);
  return { name, points: all, finishedOn, leadsTo: finishedOn ?? last, slip, replans: slips.length - 1 };
};

const trendOf = (lines: MilestoneTrendChart['lines'], more = 0): MilestoneTrendChart => ({
  kind: 'chart-milestone-trend',
  ...about,
  lines,
  more,
  worst: lines.find(({ slip }) => (slip ?? 0) > 0) ?? null,
});

const cycleTime: CycleTimeChart = {
  kind: 'chart-cycle-time',
  ...about,
  from: '2026-09-01',
  points: Array.from({ length: 40 }, (_, index) => ({
    on: addDays('2026-09-01', 2 * index),
    days: index === 20 ? 90 : 3 + ((index * 7) % 17),
    count: 1 + (index % 3),
  })),
  percentiles: { p50: 9, p85: 16, p95: 19 },
  n: 79,
  longest: 90,
};

const flowOf = (stages: readonly (readonly string[])[], factor = 1): CumulativeFlowChart => ({
  kind: 'chart-cumulative-flow',
  ...about,
  bands: stages.map((names, band) => ({
    stages: names,
    counts: Array.from({ length: 26 }, (_, week) => factor * (band === 0 ? week * 9 : 3 + ((week * (band + 2)) % 7))),
  })),
  weeks: Array.from({ length: 26 }, (_, week) => addDays('2026-06-07', 7 * week)),
  arrived: 231 * factor,
  finished: 225 * factor,
  inProgress: { before: 9 * factor, now: 14 * factor },
  waiting: 5 * factor,
});

const burndown: BurndownChart = {
  kind: 'chart-burndown',
  ...about,
  sprint: 'Sprint 52',
  unit: 'items',
  isOver: false,
  endOn: '2026-12-04',
  days: Array.from({ length: 10 }, (_, index) => ({
    on: addDays('2026-11-23', index < 5 ? index : index + 2),
    ideal: 18 - 2 * index,
    left: index < 6 ? [18, 18, 19, 17, 15, 14][index]! : null,
  })),
  atStart: 18,
  left: 14,
  behind: 6,
  outlook: { leftAtP50: 6, leftAtP85: 9 },
};

const deliveryTrend: DeliveryTrendChart = {
  kind: 'chart-delivery-trend',
  ...about,
  service: 'apollo',
  stretches: [8, 7, 9, 9, 8, 9].map((deployments, index) => ({
    from: addDays('2026-06-16', 28 * index),
    to: addDays('2026-07-13', 28 * index),
    deployments,
    failed: [0, 0, 1, 1, 0, 3][index]!,
    medianLeadTimeHours: [178, 194, 166, 175, 40, 161][index]!,
  })),
  worst: { code: 'FAILS_MORE', chance: 0.97, now: 3 / 9, before: 2 / 26 },
  perWeek: 2.2,
  medianLeadTimeHours: 168,
};

/** Every chart on nothing, on the usual, on much, and on what people should not write into names. */
export const chartSamples: Readonly<Record<string, Chart>> = {
  'burn-up.empty': {
    ...burnUp,
    dueOn: null,
    course: [{ on: today, scope: 1, done: 0 }],
    forecast: null,
    noForecast: 'tooLittleHistory',
    historyWeeks: 2,
    openItems: 1,
    doneItems: 0,
    chance: null,
    lateWorkingDays: null,
  },
  'burn-up.usual': burnUp,
  'burn-up.huge': {
    ...burnUp,
    course: course(
      53,
      7,
      (index) => index * 1_900,
      (index) => 60_000 + 800 * index,
    ),
    forecast: { p50: '2029-05-07', p85: null, p95: null },
    dueOn: '2026-01-30',
    openItems: 2_800,
    doneItems: 98_800,
    lateWorkingDays: 850,
    chance: 0,
  },
  'burn-up.young': {
    ...burnUp,
    course: course(
      4,
      1,
      () => 0,
      (index) => 4 + index,
    ),
    forecast: { p50: '2028-02-01', p85: '2028-09-01', p95: null },
    openItems: 7,
    doneItems: 0,
  },
  'burn-up.hostile': { ...burnUp, ...hostileAbout, milestone: nasty },
  'milestone-trend.empty': trendOf([line('1.5', [30])]),
  'milestone-trend.usual': trendOf([
    line('1.3', [-50, -31], '2026-11-12'),
    line('1.4', [0, 20, 31]),
    line('1.5', [120]),
  ]),
  'milestone-trend.huge': trendOf(
    [line('A', [0, 9, 12, 15, 17, 22, 30]), line('B', [1, 31]), line(long, [2, 32]), line('D', [900])],
    412,
  ),
  'milestone-trend.hostile': {
    ...trendOf([line(nasty, [0, 10]), line(hostileTexts[2]!, [40])]),
    ...hostileAbout,
  },
  'cycle-time.empty': {
    ...cycleTime,
    points: [{ on: '2026-11-02', days: 1, count: 1 }],
    percentiles: { p50: 1, p85: 1, p95: 1 },
    n: 1,
    longest: 1,
  },
  'cycle-time.usual': cycleTime,
  'cycle-time.huge': {
    ...cycleTime,
    points: Array.from({ length: 900 }, (_, index) => ({
      on: addDays('2026-09-01', index % 90),
      days: 1 + ((index * 31) % 1_400),
      count: 1 + (index % 400),
    })),
    percentiles: { p50: 41, p85: 390, p95: 1_004 },
    n: 180_000,
    longest: 1_400,
  },
  'cycle-time.hostile': { ...cycleTime, project: { id: 'APOLLO', name: nasty } },
  'cumulative-flow.empty': {
    ...flowOf([['done'], ['started'], ['created']], 0),
    weeks: ['2026-11-22', '2026-11-29'],
    bands: [
      { stages: ['done'], counts: [0, 0] },
      { stages: ['created'], counts: [0, 0] },
    ],
  },
  'cumulative-flow.usual': flowOf([['Done'], ['Testing'], ['In Review'], ['In Progress'], ['created']]),
  'cumulative-flow.huge': flowOf([['Done'], [long], ['QA', 'UAT', 'Staging'], ['Review'], ['Dev'], ['created']], 4_000),
  'cumulative-flow.hostile': { ...flowOf([['done'], [nasty], [hostileTexts[0]!], ['created']]), ...hostileAbout },
  'burndown.empty': {
    ...burndown,
    days: [{ on: '2026-11-30', ideal: 1, left: 1 }],
    atStart: 1,
    left: 1,
    behind: 0,
    outlook: null,
  },
  'burndown.usual': burndown,
  'burndown.closed': {
    ...burndown,
    unit: 'points',
    isOver: true,
    days: burndown.days.map((day, index) => ({ ...day, left: 30 - 1.5 * index })),
    left: 16.5,
    behind: 16.5,
    outlook: null,
  },
  'burndown.huge': {
    ...burndown,
    days: Array.from({ length: 100 }, (_, index) => ({
      on: addDays('2026-09-01', index),
      ideal: 9_000 - 90 * index,
      left: index < 90 ? 12_000 - 20 * index : null,
    })),
    atStart: 9_000,
    left: 10_220,
    behind: 9_230,
    outlook: { leftAtP50: 9_900, leftAtP85: 10_100 },
  },
  'burndown.hostile': { ...burndown, ...hostileAbout, sprint: nasty },
  'delivery-trend.empty': {
    ...deliveryTrend,
    stretches: [{ ...deliveryTrend.stretches[5]!, deployments: 1, failed: null, medianLeadTimeHours: null }],
    worst: null,
    perWeek: null,
    medianLeadTimeHours: null,
  },
  'delivery-trend.usual': deliveryTrend,
  'delivery-trend.calm': {
    ...deliveryTrend,
    stretches: deliveryTrend.stretches.map((stretch) => ({ ...stretch, failed: 0 })),
    worst: null,
  },
  'delivery-trend.huge': {
    ...deliveryTrend,
    stretches: deliveryTrend.stretches.map((stretch, index) => ({
      ...stretch,
      deployments: 9_000 + 100 * index,
      failed: 4_000,
      medianLeadTimeHours: 40_000,
    })),
    worst: { code: 'LEAD_TIME_LONGER', chance: 0.99, now: 40_000, before: 2_000 },
  },
  'delivery-trend.hostile': { ...deliveryTrend, ...hostileAbout, service: nasty },
};
