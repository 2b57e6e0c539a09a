import type { BudgetSettings, Rate, TeamStretch } from '../../model/budget.ts';
import type { PersonId } from '../../model/ids.ts';
import { addDays } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { ProjectView } from '../../view/view.ts';

/** What one worklog, or one day of a team, costs. Nothing in it names a person. */
export interface CostEntry {
  /** Day of the work: it decides the period. */
  readonly on: Day;
  /** Day on which it was booked; that of the work for a team's day. */
  readonly bookedOn: Day;
  readonly hours: number;
  /** Null for who is in no role, or alone in theirs: its figures would be a person's. */
  readonly role: string | null;
  /** In whole minor units, so that sums over any periods agree; null where no rate holds on that day. */
  readonly cost: number | null;
  /** What it would cost more by the exchange of now, in whole minor units; 0 where nobody says. */
  readonly drift: number;
  /** Roles have rates of their own, and this was costed by the rate of everybody. */
  readonly isDefault: boolean;
}

/** What a project has cost (metrics.md 6.3), by one source alone. */
export interface ActualCost {
  readonly basis: BudgetSettings['actuals'];
  /** In order of the day of the work. */
  readonly entries: readonly CostEntry[];
  /** Sum of all entries, in minor units; null where there is none, or none has a rate: that is not 0. */
  readonly total: number | null;
  readonly hours: number;
  /** Hours without any rate, and hours by the rate of everybody. */
  readonly unratedHours: number;
  readonly defaultHours: number;
  /** What all of it would cost more by the exchange of now (metrics.md 6.3); 0 where no rate has another currency. */
  readonly drift: number;
  /** Hours that were booked after the end of the month of the work: they opened it again. */
  readonly lateHours: number;
  /** Hours that the team had from the first day of the budget to yesterday; null where nobody says who it is. */
  readonly capacityHours: number | null;
}

/** Null without a budget, or where its source is not read. */
export function actualCostOf(view: ProjectView): ActualCost | null {
  const { budget } = view.settings;
  if (!budget) return null;
  const entries = budget.actuals === 'capacity' ? teamDays(view, budget) : workedHours(view, budget);
  if (entries === null) return null;
  const costed = entries.filter(({ cost }) => cost !== null);
  const hoursOf = (some: readonly CostEntry[]) => some.reduce((sum, { hours }) => sum + hours, 0);
  return {
    basis: budget.actuals,
    entries,
    total: costed.length === 0 ? null : costOf(entries),
    hours: hoursOf(entries),
    unratedHours: hoursOf(entries.filter(({ cost }) => cost === null)),
    defaultHours: hoursOf(entries.filter(({ isDefault }) => isDefault)),
    drift: entries.reduce((sum, { drift }) => sum + drift, 0),
    lateHours: hoursOf(entries.filter(({ on, bookedOn }) => monthOf(bookedOn) > monthOf(on))),
    capacityHours: capacityOf(view, budget),
  };
}

/** Sum of entries in minor units; those without a rate bring nothing. */
export function costOf(entries: readonly CostEntry[]): number {
  return entries.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
}

/** What a role cost in a month. */
export interface RoleMonth {
  /** Its first day. */
  readonly month: Day;
  readonly role: string | null;
  readonly hours: number;
  readonly cost: number;
}

/** By month, then by role, those without one last; the rows sum to the total. */
export function costsByMonth({ entries }: ActualCost): readonly RoleMonth[] {
  const rows = Map.groupBy(entries, ({ on, role }) => `${monthOf(on)} ${role === null ? '~' : `-${role}`}`);
  return [...rows.keys()].sort().map((key) => {
    const some = rows.get(key)!;
    return {
      month: `${monthOf(some[0]!.on)}-01` as Day,
      role: some[0]!.role,
      hours: some.reduce((sum, { hours }) => sum + hours, 0),
      cost: costOf(some),
    };
  });
}

