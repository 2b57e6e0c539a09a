import type { AlertEvent, AlertRule, AlertSignal } from '../alerts/alert.ts';
import { exposureOf } from '../alerts/step.ts';
import type { Colour } from '../metrics/milestone-figures.ts';
import type { Instant } from '../time/instant.ts';
import { findingLine } from './finding-line.ts';
import type { RefOf } from './item-ref.ts';
import type { FindingLine } from './finding-line.ts';

/** Many alerts of one project that opened at once, in one message. */
export interface AlertRollUp {
  readonly asOf: Instant;
  readonly zone: string;
  readonly project: { readonly id: string; readonly name: string };
  readonly colour: Colour;
  readonly count: number;
  /** The most frequent first. */
  readonly groups: readonly { readonly alert: AlertRule; readonly count: number }[];
  /** The heaviest. */
  readonly lines: readonly FindingLine[];
  readonly more: number;
}

/** As many as are read before one looks for the cause. */
const mostLines = 5;

/** Null when nothing was rolled up in an evaluation. */
export function alertRollUp(
  events: readonly AlertEvent[],
  { refOf, ...about }: Pick<AlertRollUp, 'asOf' | 'zone' | 'project'> & { readonly refOf: RefOf },
): AlertRollUp | null {
  const signals = events
    .flatMap((event) => (event.kind === 'suppressed' && event.reason === 'rolled-up' ? (event.signal ?? []) : []))
    .toSorted((a, b) => exposureOf(b) - exposureOf(a));
  if (signals.length === 0) return null;
  const groups = [...Map.groupBy(signals, ({ rule }: AlertSignal) => rule)]
    .map(([alert, own]) => ({ alert, count: own.length }))
    .sort((a, b) => b.count - a.count);
  return {
    ...about,
    colour: signals.some(({ severity }) => severity === 'high') ? 'red' : 'amber',
    count: signals.length,
    groups,
    lines: signals.slice(0, mostLines).map(({ finding }) => findingLine(finding, refOf)),
    more: Math.max(0, signals.length - mostLines),
  };
}
