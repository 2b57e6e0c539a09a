import { createRandom } from '../../lib/random.ts';
import type { Random } from '../../lib/random.ts';

/** What can go wrong between a client and Jira. `retryAfter` stands in the header as it is, however senseless. */
export type Fault =
  | { readonly kind: 'rate-limit'; readonly retryAfter?: string; readonly reason?: string }
  | { readonly kind: 'unavailable'; readonly retryAfter?: string }
  | { readonly kind: 'server-error' }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'cut-body' }
  | { readonly kind: 'cut-gzip' }
  | { readonly kind: 'stalled-body' }
  | { readonly kind: 'html' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'token-refused' };

interface Planned {
  readonly fault: Fault;
  readonly path: RegExp | null;
  left: number;
}

export interface RandomFaults {
  readonly seed: number;
  /** Share of requests that go wrong, 0 to 1. */
  readonly rate: number;
  readonly among: readonly Fault[];
}

/** The plan of faults of one server; it can be changed while the server runs. */
export class Faults {
  /** How far search is behind the issues (eventual consistency). */
  lagMs = 0;
  /** The credentials are refused after so many further requests; null: never. */
  expiresAfter: number | null = null;
  /** Called after each answered search page, with the ids on it: to delete or move an issue between two pages. */
  betweenPages: ((ids: readonly string[]) => void) | null = null;
  #planned: Planned[] = [];
  #random: { readonly draw: Random; readonly plan: RandomFaults } | null = null;

  /** The next `times` requests whose path matches get this fault. */
  next(fault: Fault, options: { readonly path?: RegExp; readonly times?: number } = {}): void {
    this.#planned.push({ fault, path: options.path ?? null, left: options.times ?? 1 });
  }

  /** From now on a share of all requests goes wrong, the same for the same seed; null stops it. */
  randomly(plan: RandomFaults | null): void {
    this.#random = plan && { draw: createRandom(plan.seed), plan };
  }

  clear(): void {
    this.#planned = [];
    this.#random = null;
    this.lagMs = 0;
    this.expiresAfter = null;
    this.betweenPages = null;
  }

  /** The fault of this request, if it has one. */
  take(path: string): Fault | null {
    if (this.expiresAfter !== null && this.expiresAfter-- <= 0) {
      this.expiresAfter = 0;
      return { kind: 'unauthorized' };
    }
    const planned = this.#planned.find((entry) => entry.left > 0 && (!entry.path || entry.path.test(path)));
    if (planned) {
      planned.left--;
      return planned.fault;
    }
    if (!this.#random) return null;
    const { draw, plan } = this.#random;
    return draw() < plan.rate ? plan.among[Math.floor(draw() * plan.among.length)]! : null;
  }
}
