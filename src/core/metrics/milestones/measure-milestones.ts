import { rebaselineAt } from '../../model/rebaseline.ts';
import type { Day } from '../../time/day.ts';
import { createColourClocks, evaluationsOf, greenIfOf, withDependencies } from './health.ts';
import type { Colours, Evaluation } from './health.ts';
import { toldChances } from '../forecast/adaptive.ts';
import { isDoneAt } from '../../view/item-clock.ts';
import { keysOf } from '../../view/item-key.ts';
import type { ClockHealth, ForecastDates, MilestoneFigures } from '../milestone-figures.ts';
import { childSlipsOf } from './child-slip.ts';
import { trendOf } from './milestone-trend.ts';
import { forecastWorkOf } from './forecast-work.ts';
import { milestonesOf } from './milestones.ts';
import type { Milestone } from './milestones.ts';
import type { RagThresholds } from './rag.ts';
import type { Promised } from './promised.ts';
import { basesOf, isOutgrown } from './prospect.ts';
import type { Prospect } from './prospect.ts';
import type { Slip } from './slip.ts';
import type { Clock, Standing } from './standing.ts';
import { teamPartsOf } from './team-parts.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import { promisesOf } from './promised.ts';
import type { Health, OpenParts } from './health-reasons.ts';
import { reasonsOf } from './health-reasons.ts';

const unknown: ClockHealth = { colour: 'unknown', probability: null };
const unknownHealth: Health = { baseline: unknown, current: unknown };

/**
 * Every milestone of the project with its dates, slip, forecast and health (metrics.md 1.1, 3.3, 3.4, 4.6), and the
 * evaluation at as-of, whose outlook serves the sprints as well.
 */
export function measureMilestones(
  view: ProjectView,
  thresholds: RagThresholds,
): {
  readonly milestones: readonly MilestoneFigures[];
  readonly promises: readonly Promised[];
  readonly now: Evaluation;
} {
  const milestones = milestonesOf(view);
  const { colours, now } = healthOf(view, milestones, thresholds);
  const standings = new Map(now.standings.map((standing) => [standing.milestone, standing]));
  const promises = promisesOf(view, milestones);
  const childSlips = childSlipsOf(view, promises);
  const figures = promises.map((promised) => {
    const { milestone, slip } = promised;
    const standing = standings.get(milestone);
    const childSlip = childSlips.get(promised);
    const own = standing
      ? openFigures(view, {
          milestone,
          slip,
          standing,
          now,
          health: colours.get(milestone) ?? unknownHealth,
          thresholds,
        })
      : finishedFigures(view, milestone, slip);
    return childSlip ? { ...own, childSlip } : own;
  });
  return { milestones: figures, promises, now };
}

/** The colours at as-of, and the evaluation that they end with. */
function healthOf(
  view: ProjectView,
  milestones: readonly Milestone[],
  thresholds: RagThresholds,
): { readonly colours: Colours; readonly now: Evaluation } {
  const told = createColourClocks(thresholds);
  let now: Evaluation | null = null;
  for (const evaluation of evaluationsOf(view, milestones)) told.add((now = evaluation));
  return { colours: withDependencies(told.colours, view, now!), now: now! };
}

/** What both kinds have in common. */
function baseFigures(view: ProjectView, milestone: Milestone, slip: Slip) {
  const scope = milestone.scopeAt(view.asOf);
  const open = scope.filter((item) => !isDoneAt(item, view.asOf));
  return {
    id: milestone.id,
    kind: milestone.kind,
    name: milestone.name,
    key: milestone.key,
    committedOn: slip.committedOn,
    ...rebaselineOf(view, milestone, slip),
    currentOn: slip.currentOn,
    finishedOn: milestone.finishedOn,
    moves: slip.moves,
    slipCommitted: slip.slipCommitted,
    slipLast: slip.slipLast,
    replanGloss: slip.replanGloss,
    replans: slip.replans,
    churn: slip.committedOn === null ? null : slip.churn,
    volatility: slip.volatility,
    relativeSlip: slip.relativeSlip,
    forecastSlip: null,
    trend: milestone.kind === 'item' ? null : trendOf(milestone, slip, view),
    openItems: open.length,
    doneItems: scope.length - open.length,
    openKeys: blockedFirst(open),
  } as const;
}

/** What people agreed on since the first promise, and the slip against it (metrics.md 1.1, `slipSinceRebaseline`). */
function rebaselineOf(view: ProjectView, { id, finishedOn }: Milestone, { currentOn }: Slip) {
  const agreed = rebaselineAt(view.history.rebaselines, id, view.asOf);
  if (agreed === null) return {};
  const { on, at } = agreed;
  const reachedOn = finishedOn ?? (currentOn !== null && currentOn < view.today ? view.today : currentOn);
  return { rebaseline: { on, at, slip: reachedOn === null ? null : view.calendar.distance(on, reachedOn) } };
}

