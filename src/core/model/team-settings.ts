import type { PersonId } from './ids.ts';

/** Which items are a team's own: one of all that is given is enough, names whatever their case. */
export interface TeamRule {
  readonly name: string;
  readonly components: readonly string[];
  readonly labels: readonly string[];
  readonly assignees: readonly PersonId[];
  /** Boards on which the last sprint of an item is kept. */
  readonly boards: readonly string[];
  /** Keys of the tool's own projects, where the scope holds several. */
  readonly projects: readonly string[];
}

/** The teams of a project, and how they share its work (metrics.md 3.4). */
export interface TeamSettings extends TeamNumbers {
  /** Never empty. Of two rules that take an item, the first counts; what none takes is the rest. */
  readonly rules: readonly TeamRule[];
  /** `own`: each team finishes its own items; `shared`: all of them finish what there is. */
  readonly pool: 'own' | 'shared';
}

/** What of it stands among the thresholds. */
export interface TeamNumbers {
  /** How strongly their fates hang together, 0 to 1 (metrics.md 3.4). */
  readonly correlation: number;
  /** One team decides a date when its own part is done this many working days after every other. */
  readonly decidesWorkingDays: number;
}
