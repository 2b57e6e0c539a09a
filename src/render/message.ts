import type { Block, KnownBlock } from '@slack/types';

/** What one post to Slack carries. `text` is the notification and what a screen reader says. */
export interface Part {
  readonly text: string;
  readonly blocks: readonly (KnownBlock | Block)[];
}

/** A message and what goes on in its thread. */
export interface Message extends Part {
  readonly replies: readonly Part[];
}
