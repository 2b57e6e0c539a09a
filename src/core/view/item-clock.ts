import { dayMs } from '../time/instant.ts';
import type { Instant } from '../time/instant.ts';
import { withoutSlack } from './timeline.ts';
import type { Timeline } from './timeline.ts';
import type { DoneSpan, ItemView, StatusValue } from './view.ts';

/** First entry into a started status, creation in one included (metrics.md 2.1); backward moves do not reset it. */
export function startOf(status: Timeline<StatusValue>): Instant | null {
  return status.find(({ value }) => value.phase === 'started')?.at ?? null;
}

const noSpans: readonly DoneSpan[] = [];

/**
 * Stretches of being done, oldest first. From one done status to another goes on; a stretch that ends at the instant
 * where it began (several changes in one history entry) never was.
 */
export function doneSpansOf(status: Timeline<StatusValue>): readonly DoneSpan[] {
  const spans: DoneSpan[] = [];
  let from: Instant | null = null;
  for (const { at, value } of status) {
    if (value.phase === 'done') {
      from ??= at;
    } else if (from !== null) {
      if (at > from) spans.push({ from, until: at });
      from = null;
    }
  }
  if (from !== null) spans.push({ from, until: null });
  return spans.length === 0 ? noSpans : withoutSlack(spans);
}

/** When the item was last finished, as known at `at`; null while it was open then, or when that time is not known. */
export function doneAtOf(item: ItemView, at: Instant): Instant | null {
  if (!item.isDoneTimeKnown) return null;
  return spanAt(item, at)?.from ?? null;
}

/** Whether it was done then, whatever became of it after. */
export function isDoneAt(item: ItemView, at: Instant): boolean {
  return spanAt(item, at) !== undefined;
}

function spanAt({ doneSpans }: ItemView, at: Instant): DoneSpan | undefined {
  for (let index = doneSpans.length - 1; index >= 0; index -= 1) {
    const span = doneSpans[index]!;
    if (span.from <= at) return span.until === null || span.until > at ? span : undefined;
  }
  return undefined;
}

/** Was the item in the project at `at`? */
export function existsAt({ createdAt, goneAt, absences }: ItemView, at: Instant): boolean {
  if (createdAt > at || (goneAt !== null && goneAt <= at)) return false;
  return absences.length === 0 || !absences.some(({ from, until }) => (from === null || from <= at) && at < until);
}

/** A stretch of time without its end. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** The parts of a stretch at which the item was in the project, oldest first; some may be empty, and one there always is. */
export function presentIn({ createdAt, goneAt, absences }: ItemView, { from, until }: Span): readonly Span[] {
  let parts: readonly Span[] = [{ from: Math.max(from, createdAt), until: Math.min(until, goneAt ?? Infinity) }];
  for (const { from: leftAt, until: backAt } of absences)
    parts = parts.flatMap((part) => [
      { from: part.from, until: Math.min(part.until, leftAt ?? -Infinity) },
      // Back before it left, by a clock that was set back: it was never away.
      { from: Math.max(part.from, backAt, leftAt ?? -Infinity), until: part.until },
    ]);
  return parts;
}

/**
 * The finish that counts for a promise (metrics.md 1.1, `A`): first entry into done that is not reverted within 24 h.
 * Later reopenings do not move it.
 */
export function firstFinishOf(item: ItemView): Instant | null {
  if (!item.isDoneTimeKnown) return null;
  return item.doneSpans.find(({ from, until }) => until === null || until - from > dayMs)?.from ?? null;
}

/** Instants at which a done item was opened again, oldest first. */
export function reopeningsOf({ doneSpans }: ItemView): readonly Instant[] {
  return doneSpans.flatMap(({ until }) => (until === null ? [] : [until]));
}
