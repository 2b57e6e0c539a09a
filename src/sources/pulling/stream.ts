import { z } from 'zod';
import { overlapMs } from './page-of.ts';

/** The shape of a stream in a cursor. */
export const streamOf = <Walk extends z.ZodType>(walk: Walk) =>
  z.object({
    /** From when on the next walk reads; null for everything. */
    watermark: z.number().nullable(),
    /** What was told and may be given again: id to time of its last change. */
    recent: z.record(z.string(), z.number()),
    walk: walk.nullable(),
  });

export const startStream = () => ({ watermark: null, recent: {}, walk: null });

/** What of a list is told: up to when, and what the next walk will be given again. */
export interface Stream<Walk> {
  watermark: number | null;
  /** Id to time of its last change. */
  recent: Record<string, number>;
  walk: Walk | null;
}

/** An element by its id and the time of its last change; null for what it does not say. */
export type Stamp = readonly [id: string | null, at: number | null];

interface Begun {
  /** The tool's clock when the walk began. */
  readonly serverAt: number;
}

export function isTold({ recent }: Stream<unknown>, [id, at]: Stamp): boolean {
  return id !== null && Object.hasOwn(recent, id) && recent[id] === at;
}

/** Only what the next walk will be given again. */
export function remember({ recent }: Stream<unknown>, { serverAt }: Begun, [id, at]: Stamp): void {
  if (id !== null && at !== null && at >= serverAt - overlapMs) recent[id] = at;
}

/** The watermark moves only at the end of a walk: to the tool's clock at its start, less the overlap. */
export function finish<Walk extends Begun>(stream: Stream<Walk>, { serverAt }: Walk): void {
  const watermark = serverAt - overlapMs;
  stream.watermark = watermark;
  stream.walk = null;
  stream.recent = Object.fromEntries(Object.entries(stream.recent).filter(([, at]) => at >= watermark));
}
