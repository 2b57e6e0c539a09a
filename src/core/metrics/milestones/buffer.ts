/** A chain of work with a buffer behind it, in working days. */
export interface BufferInput {
  readonly bufferDays: number;
  /** By how much the end of the chain is forecast to be later than planned; below 0 it is early. */
  readonly usedDays: number;
  readonly chainDays: number;
  readonly remainingChainDays: number;
}

export type BufferZone = 'green' | 'yellow' | 'red';

export interface Buffer {
  /** Part of the buffer that is used; may exceed 1, never below 0. */
  readonly penetration: number;
  /** Part of the chain that is done, 0 to 1; null without a chain. */
  readonly complete: number | null;
  /** How fast the buffer is used against how fast the work goes; null at the beginning. */
  readonly burn: number | null;
  readonly zone: BufferZone | null;
}

/** The lines of the fever chart: a convention, over which authors differ (metrics.md 1.7). */
const redLine = { start: 0.3, slope: 0.6 };
const yellowLine = { start: 0.15, slope: 0.6 };

/** Critical chain buffer (metrics.md 1.7, vector T9); null without a buffer: then none was planned, and none can burn. */
export function measureBuffer(input: BufferInput): Buffer | null {
  const { bufferDays, usedDays, chainDays, remainingChainDays } = input;
  if (bufferDays <= 0) return null;
  const penetration = Math.max(0, usedDays / bufferDays);
  const complete = chainDays > 0 ? Math.min(1, Math.max(0, 1 - remainingChainDays / chainDays)) : null;
  return {
    penetration,
    complete,
    burn: complete === null || complete === 0 ? null : penetration / complete,
    zone: complete === null ? null : zoneOf(penetration, complete),
  };
}

/** Where a point of the fever chart lies. */
export function zoneOf(penetration: number, complete: number): BufferZone {
  const isAbove = (line: typeof redLine) => penetration > line.start + line.slope * complete;
  if (isAbove(redLine)) return 'red';
  return isAbove(yellowLine) ? 'yellow' : 'green';
}
