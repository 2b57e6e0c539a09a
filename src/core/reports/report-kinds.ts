/** The reports that there are, by the names that people write. */
export const reportKinds = [
  'project-digest',
  'programme-digest',
  'portfolio-digest',
  'sprint-review',
  'compliance',
  'delivery',
] as const;
export type ReportKind = (typeof reportKinds)[number];
