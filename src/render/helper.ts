/** What Handlebars hands to a helper besides its arguments. */
export interface HelperCall {
  /** `name=value` pairs. */
  readonly named: Readonly<Record<string, unknown>>;
  /** The whole report. */
  readonly root: Readonly<Record<string, unknown>>;
  /** What the block says for the present context; an empty text outside blocks. */
  readonly body: () => string;
}

/** Arguments in, text or a value for another helper out. Text is escaped by the engine unless it is `Markdown`. */
export type Helper = (args: readonly unknown[], call: HelperCall) => unknown;
export type Helpers = Readonly<Record<string, Helper>>;

/** Text that a helper wrote as Markdown, its values already escaped. */
export class Markdown {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Where a number or a date should stand and is not known. */
export const absent = '–';

/** A mistake of a template, to be read by who writes it. */
export class HelperError extends Error {
  override readonly name = 'HelperError';
}

export function expected(what: string, found: unknown): never {
  throw new HelperError(`expected ${what}, found ${describe(found)}`);
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing (is the name right?)';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : expected('a number', value);
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : expected('a text', value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : expected('a list', value);
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  return expected('an object', value);
}
