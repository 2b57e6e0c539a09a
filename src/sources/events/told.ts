import type { PullRequest } from '../../core/model/delivery.ts';
import type { Fields } from '../events-file/fields.ts';

/** What a webhook tells us. */
export type Told =
  /** An event in the words of a file of events; `ref` is the deployment or incident that it is about. */
  | { readonly kind: 'event'; readonly ref: string; readonly event: Fields }
  | { readonly kind: 'change'; readonly service: string; readonly pullRequest: PullRequest }
  /** Nothing that we keep: a ping, a push, a comment. */
  | { readonly kind: 'other' };
