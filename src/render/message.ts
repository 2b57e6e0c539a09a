import type { Block, KnownBlock } from '@slack/types';
import type { Picture } from './document.ts';

/** What one post to Slack carries. `text` is the notification and what a screen reader says. */
export interface Part {
  readonly text: string;
  readonly blocks: readonly (KnownBlock | Block)[];
  /** Shown instead of the blocks, which say the same in words for where it cannot be. */
  readonly picture?: Picture;
}

/** A message and what goes on in its thread. */
export interface Message extends Part {
  readonly replies: readonly Part[];
}
