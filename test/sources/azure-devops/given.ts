import type { Raw } from './raw.ts';
import type { World } from './world.ts';

export interface Given {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly violation?: string;
}

export const plain = (status: number, body: unknown): Given => ({ status, body });
export const listed = (value: readonly unknown[], headers: Readonly<Record<string, string>> = {}): Given => ({
  status: 200,
  body: { count: value.length, value },
  headers,
});
export const refusal = (status: number, message: string, typeKey = 'VssServiceException') =>
  plain(status, { $id: '1', innerException: null, message, typeName: typeKey, typeKey, errorCode: 0, eventId: 3000 });

export interface Asked {
  readonly world: World;
  readonly method: string;
  readonly query: URLSearchParams;
  readonly body: Raw;
  readonly base: string;
  readonly batchSize: number;
}
