import type { ProjectId } from '../model/ids.ts';
import type { Instant } from '../time/instant.ts';
import type { Figures } from './figures.ts';
import type { MilestoneFigures } from './milestone-figures.ts';
import type { SprintFigures } from './sprint-figures.ts';
import type { TeamFigures } from './team-figures.ts';
import type { Trust } from './trust.ts';

/** All that is known of a project at as-of in numbers, with how far they can be trusted. */
export interface Metrics {
  readonly project: ProjectId;
  readonly name: string;
  readonly asOf: Instant;
  /** Version of the definitions that the figures follow. */
  readonly definitions: string;
  readonly trust: Trust;
  readonly figures: Figures;
  readonly milestones: readonly MilestoneFigures[];
  readonly sprints: readonly SprintFigures[];
  /** In the order of the settings, the rest last; left out in projects without teams. */
  readonly teams?: readonly TeamFigures[];
}
