import type { Block, KnownBlock } from '@slack/types';
import { countCharacters } from './truncate.ts';

export type SlackBlock = KnownBlock | Block;

/** What Slack takes in one message. Characters are Unicode code points. */
export const slackLimits = {
  blocks: 50,
  headerCharacters: 150,
  contextCharacters: 3_000,
  linkCharacters: 3_000,
  urlCharacters: 3_000,
  tableRows: 100,
  tableColumns: 20,
  tableCharacters: 10_000,
  listIndent: 8,
  /** Elements of a list, a section or a quote: not documented; beyond it nobody reads. */
  elements: 1_000,
  /**
   * Undocumented: chat.postMessage answers `msg_blocks_too_long` above about 12,000 characters of text less a buffer
   * of about 125 for each container. Over it the whole message is lost, hence the careful reading of both.
   */
  budget: 12_000,
  containerCost: 125,
} as const;

/** The notification shows about this much; the rest is in the blocks. */
export const fallbackCharacters = 300;

/** The cost of blocks against `slackLimits.budget`. */
export function costOf(blocks: readonly SlackBlock[]): number {
  return blocks.reduce((sum, block) => sum + characters(block) + slackLimits.containerCost * containers(block), 0);
}

function characters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, entry) => sum + characters(entry), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, entry]) =>
      sum + (key === 'text' && typeof entry === 'string' ? countCharacters(entry) : characters(entry)),
    0,
  );
}

/** The block, and in rich text each section, list, list item, quote and preformatted part. Cells of tables are free. */
function containers(value: object): number {
  if (!('type' in value) || !String(value.type).startsWith('rich_text')) return 1;
  const parts = 'elements' in value && Array.isArray(value.elements) ? (value.elements as { type: string }[]) : [];
  return (
    1 + parts.filter((part) => part.type.startsWith('rich_text_')).reduce((sum, part) => sum + containers(part), 0)
  );
}
