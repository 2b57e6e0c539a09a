import type { Instant } from '../time/instant.ts';
import type { Zone } from '../time/zone.ts';
import { byBadness, countColours } from './colour-order.ts';
import type { ProjectDigest } from './project-report.ts';
import type { ColourCounts } from './colour-order.ts';

/** One screen for a programme: each project's verdict, worst first, and what moved. */
export interface ProgrammeDigest {
  readonly kind: 'programme-digest';
  readonly programme: { readonly id: string; readonly name: string };
  readonly asOf: Instant;
  readonly zone: string;
  readonly since: Instant;
  /** How many projects have each colour against their first promises, and against their current dates. */
  readonly counts: { readonly baseline: ColourCounts; readonly current: ColourCounts };
  readonly projects: readonly ProjectDigest[];
}

/** The projects of a programme, worst first, each with its own digest; counted by each clock. */
export function buildProgrammeDigest(input: {
  readonly programme: { readonly id: string; readonly name: string };
  readonly asOf: Instant;
  readonly since: Instant;
  readonly zone: Zone;
  readonly projects: readonly ProjectDigest[];
}): ProgrammeDigest {
  const projects = [...input.projects].sort(
    (a, b) => byBadness(a.health, b.health) || a.project.name.localeCompare(b.project.name),
  );
  return {
    kind: 'programme-digest',
    programme: input.programme,
    asOf: input.asOf,
    zone: input.zone.name,
    since: input.since,
    counts: {
      baseline: countColours(projects.map(({ health }) => health.baseline)),
      current: countColours(projects.map(({ health }) => health.current)),
    },
    projects,
  };
}
