/** What one request is answered with. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request as the handlers see it: the path without the site's prefix, values still as text. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The parsed JSON body, null when there is none. */
  readonly body: unknown;
  /** False without credentials: Jira then answers as to anybody, often with 200 and nothing in it. */
  readonly isKnown: boolean;
}

export const ok = (body: unknown): Reply => ({ status: 200, body });

/** Jira's shape of an error. */
export function refuse(status: number, ...errorMessages: readonly string[]): Reply {
  return { status, body: { errorMessages, errors: {} } };
}

/** Thrown where a request breaks a documented rule; it becomes the reply and a line in the list of violations. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly reply: Reply;
  constructor(message: string, status = 400) {
    super(message);
    this.reply = refuse(status, message);
  }
}

/** A whole number of a query or body within limits; outside them a Violation. */
export function wholeNumber(
  value: unknown,
  name: string,
  limits: { min: number; max: number; standard: number },
): number {
  if (value === null || value === undefined || value === '') return limits.standard;
  const number = Number(value);
  if (!Number.isInteger(number) || number < limits.min || number > limits.max) {
    throw new Violation(`${name} must be between ${limits.min} and ${limits.max}, it was ${JSON.stringify(value)}.`);
  }
  return number;
}

export function stringList(value: unknown, name: string): string[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value) || value.some((part) => typeof part !== 'string')) {
    throw new Violation(`Invalid request payload: ${name} must be a list of strings.`);
  }
  return value as string[];
}

/** The JSON object of a body; unknown keys are a Violation, since Jira refuses them too. */
export function bodyObject(call: Call, allowed: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof call.body !== 'object' || call.body === null || Array.isArray(call.body)) {
    throw new Violation('Invalid request payload. Refer to the REST API documentation and try again.');
  }
  const unknown = Object.keys(call.body).filter((key) => !allowed.includes(key));
  if (unknown.length > 0) throw new Violation(`Invalid request payload: unknown ${unknown.join(', ')}.`);
  return call.body as Readonly<Record<string, unknown>>;
}
