import { measureSlip } from '../metrics/milestones/slip.ts';
import { createCalendar } from '../time/calendar.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { openZone } from '../time/zone.ts';
import type { Zone } from '../time/zone.ts';
import type { CalendarRules } from './calendar.ts';

/** A day may stand where an instant is wanted, and the other way round: auditors' sheets often hold days only. */
export type DayOrInstant = Day | Instant;

export interface SlipQuestion {
  readonly calendar: CalendarRules & { readonly zone: string };
  readonly start: DayOrInstant | null;
  readonly history: readonly { readonly at: DayOrInstant; readonly on: Day | null }[];
  readonly finishedOn: DayOrInstant | null;
  readonly asOf: DayOrInstant;
}

/** `calc slip`: the slip ledger of one date (metrics.md 1.1). A day as as-of means its end, elsewhere its start. */
export function calcSlip({ calendar: rules, start, history, finishedOn, asOf }: SlipQuestion) {
  const zone = openZone(rules.zone);
  const slip = measureSlip(
    {
      history: history.map(({ at, on }) => ({ at: typeof at === 'number' ? at : zone.startOf(at), on })),
      startOn: dayOf(start, zone),
      finishedOn: dayOf(finishedOn, zone),
      asOf: typeof asOf === 'number' ? asOf : zone.endOf(asOf) - 1,
    },
    createCalendar({ ...rules, zone }),
  );
  return {
    committedOn: slip.committedOn,
    slipCommitted: slip.slipCommitted,
    slipLast: slip.slipLast,
    replanGloss: slip.replanGloss,
    // A removal has no length; it counts under `replans`.
    moves: slip.moves.flatMap(({ workingDays }) => workingDays ?? []),
    churn: slip.churn,
    volatility: slip.volatility,
    replans: slip.replans,
    replansLater: slip.replansLater,
    replansEarlier: slip.replansEarlier,
    lastNotice: slip.lastNotice,
    relativeSlip: slip.relativeSlip,
  };
}

function dayOf(moment: DayOrInstant | null, zone: Zone): Day | null {
  return typeof moment === 'number' ? zone.dayAt(moment) : moment;
}
