import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/lib/clock.ts';
import type { Cursor, Page, PullOptions, Source } from '../../src/sources/source.ts';
import { Facts } from './facts.ts';
import type { Summary } from './facts.ts';

/** A tool behind real HTTP with a source that reads it, and the handles to disturb them. */
export interface Rig {
  /** A new source, as after a restart of the process. */
  open(): Source;
  readonly clock: Clock;
  /** What the tool holds now, which is what a pull has to end with. */
  truth(): Summary;
  /** Requests since the last call. */
  takeRequests(): number;
  /** The next answer is a refusal for too many requests; the one after `count` others is cut in its middle. */
  refuseNext(): void;
  cutNext(): void;
  /** Changes an item that exists, so that a pull finds it changed. */
  touch(): void;
  /** Breaches of the tool's rules, in words. */
  readonly violations: readonly string[];
  close(): Promise<void>;
}

export async function pullAll(
  rig: Rig,
  facts: Facts,
  from: Cursor | null,
  options: Partial<PullOptions> & { readonly pages?: number; readonly times?: number } = {},
): Promise<{ cursor: Cursor | null; pages: number; records: number }> {
  let cursor = from;
  let pages = 0;
  let records = 0;
  const signal = new AbortController().signal;
  for await (const page of rig.open().pull(from, { isFull: options.isFull ?? false }, signal)) {
    pages++;
    records += page.records.filter(({ kind }) => kind === 'item' || kind === 'history').length;
    for (let time = 0; time < (options.times ?? 1); time++) facts.apply(page.records, rig.clock.now());
    cursor = throughJson(page.cursor);
    if (pages === options.pages) break;
  }
  return { cursor, pages, records };
}

/** A cursor lives in a database as JSON: what does not survive that is lost at the next start. */
function throughJson(cursor: Page['cursor']): Cursor {
  const copy = JSON.parse(JSON.stringify(cursor)) as Cursor;
  expect(copy).toEqual(cursor);
  return copy;
}

/** What every source promises, whatever tool it reads. */
export function describeSource(name: string, build: () => Promise<Rig>): void {
  describe(`${name} as a source`, () => {
    let rig: Rig;
    beforeEach(async () => {
      rig = await build();
    });
    afterEach(async () => {
      const { violations } = rig;
      await rig.close();
      expect(violations).toEqual([]);
    });

    it('pulls everything, and then nothing again', async () => {
      const facts = new Facts();
      const first = await pullAll(rig, facts, null);
      expect(facts.summary()).toEqual(rig.truth());
      const second = await pullAll(rig, facts, first.cursor);
      expect(second.records).toBe(0);
      expect(facts.summary()).toEqual(rig.truth());
    });

    it('finds what changed since', async () => {
      const facts = new Facts();
      const { cursor } = await pullAll(rig, facts, null);
      rig.touch();
      const again = await pullAll(rig, facts, cursor);
      expect(again.records).toBeGreaterThan(0);
      expect(facts.summary()).toEqual(rig.truth());
    });

    it('waits out a refusal and asks again for a cut answer, at every request', async () => {
      await pullAll(rig, new Facts(), null);
      const requests = rig.takeRequests();
      const facts = new Facts();
      let sent = 0;
      for await (const page of rig.open().pull(null, { isFull: false }, new AbortController().signal)) {
        facts.apply(page.records, rig.clock.now());
        if (sent++ % 2 === 0) rig.refuseNext();
        else rig.cutNext();
      }
      expect(facts.summary()).toEqual(rig.truth());
      expect(rig.takeRequests()).toBeGreaterThan(requests);
    });

    it('goes on from the cursor of any page', async () => {
      const { pages } = await pullAll(rig, new Facts(), null);
      expect(pages).toBeGreaterThan(2);
      for (let killedAfter = 1; killedAfter < pages; killedAfter++) {
        const facts = new Facts();
        const { cursor } = await pullAll(rig, facts, null, { pages: killedAfter });
        await pullAll(rig, facts, cursor);
        expect(facts.summary()).toEqual(rig.truth());
      }
    });

    it('gets to the end however often it is killed', async () => {
      const facts = new Facts();
      let cursor: Cursor | null = null;
      let starts = 0;
      for (let isOver = false; !isOver; starts++) {
        const killed = 4;
        const part = await pullAll(rig, facts, cursor, { pages: killed });
        cursor = part.cursor;
        isOver = part.pages < killed;
        expect(starts).toBeLessThan(100);
      }
      expect(starts).toBeGreaterThan(1);
      expect(facts.summary()).toEqual(rig.truth());
    });

    it('may be stored twice, page by page', async () => {
      const facts = new Facts();
      await pullAll(rig, facts, null, { times: 2 });
      expect(facts.summary()).toEqual(rig.truth());
    });

    it('asks for everything again when it is told to', async () => {
      const facts = new Facts();
      const first = await pullAll(rig, facts, null);
      const second = await pullAll(rig, facts, first.cursor, { isFull: true });
      expect(second.records).toBe(first.records);
      expect(facts.summary()).toEqual(rig.truth());
    });

    it('reads a cursor that it cannot know as none', async () => {
      const facts = new Facts();
      await pullAll(rig, facts, { version: 99, place: 'of another time' });
      expect(facts.summary()).toEqual(rig.truth());
    });

    it('stops at once when it is told to', async () => {
      const controller = new AbortController();
      const pull = async () => {
        for await (const page of rig.open().pull(null, { isFull: false }, controller.signal)) {
          expect(page.cursor).toBeTypeOf('object');
          controller.abort(new Error('stopped'));
        }
      };
      await expect(pull()).rejects.toThrow('stopped');
    });

    it('finds nothing wrong with a tool in order', async () => {
      expect(await rig.open().check()).toEqual([]);
    });
  });
}
