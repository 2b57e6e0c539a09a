/** How the dates of milestones are forecast (metrics.md 3.4): what src/README.md calls measured is on, the rest is off. */
export interface ForecastSettings {
  /**
   * How open items become the work that is done before a milestone is: `flow`, from what the team finished until earlier
   * milestones were done; `splits`, from how the items of earlier milestones multiplied; `triangle`, one to three for each;
   * `none`, the open items alone.
   */
  readonly growth: 'flow' | 'splits' | 'triangle' | 'none';
  /** Work that keeps coming into a milestone has a pace of its own. What `flow` has learned holds it already. */
  readonly discovery: boolean;
  /** Work of which nothing has begun starts on its planned day. */
  readonly startDelay: boolean;
  /** Open items of the project that those of a milestone wait for are done before it. */
  readonly blockers: boolean;
  /** Part of the team's capacity that a milestone has for itself, above 0 and up to 1, by its id, key or name. */
  readonly shares: Readonly<Record<string, number>>;
}

export const defaultForecast: ForecastSettings = {
  growth: 'flow',
  discovery: false,
  startDelay: true,
  blockers: false,
  shares: {},
};
