import type { Colour } from '../metrics/metrics.ts';
import type { Instant } from '../time/instant.ts';
import type { Zone } from '../time/zone.ts';
import type { ProgrammeDigest, ProjectDigest } from './report.ts';

const badness: Readonly<Record<Colour, number>> = { red: 3, amber: 2, unknown: 1, green: 0 };

/** The projects of a programme, worst first, each with its own digest; counted by the worse of its two clocks. */
export function buildProgrammeDigest(input: {
  readonly programme: { readonly id: string; readonly name: string };
  readonly asOf: Instant;
  readonly since: Instant;
  readonly zone: Zone;
  readonly projects: readonly ProjectDigest[];
}): ProgrammeDigest {
  const projects = [...input.projects].sort(
    (a, b) => badness[worseOf(b)] - badness[worseOf(a)] || a.project.name.localeCompare(b.project.name),
  );
  const counts = { green: 0, amber: 0, red: 0, unknown: 0 };
  for (const project of projects) counts[worseOf(project)] += 1;
  return {
    kind: 'programme-digest',
    programme: input.programme,
    asOf: input.asOf,
    zone: input.zone.name,
    since: input.since,
    counts,
    projects,
  };
}

function worseOf({ health }: ProjectDigest): Colour {
  return badness[health.baseline] >= badness[health.current] ? health.baseline : health.current;
}
