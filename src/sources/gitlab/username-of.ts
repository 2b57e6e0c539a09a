import { ownValue } from '../reading/values.ts';

/** User name of a person; null for a ghost. It stands in system notes too, which know no ids. */
export function usernameOf(user: unknown): string | null {
  const username = ownValue(user, 'username');
  return typeof username === 'string' && username !== '' ? username : null;
}
