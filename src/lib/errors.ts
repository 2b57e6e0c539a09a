/** One thing wrong with what a person wrote: where, what was expected, what was found, what to do. */
export interface Problem {
  /** `config/vigie.yaml:14:11`, or the name of an argument or an environment variable. */
  readonly where: string;
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  readonly hint?: string;
}

export function formatProblem({ where, path, expected, found, hint }: Problem): string {
  const place = [where, path].filter(Boolean).join(' ');
  return `${place}: expected ${expected}, found ${found}${hint ? `; ${hint}` : ''}`;
}

/** What the user gave cannot be used: all problems at once. The command ends with exit code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

/** A tool on the other side of the network failed or refused, for good or until `retryAt`. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  /** `jira`, `slack`. */
  readonly service: string;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  readonly retryAt: number | null;
  /** What a person can do about it, when we know. */
  readonly todo: string | null;
  constructor(
    service: string,
    message: string,
    options: { status?: number | null; retryAt?: number | null; todo?: string | null; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.service = service;
    this.status = options.status ?? null;
    this.retryAt = options.retryAt ?? null;
    this.todo = options.todo ?? null;
  }
}
