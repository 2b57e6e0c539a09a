import { Violation } from './reply.ts';

const lifeMs = 7 * 86_400_000;

interface Mark {
  /** What the token belongs to: another query may not use it. */
  readonly of: string;
  readonly until: number;
  readonly after: readonly number[];
}

/** Tokens that say where the last page ended; they live seven days and belong to one query. */
export function createPageTokens(now: () => number, lifetimeMs = lifeMs) {
  return {
    write(of: string, after: readonly number[]): string {
      const mark: Mark = { of: digest(of), until: now() + lifetimeMs, after };
      return Buffer.from(JSON.stringify(mark)).toString('base64url');
    },
    /** Where to go on; null without a token. */
    read(of: string, text: unknown): readonly number[] | null {
      if (text === null || text === undefined || text === '') return null;
      const mark = typeof text === 'string' ? parse(text) : null;
      if (!mark) throw new Violation('The provided next page token is invalid or expired.');
      if (mark.of !== digest(of)) throw new Violation('The provided next page token belongs to another query.');
      if (mark.until < now()) throw new Violation('The provided next page token is invalid or expired.');
      return mark.after;
    },
  };
}

export type PageTokens = ReturnType<typeof createPageTokens>;

function parse(text: string): Mark | null {
  try {
    const mark = JSON.parse(Buffer.from(text, 'base64url').toString()) as Partial<Mark>;
    return Array.isArray(mark.after) && typeof mark.until === 'number' && typeof mark.of === 'string'
      ? (mark as Mark)
      : null;
  } catch {
    return null;
  }
}

/** FNV-1a: enough to tell two queries apart. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}
