import type { ItemKey } from '../../core/model/ids.ts';

/** Where the API of a GitHub is, from where people look at it; `rest` and `graphql` are below `baseUrl`. */
export interface ApiAddress {
  readonly baseUrl: string;
  readonly rest: string;
  readonly graphql: string;
}

/** api.github.com, `api.` before a host at ghe.com, and `/api` below an Enterprise Server. */
export function apiAddress(host: string): ApiAddress {
  const url = new URL(host);
  const isCloud = url.hostname === 'github.com' || url.hostname.endsWith('.ghe.com');
  if (!isCloud) return { baseUrl: `${host}/api`, rest: '/v3', graphql: '/graphql' };
  return { baseUrl: `${url.protocol}//api.${url.host}`, rest: '', graphql: '/graphql' };
}

/** Where people look at an issue; null for a key of another tool. */
export function itemUrlOf(host: string, key: ItemKey): string | null {
  const found = /^([\w.-]+\/[\w.-]+)#([1-9]\d{0,9})$/.exec(key);
  return found ? `${host}/${found[1]}/issues/${found[2]}` : null;
}
