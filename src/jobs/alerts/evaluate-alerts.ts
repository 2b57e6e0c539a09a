import { placeOf } from '../../config/place.ts';
import { digestNotes } from '../../core/alerts/digest-note.ts';
import type { AlertEvent, AlertState } from '../../core/alerts/alert.ts';
import { evaluateAlerts } from '../../core/alerts/evaluate-alerts.ts';
import { evaluationOf } from '../../core/alerts/evaluation-of.ts';
import { alertPolicy } from '../../core/alerts/policy.ts';
import { forecastRecords } from '../../core/backtest/published.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import { createRefs } from '../../core/reports/item-ref.ts';
import { alertRollUp } from '../../core/reports/alert-roll-up.ts';
import { alertEnd } from '../../core/reports/alert-end.ts';
import { advanceCard } from '../../core/reports/alert-card.ts';
import type { AlertCard, CardInput, ToldEvent } from '../../core/reports/alert-card.ts';
import { addDays } from '../../core/time/day.ts';
import { hourMs, minuteMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import { countOpenedByOthers, readTurn, takeTurn } from '../../store/alert-turn.ts';
import { findTold, readAlerts, saveAlerts, saveTold } from '../../store/alerts.ts';
import type { KeptAlerts } from '../../store/alerts.ts';
import { saveDigestNotes } from '../../store/digest-notes.ts';
import { inTransaction } from '../../store/dialect.ts';
import type { Db } from '../../store/tables.ts';
import { logForecasts } from '../../store/forecasts.ts';
import { alertMinuteOf, newsSince } from '../targets/alert-time.ts';
import { calendarOf } from '../calendar-of.ts';
import type { JobContext } from '../context.ts';
import { itemUrls } from '../item-urls.ts';
import { measureProject } from '../making/measure-project.ts';
import { neighbourPlans } from '../making/neighbour-plans.ts';
import { tellAlert } from './tell-alert.ts';
import { tellRollUp } from './tell-roll-up.ts';

/** Figures of later than this after the due time are not those of the digest: what is true now is told instead. */
const onTimeMs = 30 * minuteMs;
/** With data too old to say anything, or after a failure, it is tried again on the same day. */
const retryMs = 15 * minuteMs;

/**
 * Evaluates the alerts of every project with a channel, once a working day at `alertMinuteOf`. After an outage there is one
 * evaluation for now, and none for the days that were missed. The number of projects that were evaluated.
 */
export async function evaluateDueAlerts(context: JobContext): Promise<number> {
  const { config, clock, db, log } = context;
  let evaluated = 0;
  for (const project of Object.keys(config.projects)) {
    if (config.projects[project]!.channel === undefined) continue;
    const kept = await readAlerts(db, project, clock.now());
    const times = dueTimes(context, kept);
    if (times === null) continue;
    try {
      if (await evaluateProject(context, kept, times)) evaluated += 1;
    } catch (error) {
      // The others, and what is to be delivered, do not wait for it.
      log.error({ project, error: describe(error) }, 'alerts cannot be evaluated');
      await inTransaction(db, (tx) => saveAlerts(tx, { ...kept, nextAt: clock.now() + retryMs }));
    }
  }
  return evaluated;
}

interface EvaluationTimes {
  /** What is known then is judged. */
  readonly at: Instant;
  /** The due time that it stands for. */
  readonly dueAt: Instant;
}

/** Null when nothing is due now. */
function dueTimes(context: JobContext, { project, lastDue, nextAt }: KeptAlerts): EvaluationTimes | null {
  const now = context.clock.now();
  const calendar = calendarOf(context.config, project);
  const today = calendar.zone.dayAt(now);
  const dueAt = calendar.zone.firstAt(today, alertMinuteOf(context.config, project));
  if (calendar.fraction(today) === 0 || dueAt > now || dueAt <= lastDue || nextAt > now) return null;
  return { at: now - dueAt <= onTimeMs ? dueAt : now, dueAt };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The newest due times of a project up to an instant, oldest first: for a demo that has to have a past. */
export function pastEvaluations(context: JobContext, project: ProjectId, until: Instant, count: number): Instant[] {
  const calendar = calendarOf(context.config, project);
  const minute = alertMinuteOf(context.config, project);
  const times: Instant[] = [];
  for (let day = calendar.zone.dayAt(until); times.length < count; day = addDays(day, -1)) {
    const at = calendar.zone.firstAt(day, minute);
    if (calendar.fraction(day) > 0 && at <= until) times.push(at);
  }
  return times.reverse();
}

/** One evaluation: what became of the alerts, and the messages that tell it, are kept in one transaction. False when another worker was faster. */
export async function evaluateProject(
  context: JobContext,
  kept: KeptAlerts,
  { at, dueAt }: EvaluationTimes,
): Promise<boolean> {
  const { config, db, clock, log } = context;
  const { project } = kept;
  const { thresholds } = config;
  const channel = config.projects[project]!.channel!;
  const calendar = calendarOf(context.config, project);
  const today = calendar.zone.dayAt(at);
  const before = calendar.zone.firstAt(newsSince(calendar, today), alertMinuteOf(config, project));
  const [now, previous] = await measureProject(context, project, [at, before]);
  const turn = await readTurn(db, channel);
  const spentToday = await countOpenedByOthers(db, { channel, on: today, project });
  const input = { ...now!, previous: previous!.metrics, thresholds };
  const evaluation = evaluationOf(input, spentToday, await neighbourPlans(context, project, channel));
  const { state, events } = evaluateAlerts(kept.state, evaluation, alertPolicy(thresholds));
  const place = placeOf(config, config.channels[channel], config.projects[project]);
  const about = { id: project, name: config.projects[project]!.name ?? project };
  const refOf = createRefs(now!.view, itemUrls(context, project));
  const rollUp = alertRollUp(events, { asOf: at, zone: place.zone, project: about, refOf });
  const tellFlood = rollUp && tellRollUp(context, rollUp, { channel, locale: place.locale, today });
  const cards = await cardsOf(context, events.filter(isTold), {
    project: about,
    at,
    zone: place.zone,
    refOf,
    calendar,
    escalateWorkingDays: thresholds.alerts.escalateWorkingDays,
    endOf: (subject) => alertEnd(subject, now!),
    state,
    channel,
  });
  const told = cards.map((change) => ({
    ...change,
    messages: tellAlert(context, change, { channel, locale: place.locale }),
  }));
  const datedSubjects = told.flatMap(({ card }) => (tellsDate(card) ? card.line.subject : []));
  const forecasts = forecastRecords(now!.view, new Set(datedSubjects));
  const madeAt = clock.now();
  const { isFresh } = evaluation;
  const next = isFresh
    ? { ...kept, state, lastDue: dueAt, nextAt: dueAt }
    : { ...kept, state, nextAt: madeAt + retryMs };
  const isKept = await keptOrOvertaken(db, async (tx) => {
    if (!(await saveAlerts(tx, next))) return false;
    // Another project may have opened alerts in the same channel meanwhile: together they would be over its cap.
    const hasOpened = tellFlood !== null || events.some(({ kind }) => kind === 'opened');
    if (hasOpened && !(await takeTurn(tx, channel, turn))) throw new TurnTaken();
    await tellFlood?.(tx);
    await saveDigestNotes(tx, project, digestNotes(events, madeAt));
    for (const { card, deliveryId, messages } of told) {
      const { root, said } = await messages.enqueue(tx, deliveryId, { at: madeAt, expiresAt: madeAt + 24 * hourMs });
      if (root !== null) await saveTold(tx, { channel, deliveryId: root, card });
      // It tells a date: whether that was right will be seen.
      const dated = forecasts.filter(({ milestone }) => tellsDate(card) && milestone === card.line.subject);
      if (said !== null) await logForecasts(tx, said, dated);
    }
    return true;
  });
  if (isKept) log.info({ project, at, ...counted(events), isFresh }, 'alerts evaluated');
  return isKept;
}

/** Undoes what the transaction has written already. */
class TurnTaken extends Error {}

async function keptOrOvertaken(db: Db, work: (tx: Db) => Promise<boolean>): Promise<boolean> {
  try {
    return await inTransaction(db, work);
  } catch (error) {
    if (error instanceof TurnTaken) return false;
    throw error;
  }
}

/** A running alert with a day on which 85 % speaks for the end. */
function tellsDate({ resolved, line }: AlertCard): boolean {
  return resolved === null && typeof line.facts['p85On'] === 'string';
}

/** An event that has a message, what the message says then, and the delivery that it is; null for a new one. */
export interface CardChange {
  readonly event: ToldEvent;
  readonly card: AlertCard;
  readonly deliveryId: number | null;
}

type CardFacts = Omit<CardInput, 'before' | 'incident'> & { readonly state: AlertState; readonly channel: string };

async function cardsOf(
  { db }: JobContext,
  events: readonly ToldEvent[],
  { state, channel, ...facts }: CardFacts,
): Promise<readonly CardChange[]> {
  const changes: CardChange[] = [];
  for (const event of events) {
    const { key, episode } = event;
    const known = await findTold(db, { project: facts.project.id, key, episode });
    const card = advanceCard(event, { ...facts, before: known?.card ?? null, incident: state.incidents[key] ?? null });
    // The project may have got another channel: what was told in the old one is told no further there.
    const deliveryId = known?.channel === channel ? known.deliveryId : null;
    if (card !== null) changes.push({ event, card, deliveryId });
  }
  return changes;
}

function isTold(event: AlertEvent): event is ToldEvent {
  return 'transition' in event;
}

function counted(events: readonly AlertEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const event of events) {
    const name = event.kind === 'suppressed' ? `suppressed: ${event.reason}` : event.kind;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