function blockedFirst(open: readonly ItemView[]): readonly string[] {
  const isBlocked = ({ blocks }: ItemView) => blocks.length > 0;
  return [...keysOf(open.filter(isBlocked)), ...keysOf(open.filter((item) => !isBlocked(item)))];
}

/** Kept or not: green when it was finished on or before the day of the clock. */
function finishedFigures(view: ProjectView, milestone: Milestone, slip: Slip): MilestoneFigures {
  const base = baseFigures(view, milestone, slip);
  const { finishedOn } = milestone;
  const kept = (on: string | null): ClockHealth =>
    on === null || finishedOn === null ? unknown : { colour: finishedOn <= on ? 'green' : 'red', probability: null };
  const hasLeftovers = milestone.kind === 'version' && base.openItems > 0;
  const reasons = [
    ...(hasLeftovers ? ['RELEASED_WITH_OPEN_ITEMS'] : []),
    ...(milestone.flags.includes('baselineUnknown') ? ['BASELINE_UNKNOWN'] : []),
  ];
  return {
    ...base,
    state: 'finished',
    flags: flagsOf(milestone, slip, hasLeftovers ? ['releasedWithOpenItems'] : []),
    forecast: null,
    noForecast: 'finished',
    forecastGrade: 'D',
    health: { baseline: kept(base.rebaseline?.on ?? slip.committedOn), current: kept(slip.currentOn), reasons },
    greenIf: { baseline: null, current: null },
  };
}

function openFigures(view: ProjectView, parts: OpenParts): MilestoneFigures {
  const { milestone, slip, standing, now, health, thresholds } = parts;
  const base = baseFigures(view, milestone, slip);
  const prospect = now.prospectOf(standing);
  const bases = base.openItems === 0 || prospect.noForecast !== null ? null : basesOf(prospect);
  const isBeyond = bases !== null && isOutgrown(prospect);
  const noForecast = base.openItems === 0 ? 'noOpenItems' : isBeyond ? 'scopeOutgrowsPace' : prospect.noForecast;
  const days = noForecast === null ? prospect.when({ clock: 'current' }, toldChances) : [];
  const levels = days.map((on, index) =>
    on === null ? toldChances[index]! : prospect.levelOf(toldChances[index]!, on),
  );
  const [p50, p85, p95] = days;
  const forecast: ForecastDates | null =
    noForecast === null ? { p50: p50 ?? null, p85: p85 ?? null, p95: p95 ?? null } : null;
  const greenIf = (clock: Clock) =>
    greenIfOf(standing, clock, { prospect, today: now.today, health: health[clock], thresholds });
  const isAllDone = base.openItems === 0 && base.doneItems > 0;
  return {
    ...base,
    state: 'open',
    flags: flagsOf(milestone, slip, [
      ...(isAllDone ? ['allItemsDone'] : []),
      ...(standing.size === 0 && !milestone.isOnlyDate ? ['noItems'] : []),
    ]),
    forecast,
    forecastSlip: forecastSlipOf(slip, forecast, view),
    noForecast,
    forecastGrade: prospect.grade,
    ...(levels.some((level, index) => level !== toldChances[index]) ? { forecastLevels: levels } : {}),
    ...(bases?.length === 1 ? { forecastWork: forecastWorkOf(bases[0]!) } : {}),
    ...teamsOf(view, prospect, standing),
    health: { ...health, reasons: reasonsOf(view, { ...parts, prospect }, forecast) },
    greenIf: { baseline: greenIf('baseline'), current: greenIf('current') },
  };
}

function teamsOf(view: ProjectView, prospect: Prospect, standing: Standing): Pick<MilestoneFigures, 'teams'> {
  const { calendar, settings } = view;
  if (!settings.teams) return {};
  const { decidesWorkingDays } = settings.teams;
  const teams = teamPartsOf({ prospect, standing, calendar, decidesWorkingDays });
  return teams === null ? {} : { teams };
}

function forecastSlipOf(
  { committedOn }: Slip,
  forecast: ForecastDates | null,
  { calendar }: ProjectView,
): MilestoneFigures['forecastSlip'] {
  if (committedOn === null || forecast === null) return null;
  const slipTo = (on: Day | null) => (on === null ? null : calendar.distance(committedOn, on));
  return { p50: slipTo(forecast.p50), p85: slipTo(forecast.p85) };
}

function flagsOf(milestone: Milestone, slip: Slip, more: readonly string[]): readonly string[] {
  return [...new Set([...milestone.flags, ...slip.flags, ...more])].sort();
}
