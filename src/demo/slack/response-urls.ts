import { createHash } from 'node:crypto';

/** An address that takes what an app has to say about one interaction. */
export interface ResponseUrl {
  readonly id: string;
  readonly channel: string;
  readonly user: string;
  readonly madeAt: number;
  /** The message that the interaction came from; null for a command. */
  readonly messageTs: string | null;
  uses: number;
}

const lifeMs = 30 * 60_000;
const mostUses = 5;
const triggerLifeMs = 3_000;

/** Response addresses (five uses, thirty minutes) and triggers of modals (three seconds). */
export class ResponseUrls {
  readonly #urls = new Map<string, ResponseUrl>();
  readonly #triggers = new Map<string, { readonly madeAt: number; readonly user: string; isTaken: boolean }>();
  #count = 0;

  make(place: { channel: string; user: string; messageTs: string | null }, now: number): ResponseUrl {
    const url = { ...place, id: this.#name('url', now), madeAt: now, uses: 0 };
    this.#urls.set(url.id, url);
    return url;
  }

  /** The address when it still takes something, counting this use; else Slack's word for why not. */
  use(id: string, now: number): ResponseUrl | 'expired_url' | 'used_url' | 'unknown_url' {
    const url = this.#urls.get(id);
    if (!url) return 'unknown_url';
    if (now - url.madeAt > lifeMs) return 'expired_url';
    if (url.uses >= mostUses) return 'used_url';
    url.uses += 1;
    return url;
  }

  makeTrigger(now: number, user = ''): string {
    const id = `${Math.floor(now)}.${this.#count + 1}.${this.#name('trigger', now)}`;
    this.#triggers.set(id, { madeAt: now, user, isTaken: false });
    return id;
  }

  isTriggerGood(id: string, now: number): boolean {
    const trigger = this.#triggers.get(id);
    return trigger !== undefined && now - trigger.madeAt <= triggerLifeMs;
  }

  /** Whose it is; null when a view was opened with it already. */
  takeTrigger(id: string): string | null {
    const trigger = this.#triggers.get(id);
    if (!trigger || trigger.isTaken) return null;
    trigger.isTaken = true;
    return trigger.user;
  }

  /** Not to be guessed from outside, and the same in every run of a test. */
  #name(kind: string, now: number): string {
    this.#count += 1;
    return createHash('sha256').update(`${kind} ${now} ${this.#count}`).digest('hex').slice(0, 24);
  }
}
