import type { Finding, Severity } from '../findings/finding.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';

/** What an alert can be about, parents before children: of one cause only the first is told (metrics.md 4.5). */
export const alertRules = [
  'MILESTONE_SLIPPED',
  'RIPPLE',
  'PROMISE_GAP',
  'SCOPE_GROWTH',
  'SPRINT_AT_RISK',
  'ITEM_AT_RISK',
  'WORK_STALLED',
  'DELIVERY_DEGRADED',
] as const;

export type AlertRule = (typeof alertRules)[number];

/** One trouble as it looks at one evaluation. */
export interface AlertSignal {
  /** Rule, subject and baseline, never the day: one incident at a time has this key. */
  readonly key: string;
  readonly rule: AlertRule;
  /** Item key, milestone id, sprint id or service. */
  readonly subject: string;
  readonly severity: Severity;
  /** Chance of trouble, 0 to 1; null when only the condition is known: it then weighs as much as the rule asks at first. */
  readonly probability: number | null;
  /** Names of hard facts in it, such as one move of a date, oldest first: each is told at once, and once. */
  readonly facts: readonly string[];
  /** Of several, those which hold up more come first: 0 for nothing, 2 for a milestone close to its date. */
  readonly impact: number;
  /** Subjects that this one is a part of, such as the milestones of an item. */
  readonly parents: readonly string[];
  /** The date that is in danger or was missed; null when there is none. */
  readonly dueOn: Day | null;
  /** What was found, for the words and the evidence. */
  readonly finding: Finding;
}

/** How a subject stands, for closing what is open about it. */
export interface SubjectState {
  /** `abandoned`: nobody touched it for a quarter; `gone`: deleted, moved away or no longer there. */
  readonly state: 'open' | 'finished' | 'abandoned' | 'gone';
  readonly dueOn: Day | null;
}

/**
 * `settled`: a fact that is old news · `recovered`: the chance of trouble is gone · `re-dated`: only because the date was
 * moved away, which is no recovery · `finished`, `abandoned`, `gone`: the subject is.
 */
export type ResolvedReason = 'settled' | 'recovered' | 're-dated' | 'finished' | 'abandoned' | 'gone';

/** `unanswered`: nobody acknowledged it for days. */
export type EscalatedReason = 'severity' | 'new-fact' | 'unanswered';

/**
 * Why nothing was said: `over-cap` goes to the digest instead; `rolled-up` is told with many others in one message; `inhibited` is told by its parent; `flapping` opened a few
 * days ago; `too-late` leaves no time to act; `quiet-hours` and `quiet-week` wait; with `stale-data` nothing can be said.
 */
export type SuppressedReason =
  | 'over-cap'
  | 'rolled-up'
  | 'inhibited'
  | 'flapping'
  | 'too-late'
  | 'quiet-hours'
  | 'quiet-week'
  | 'stale-data';

interface EventOf<Kind extends string> {
  readonly kind: Kind;
  readonly key: string;
  /** With the key and the transition, the same for every process and every restart. */
  readonly episode: Day;
  readonly transition: number;
}

/** What happened to an incident at one evaluation; all that a message, a thread or a digest has to tell. */
export type AlertEvent =
  | (EventOf<'opened'> & { readonly signal: AlertSignal })
  | (EventOf<'reopened'> & { readonly signal: AlertSignal })
  | (EventOf<'escalated'> & { readonly reason: EscalatedReason; readonly signal: AlertSignal })
  | (EventOf<'repeated'> & { readonly signal: AlertSignal })
  /** The date in danger is another one now: the message must not go on naming the old one. */
  | (EventOf<'re-dated'> & { readonly signal: AlertSignal })
  | (EventOf<'resolved'> & { readonly reason: ResolvedReason })
  | {
      readonly kind: 'suppressed';
      readonly key: string;
      readonly reason: SuppressedReason;
      readonly signal: AlertSignal | null;
    }
  | { readonly kind: 'threshold-raised'; readonly rule: AlertRule; readonly on: number };

/** One trouble with its life. Plain data: it is kept as JSON between evaluations. */
export interface Incident {
  readonly key: string;
  readonly rule: AlertRule;
  readonly subject: string;
  /** `watched`: seen, not yet (or not here) told. */
  readonly state: 'watched' | 'open' | 'resolved';
  /** Evaluations in a row at or above "on"; and below "off". */
  readonly above: number;
  readonly below: number;
  /** Day of its first opening; null while it is only watched. */
  readonly episode: Day | null;
  readonly transition: number;
  /** The highest that was told in this episode. */
  readonly severity: Severity;
  readonly dueOn: Day | null;
  /** The date that its message names; left out while that is `dueOn`. */
  readonly saidDueOn?: Day | null;
  /** Facts that were told. */
  readonly facts: readonly string[];
  /** `digest`: over the cap, no message of its own. */
  readonly told: 'message' | 'digest' | null;
  /** Newest day on which it opened or reopened, was said anything about, and was resolved. */
  readonly openedOn: Day | null;
  readonly toldOn: Day | null;
  readonly resolvedOn: Day | null;
  readonly isEscalated: boolean;
  /** Reminders of what did not change, since it last got worse: each waits twice as long as the one before. */
  readonly reminders: number;
  readonly acknowledgedAt: Instant | null;
  readonly snoozedUntil: Instant | null;
  /** Somebody said "known": no repeats. */
  readonly isKnown: boolean;
  /** Somebody said "wrong". */
  readonly isWrong: boolean;
  /** Why it is silent now; told once. */
  readonly suppressed: SuppressedReason | null;
}

/** Everything that one evaluation hands to the next. Plain data, in an order that does not depend on its history. */
export interface AlertState {
  /** By key. */
  readonly incidents: Readonly<Record<string, Incident>>;
  /** Newest last: was an alert of this rule right? As far as answers and quick recoveries tell. */
  readonly verdicts: Partial<Readonly<Record<AlertRule, readonly boolean[]>>>;
  /** How many times a rule's "on" was raised for want of precision. */
  readonly raised: Partial<Readonly<Record<AlertRule, number>>>;
  /** Newest day on which anything opened, escalated or was resolved. */
  readonly changedOn: Day | null;
  readonly isStale: boolean;
}

export const noAlerts: AlertState = { incidents: {}, verdicts: {}, raised: {}, changedOn: null, isStale: false };
