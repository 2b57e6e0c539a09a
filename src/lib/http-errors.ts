import { RemoteError } from './errors.ts';

/** Who is spoken to, for errors that people read. */
export interface Party {
  /** `jira` */
  readonly service: string;
  /** `Jira` */
  readonly name: string;
  readonly host: string;
  /** `the token ending …a91f`; never the token. */
  readonly credential: string;
}

/** TLS failures: to ask again changes nothing, and a person has to act. */
const certificateTodo: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'renew the certificate of the host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'name the authority that signed it in NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN: 'name the authority that signed it in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'name the authority that signed it in NODE_EXTRA_CA_CERTS',
  ERR_TLS_CERT_ALTNAME_INVALID: 'use the name that stands in the certificate as `host`',
};

export function isCertificateProblem(code: string | null): boolean {
  return code !== null && (Object.hasOwn(certificateTodo, code) || /^(CERT_|ERR_TLS_)/.test(code));
}

export function silentError(
  party: Party,
  request: string,
  why: string,
  code: string | null,
  cause: unknown,
): RemoteError {
  const todo = code !== null && Object.hasOwn(certificateTodo, code) ? certificateTodo[code]! : hostTodo(party, code);
  return new RemoteError(party.service, `${party.name} at ${party.host} gave no usable answer to ${request}: ${why}`, {
    todo,
    cause,
  });
}

function hostTodo({ host }: Party, code: string | null): string {
  if (code === 'ENOTFOUND') return `check \`host\`: there is no server named ${host}`;
  if (code === 'ECONNREFUSED') return `check \`host\`: nothing listens at ${host}`;
  return `check that ${host} can be reached from here`;
}

export function redirectError(party: Party, request: string, status: number, location: string | null): RemoteError {
  const target =
    location && URL.canParse(location, `https://${party.host}`)
      ? new URL(location, `https://${party.host}`).host
      : null;
  return new RemoteError(
    party.service,
    `${party.name} at ${party.host} sends ${request} elsewhere${target ? `, to ${target}` : ''}; Vigie follows no redirect, so that the token goes nowhere else`,
    { status, todo: 'put the address where the API itself answers into `host` (scheme and path prefix included)' },
  );
}

export function htmlError(party: Party, request: string): RemoteError {
  return new RemoteError(
    party.service,
    `a login page came instead of JSON: ${party.name} at ${party.host} answered ${request} with HTML`,
    {
      status: 200,
      todo: 'check `host` and the token, and that no single sign-on stands in front of the API',
    },
  );
}

export function sizeError(party: Party, request: string, bytes: number): RemoteError {
  return new RemoteError(
    party.service,
    `${party.name} answered ${request} with more than ${Math.round(bytes / 1024 / 1024)} MB`,
    { todo: 'tell the authors of Vigie: it should have asked for less at once' },
  );
}

/** An error by status, with the words of the other side; they are untrusted, hence short and without control characters. */
export function statusError(
  party: Party,
  request: string,
  refusal: { status: number; text: string; retryAt: number | null; todo?: string | undefined },
): RemoteError {
  const { status, text, retryAt, todo: knownTodo } = refusal;
  const words = messagesOf(text);
  const said = words ? `: ${words}` : '';
  const make = (message: string, todo: string) =>
    new RemoteError(party.service, message, { status, retryAt, todo: knownTodo ?? todo });
  switch (status) {
    case 401:
      return make(
        `${party.name} answers 401 for ${party.credential}${said}`,
        'create a token, put it where the config names it, run `vigie check`',
      );
    case 403:
      return make(
        `${party.name} answers 403 for ${party.credential} at ${request}${said}`,
        'give the owner of the token the right to browse it; if a captcha is due, log in once in a browser',
      );
    case 404:
      return make(
        `${party.name} answers 404 at ${request}${said}`,
        'check the name in the config, `host` with its path prefix, and that the owner of the token may see it',
      );
    case 410:
      return make(`${party.name} no longer has ${request} (410)${said}`, 'update Vigie');
    case 429:
      return make(
        `${party.name} keeps refusing ${request} for its rate limit (429)${said}`,
        'wait: the next pull goes on where this one stopped',
      );
    default:
      if (status >= 500)
        return make(
          `${party.name} keeps failing at ${request} (${status})${said}`,
          `see whether ${party.host} is in trouble; the next pull goes on where this one stopped`,
        );
      return make(`${party.name} refuses ${request} (${status})${said}`, 'check what the config asks for');
  }
}

function messageOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
}

/** Jira's `errorMessages` and `errors`, `message`, or what OAuth calls it; empty when the text is no such JSON. */
function messagesOf(text: string): string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return '';
  }
  if (typeof json !== 'object' || json === null) return '';
  const { errorMessages, errors, message, error, error_description: description } = json as Record<string, unknown>;
  const parts = [
    ...(Array.isArray(errorMessages) ? errorMessages : []),
    // Texts by field, or a list of objects with a message, as GraphQL has them.
    ...(typeof errors === 'object' && errors !== null ? Object.values(errors).map(messageOf) : []),
    message,
    description ?? error,
  ].filter((part) => typeof part === 'string' && part !== '');
  return parts
    .join(' ')
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .slice(0, 300);
}
