import type { Colour } from '../metrics/metrics.ts';
import type { Instant } from '../time/instant.ts';
import type { Zone } from '../time/zone.ts';
import type { ColourCounts, ProgrammeDigest, ProjectDigest } from './report.ts';

const badness: Readonly<Record<Colour, number>> = { red: 3, amber: 2, unknown: 1, green: 0 };

/** The projects of a programme, worst first, each with its own digest; counted by each clock. */
export function buildProgrammeDigest(input: {
  readonly programme: { readonly id: string; readonly name: string };
  readonly asOf: Instant;
  readonly since: Instant;
  readonly zone: Zone;
  readonly projects: readonly ProjectDigest[];
}): ProgrammeDigest {
  const projects = [...input.projects].sort(
    (a, b) =>
      badness[b.health.current] - badness[a.health.current] ||
      badness[b.health.baseline] - badness[a.health.baseline] ||
      a.project.name.localeCompare(b.project.name),
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

function countColours(colours: readonly Colour[]): ColourCounts {
  const counts = { green: 0, amber: 0, red: 0, unknown: 0 };
  for (const colour of colours) counts[colour] += 1;
  return counts;
}
