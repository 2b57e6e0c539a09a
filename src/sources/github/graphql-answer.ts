import { RemoteError } from '../../lib/errors.ts';
import { ownValue } from '../reading/values.ts';
import { errorsIn } from './refusal.ts';
import type { GraphqlError } from './refusal.ts';

/** What this GitHub does not know: an Enterprise Server is older than github.com. */
export class UnknownToGithub extends RemoteError {
  constructor(what: string) {
    super('github', `this GitHub does not know what it was asked for: ${what}`, {
      status: 400,
      todo: 'update the Enterprise Server, or take `board` out of the scope if it has no such boards',
    });
  }
}

/** GraphQL answers 200 with errors: within what there is, a null says that it was not found or not allowed. */
export function dataOf(json: unknown): unknown {
  const errors = errorsIn(json);
  const unknown = errors.find(isUnknown);
  if (unknown) throw new UnknownToGithub(unknown.text);
  const data = ownValue(json, 'data') ?? null;
  const serious = errors.find((error) => data === null || !isMissing(error));
  if (!serious) return data;
  throw new RemoteError('github', `GitHub refuses a query: ${serious.text}`, {
    status: statuses[serious.type ?? ''] ?? null,
    todo: todos[serious.type ?? ''] ?? 'pull again; if it stays, tell the authors of Vigie',
  });
}

function isUnknown({ code, text }: GraphqlError): boolean {
  const codes = /^(undefinedField|undefinedType|argumentLiteralsIncompatible|argumentNotAccepted)$/;
  return codes.test(code ?? '') || /doesn't exist on type|isn't a defined type|Cannot query field/.test(text);
}

/**
 * Something that is gone, or a part of an element that the token may not see, such as a parent in another repository. A
 * whole list that it may not see is no empty list.
 */
function isMissing({ type, path }: GraphqlError): boolean {
  if (type !== 'NOT_FOUND' && type !== 'FORBIDDEN') return false;
  const isById = path[0] === 'node' || path[0] === 'nodes';
  return isById || path.length > 4 || (type === 'NOT_FOUND' && path[0] === 'repositoryOwner');
}

const statuses: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  INVALID_CURSOR_ARGUMENTS: 422,
};
const seeIt = 'give the token read access to it, and let its organization approve the token';
const todos: Readonly<Record<string, string>> = {
  NOT_FOUND: 'check the name in the config, and that the token may see it',
  FORBIDDEN: seeIt,
  INSUFFICIENT_SCOPES: 'give the classic token the scopes `repo` and `read:project`',
};
