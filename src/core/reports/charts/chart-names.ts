/** The charts that somebody may ask for by name. */
export const chartNames = [
  'burn-up',
  'milestone-trend',
  'cycle-time',
  'cumulative-flow',
  'burndown',
  'delivery-trend',
] as const;
export type ChartName = (typeof chartNames)[number];
