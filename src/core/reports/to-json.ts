import type { Finding } from '../findings/finding.ts';
import { formatInstant } from '../time/instant.ts';
import type { Instant } from '../time/instant.ts';
import type { Figure } from '../metrics/figure.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { ItemTimes } from '../metrics/flow/item-times.ts';
import type { Trust } from '../metrics/trust.ts';
import type { SprintFigures } from '../metrics/sprint-figures.ts';
import type { TeamFigures } from '../metrics/team-figures.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import type { Figures } from '../metrics/figures.ts';

/** An instant as the public contract writes it: ISO 8601 in UTC. */
type Iso = string;

type FigureJson<T = unknown> = Omit<Figure<T>, 'window'> & {
  readonly window: { readonly from: Iso; readonly to: Iso } | null;
};

type FiguresJson = { readonly [Name in keyof Figures]: FigureJson<NonNullable<Figures[Name]['value']>> };

interface MilestoneJson extends Omit<MilestoneFigures, 'moves' | 'health'> {
  readonly moves: readonly (Omit<MilestoneFigures['moves'][number], 'at'> & { readonly at: Iso })[];
  readonly health: {
    readonly baseline: MilestoneFigures['health']['baseline']['colour'];
    readonly current: MilestoneFigures['health']['current']['colour'];
    readonly reasons: readonly string[];
  };
  readonly probability: { readonly baseline: number | null; readonly current: number | null };
}

interface SprintJson extends Omit<SprintFigures, 'id' | 'activatedAt' | 'endAt' | 'completedAt'> {
  /** A number where the tool numbers its sprints, as Jira does. */
  readonly id: number | string;
  readonly activatedAt: Iso | null;
  readonly endAt: Iso | null;
  readonly completedAt: Iso | null;
}

interface ItemJson extends Omit<ItemTimes, 'startedAt' | 'doneAt'> {
  readonly startedAt: Iso | null;
  readonly doneAt: Iso | null;
}

/** The public contract of `vigie metrics --json` (calculations.md). */
export interface MetricsJson {
  readonly project: string;
  readonly asOf: Iso;
  readonly definitions: string;
  readonly trust: Omit<Trust, 'dataAt'> & { readonly dataAt: Iso | null };
  readonly figures: FiguresJson;
  readonly milestones: readonly MilestoneJson[];
  readonly sprints: readonly SprintJson[];
  /** Left out in projects without teams. */
  readonly teams?: readonly TeamFigures[];
  readonly findings: readonly Omit<Finding, 'fingerprint'>[];
  readonly items?: readonly ItemJson[];
}

/** Figures as the public JSON: same values, instants as texts; with the clocks of all items where they are given. */
export function toJson(
  metrics: Metrics,
  { findings, items }: { readonly findings: readonly Finding[]; readonly items: readonly ItemTimes[] | null },
): MetricsJson {
  return {
    project: metrics.project,
    asOf: formatInstant(metrics.asOf),
    definitions: metrics.definitions,
    trust: { ...metrics.trust, dataAt: isoOf(metrics.trust.dataAt) },
    figures: figuresJson(metrics.figures),
    milestones: metrics.milestones.map(milestoneJson),
    sprints: metrics.sprints.map(sprintJson),
    ...(metrics.teams ? { teams: metrics.teams } : {}),
    findings: findings.map(({ fingerprint: _fingerprint, ...finding }) => finding),
    ...(items === null ? {} : { items: items.map(itemJson) }),
  };
}

function isoOf(at: Instant | null): Iso | null {
  return at === null ? null : formatInstant(at);
}

/** In the order in which they are made, group by group. */
function figuresJson(figures: Figures): FiguresJson {
  const all = Object.entries(figures).map(([name, figure]) => [name, figureJson<unknown>(figure)] as const);
  return Object.fromEntries(all) as FiguresJson;
}

function figureJson<T>({ window, ...figure }: Figure<T>): FigureJson<T> {
  return { ...figure, window: window && { from: formatInstant(window.from), to: formatInstant(window.to) } };
}

function milestoneJson({ moves, health, ...milestone }: MilestoneFigures): MilestoneJson {
  return {
    ...milestone,
    moves: moves.map((move) => ({ ...move, at: formatInstant(move.at) })),
    health: { baseline: health.baseline.colour, current: health.current.colour, reasons: health.reasons },
    probability: { baseline: health.baseline.probability, current: health.current.probability },
  };
}

function sprintJson(sprint: SprintFigures): SprintJson {
  return {
    ...sprint,
    id: /^(0|[1-9]\d{0,14})$/.test(sprint.id) ? Number(sprint.id) : sprint.id,
    activatedAt: isoOf(sprint.activatedAt),
    endAt: isoOf(sprint.endAt),
    completedAt: isoOf(sprint.completedAt),
  };
}

function itemJson({ key, startedAt, doneAt, cycleTimeDays }: ItemTimes): ItemJson {
  return { key, startedAt: isoOf(startedAt), doneAt: isoOf(doneAt), cycleTimeDays };
}
