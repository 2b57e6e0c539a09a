import { createRandom } from '../../lib/random.ts';
import type { Random } from '../../lib/random.ts';

/**
 * What can go wrong between a client and Slack. `accepted`: the call took effect before it went wrong.
 * `retryAfter` stands in the header as it is, however senseless; null leaves the header out.
 */
export type Fault =
  | { readonly kind: 'drop'; readonly accepted: boolean }
  /** The connection breaks, and the message lands so much later. */
  | { readonly kind: 'late'; readonly ms: number }
  /** An answer as it should be, after so long. */
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'status'; readonly status: number; readonly accepted: boolean }
  | { readonly kind: 'html'; readonly accepted: boolean }
  /** No answer at all, until the client gives up. */
  | { readonly kind: 'hang'; readonly accepted: boolean }
  | { readonly kind: 'rate-limit'; readonly retryAfter: string | null }
  | { readonly kind: 'refuse'; readonly error: string; readonly accepted: boolean };

interface Planned {
  readonly fault: Fault;
  readonly method: string | null;
  left: number;
}

export interface RandomFaults {
  readonly seed: number;
  /** Share of calls that go wrong, 0 to 1. */
  readonly rate: number;
  readonly among: readonly Fault[];
  readonly method?: string;
}

/** The plan of faults of one simulated Slack; it can be changed while the server runs. */
export class Faults {
  /** How far conversations.history and .replies are behind the messages. */
  historyLagMs = 0;
  /** How long Slack works on an uploaded file before a message can show it. */
  processingMs = 300;
  /** Slack's own charts come to one workspace after the other. */
  hasCharts = true;
  #planned: Planned[] = [];
  #random: { readonly draw: Random; readonly plan: RandomFaults } | null = null;

  /** The next `times` calls of this method (of any one without) get this fault. */
  next(fault: Fault, options: { readonly method?: string; readonly times?: number } = {}): void {
    this.#planned.push({ fault, method: options.method ?? null, left: options.times ?? 1 });
  }

  /** From now on a share of the calls goes wrong, the same for the same seed; null stops it. */
  randomly(plan: RandomFaults | null): void {
    this.#random = plan && { draw: createRandom(plan.seed), plan };
  }

  clear(): void {
    this.#planned = [];
    this.#random = null;
    this.historyLagMs = 0;
    this.processingMs = 300;
    this.hasCharts = true;
  }

  take(method: string): Fault | null {
    const planned = this.#planned.find((each) => each.method === null || each.method === method);
    if (planned) {
      planned.left -= 1;
      if (planned.left <= 0) this.#planned.splice(this.#planned.indexOf(planned), 1);
      return planned.fault;
    }
    if (!this.#random) return null;
    const { draw, plan } = this.#random;
    if (plan.method !== undefined && plan.method !== method) return null;
    return draw() < plan.rate ? (plan.among[Math.floor(draw() * plan.among.length)] ?? null) : null;
  }
}
