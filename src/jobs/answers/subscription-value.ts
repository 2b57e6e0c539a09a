import type { Subscription } from '../../store/subscriptions.ts';

export type SubscriptionName = Pick<Subscription, 'report' | 'subject' | 'channel'>;

/** A subscription as a button carries it. */
export function subscriptionValue({ report, subject, channel }: SubscriptionName): string {
  return JSON.stringify([report, subject, channel]);
}

/** Null for what is none. It came over the network. */
export function readSubscription(value: string): SubscriptionName | null {
  try {
    const parts = JSON.parse(value) as unknown;
    if (!Array.isArray(parts) || parts.length !== 3 || !parts.every((part) => typeof part === 'string')) return null;
    const [report, subject, channel] = parts as [string, string, string];
    return { report, subject, channel };
  } catch {
    return null;
  }
}