/** The month of a day, such as `2026-05`. */
export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

function workedHours(view: ProjectView, budget: BudgetSettings): CostEntry[] | null {
  const { worklogs, calendar, asOf } = view;
  if (worklogs === null) return null;
  const rateOf = createRates(budget);
  const entries: CostEntry[] = [];
  for (const { by, startedAt, createdAt, seconds } of worklogs) {
    const on = calendar.zone.dayAt(startedAt);
    if (startedAt > asOf || on < budget.from || seconds === 0) continue;
    const { role, perHour, drift, isDefault } = rateOf(by, on);
    const hours = seconds / 3600;
    const cost = perHour === null ? null : Math.round((seconds * perHour) / 3600);
    entries.push({
      on,
      bookedOn: calendar.zone.dayAt(createdAt),
      hours,
      role,
      cost,
      drift: Math.round((cost ?? 0) * drift),
      isDefault,
    });
  }
  return entries;
}

interface RateOfDay {
  readonly role: string | null;
  readonly perHour: number | null;
  readonly drift: number;
  readonly isDefault: boolean;
}

/** A person's own rate, else that of their role, else that of everybody: the first that holds on the day. */
function createRates({ rates, roles }: BudgetSettings): (by: PersonId | null, on: Day) => RateOfDay {
  const roleOf = new Map(Object.entries(roles).flatMap(([role, people]) => people.map((id) => [id, role] as const)));
  const byPerson = Map.groupBy(
    rates.filter(({ person }) => person !== null),
    ({ person }) => person,
  );
  const byRole = Map.groupBy(
    rates.filter(({ person, role }) => person === null && role !== null),
    ({ role }) => role,
  );
  const everybody = rates.filter(({ person, role }) => person === null && role === null);
  const holding = (some: readonly Rate[] | undefined, on: Day) => some?.find((rate) => holdsOn(rate, on));
  return (by, on) => {
    const role = by === null ? null : (roleOf.get(by) ?? null);
    const told = role !== null && roles[role]!.length > 1 ? role : null;
    const own = (by === null ? undefined : holding(byPerson.get(by), on)) ?? holding(byRole.get(role), on);
    const rate = own ?? holding(everybody, on);
    return {
      role: told,
      perHour: rate?.perHour ?? null,
      drift: rate?.drift ?? 0,
      isDefault: !own && rate !== undefined && byRole.size > 0,
    };
  };
}

function holdsOn({ from, to }: Pick<Rate, 'from' | 'to'>, on: Day): boolean {
  return (from === null || from <= on) && (to === null || on <= to);
}

/** Days of the team that are over, each stretch by itself. */
function teamDays(view: ProjectView, budget: BudgetSettings): CostEntry[] {
  const entries: CostEntry[] = [];
  eachDay(view, budget, (on, fraction, stretch) => {
    const days = stretch.people * stretch.allocation * fraction;
    const cost = stretch.perDay === null ? null : Math.round(days * stretch.perDay);
    entries.push({ on, bookedOn: on, hours: days * budget.hoursPerDay, role: null, cost, drift: 0, isDefault: false });
  });
  return entries;
}

function capacityOf(view: ProjectView, budget: BudgetSettings): number | null {
  if (budget.team.length === 0) return null;
  let days = 0;
  eachDay(view, budget, (_on, fraction, { people, allocation }) => {
    days += people * allocation * fraction;
  });
  return days * budget.hoursPerDay * budget.focus;
}

/** Working days from the first day of the budget to yesterday: what is left of today is not over. */
function eachDay(
  { calendar, today }: ProjectView,
  { from, team }: BudgetSettings,
  take: (on: Day, fraction: number, stretch: TeamStretch) => void,
): void {
  for (let on = from; on < today; on = addDays(on, 1)) {
    const fraction = calendar.fraction(on);
    if (fraction > 0) for (const stretch of team) if (holdsOn(stretch, on)) take(on, fraction, stretch);
  }
}
