import { dayMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import type { Timeline } from '../../view/timeline.ts';
import type { DoneSpan, ItemView, ProjectView } from '../../view/view.ts';
import { itemCalled } from '../../view/item-key.ts';

/** A stretch of time, its end not included. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** Why nobody could, or did, go on (metrics.md 2.2). */
export const idleReasons = ['flagged', 'status', 'link', 'stalled'] as const;
export type IdleReason = (typeof idleReasons)[number];

/** So long without any activity is a stall, counted from the last activity. */
const stallMs = 5 * dayMs;
const blockedBy = 'blocked-by:';

/**
 * The stretches of one item within [from, to) in which it was flagged, in a blocked status, waiting for an item that was
 * not done, or left alone for five days (metrics.md 2.2), by reason. Stretches of one reason do not overlap; those of
 * several may: see `lengthOf`. A blocker of which nothing is kept is not counted.
 */
export function idleSpans(
  view: ProjectView,
  item: ItemView,
  { from, to }: Span,
): Readonly<Record<IdleReason, readonly Span[]>> {
  const { past } = item;
  const clip = (spans: readonly Span[]) => union(spans.map((span) => clipped(span, from, to)).filter(hasLength));
  return {
    flagged: clip(spansWhere(past.flagged, (flag) => flag, to)),
    status: clip(spansWhere(past.status, ({ isBlocked }) => isBlocked, to)),
    link: clip(waits(view, item, to)),
    stalled: clip(stalls(past.activity, { from, to })),
  };
}

/** Length in milliseconds of all spans together, an overlap counted once (vector T14). */
export function lengthOf(spans: readonly Span[]): number {
  return union(spans).reduce((sum, { from, to }) => sum + to - from, 0);
}

/** The same stretches in order and without overlaps. */
function union(spans: readonly Span[]): readonly Span[] {
  if (spans.length < 2) return spans;
  const merged: { from: Instant; to: Instant }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

function clipped(span: Span, from: Instant, to: Instant): Span {
  return { from: Math.max(span.from, from), to: Math.min(span.to, to) };
}

function hasLength({ from, to }: Span): boolean {
  return to > from;
}

function spansWhere<T>(timeline: Timeline<T>, holds: (value: T) => boolean, end: Instant): readonly Span[] {
  if (timeline.length === 1 && !holds(timeline[0].value)) return noSpans;
  return timeline.flatMap(({ at, value }, index) =>
    holds(value) ? [{ from: at, to: timeline[index + 1]?.at ?? end }] : [],
  );
}

const noSpans: readonly Span[] = [];

/** While it was linked to a blocker, and that blocker was there and not done. */
function waits(view: ProjectView, { past }: ItemView, end: Instant): readonly Span[] {
  const links = new Set(past.links.flatMap(({ value }) => value.filter((link) => link.startsWith(blockedBy))));
  if (links.size === 0) return noSpans;
  return [...links].flatMap((link) => {
    const key = link.slice(blockedBy.length);
    const blocker = itemCalled(view, key) ?? view.goneByKey.get(key);
    if (!blocker) return [];
    const linked = spansWhere(past.links, (value) => value.includes(link), end);
    return linked
      .flatMap((span) => openSpans(blocker, end).map((open) => clipped(open, span.from, span.to)))
      .filter(hasLength);
  });
}

function openSpans({ createdAt, goneAt, doneSpans }: ItemView, end: Instant): readonly Span[] {
  const starts = [createdAt, ...doneSpans.flatMap(({ until }: DoneSpan) => until ?? [])];
  return starts.map((from, index) => ({ from, to: Math.min(doneSpans[index]?.from ?? end, goneAt ?? end) }));
}

/** From one sign of life to the next, where they are five days or more apart. */
function stalls(activity: readonly Instant[], { from, to }: Span): readonly Span[] {
  const spans: Span[] = [];
  let last = from;
  for (const at of activity) {
    if (at <= from) continue;
    if (at >= to) break;
    if (at - last >= stallMs) spans.push({ from: last, to: at });
    last = at;
  }
  if (to - last >= stallMs) spans.push({ from: last, to });
  return spans;
}
