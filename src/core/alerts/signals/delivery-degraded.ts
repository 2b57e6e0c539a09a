import { degradedDelivery } from '../../findings/rules/delivery-degraded.ts';
import { keyOf } from './signal-input.ts';
import type { SignalRule } from './signal-input.ts';

/** The delivery of the service is worse than its own last months: as likely as its surest sign. */
export const signalDeliveryDegraded: SignalRule = ({ view }) =>
  degradedDelivery(view, 0).map((finding) => ({
    key: keyOf('DELIVERY_DEGRADED', finding.subject),
    rule: 'DELIVERY_DEGRADED',
    subject: finding.subject,
    severity: finding.severity,
    probability: finding.facts['chance'] as number,
    facts: [],
    impact: 1,
    parents: [],
    dueOn: null,
    finding,
  }));
