import type { Severity } from '../findings/finding.ts';
import type { AlertSignal, Incident } from './alert.ts';

const ranks: Readonly<Record<Severity, number>> = { info: 0, low: 1, medium: 2, high: 3 };

/** One class above what was told. */
export function isMoreSevere(signal: AlertSignal, incident: Incident): boolean {
  return ranks[signal.severity] > ranks[incident.severity];
}

/** The signal tells of something that the last message did not. */
export function hasNewFact(incident: Incident, signal: AlertSignal): boolean {
  return signal.facts.some((fact) => !incident.facts.includes(fact));
}

/** More severe than it was told, or with a new fact: then it is told again. */
export function isWorse(incident: Incident, signal: AlertSignal): boolean {
  return isMoreSevere(signal, incident) || hasNewFact(incident, signal);
}
