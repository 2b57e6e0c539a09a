import type { Refusal } from '../../lib/http-attempt.ts';
import type { HttpAnswer } from '../../lib/http.ts';
import { ownValue } from '../reading/values.ts';

/**
 * What an answer of GitHub means where its status does not say it. Limits come with 403: the primary one with an empty
 * `x-ratelimit-remaining`, secondary ones with `retry-after` or with nothing but their words. GraphQL answers 200
 * whatever happened.
 */
export function readRefusal({ status, headers, json }: HttpAnswer): Refusal | null {
  const message = textOf(ownValue(json, 'message'));
  if (status === 403) {
    const isLimit =
      headers.has('retry-after') ||
      headers.get('x-ratelimit-remaining') === '0' ||
      /secondary rate limit|abuse detection|rate limit exceeded/i.test(message);
    return isLimit ? { status: 429, message: message || 'rate limit' } : null;
  }
  if (status !== 200) return null;
  const errors = errorsIn(json);
  if (errors.some(({ type, text }) => type === 'RATE_LIMITED' || /secondary rate limit/i.test(text)))
    return { status: 429, message: errors[0]!.text };
  const hasNothing = (ownValue(json, 'data') ?? null) === null;
  if (hasNothing && errors.some(({ type, text }) => type === null && isOutage(text)))
    return { status: 502, message: errors[0]!.text };
  return null;
}

export interface GraphqlError {
  readonly type: string | null;
  /** `undefinedField` for what this GitHub does not know. */
  readonly code: string | null;
  readonly text: string;
  readonly path: readonly unknown[];
}

/** Errors of a GraphQL answer; none for one of REST. */
export function errorsIn(json: unknown): readonly GraphqlError[] {
  const errors = ownValue(json, 'errors');
  if (!Array.isArray(errors)) return [];
  return errors.map((error: unknown) => {
    const type = ownValue(error, 'type');
    const code = ownValue(ownValue(error, 'extensions'), 'code');
    const path = ownValue(error, 'path');
    return {
      type: typeof type === 'string' ? type : null,
      code: typeof code === 'string' ? code : null,
      text: textOf(ownValue(error, 'message')),
      path: Array.isArray(path) ? path : [],
    };
  });
}

function isOutage(text: string): boolean {
  return /something went wrong|timed? ?out|timeout|try again/i.test(text);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
