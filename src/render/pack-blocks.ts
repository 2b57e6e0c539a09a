import type { Block, List } from './document.ts';
import { slackLimits } from './slack-limits.ts';
import { fitsTableBlock, tableAsCode } from './slack-table.ts';
import type { Measure } from './split-block.ts';
import { splitBlock } from './split-block.ts';

/** Pieces that fill a part evenly: eight to a message. */
const pieceCost = slackLimits.budget / 8;
/** With less room than this a list begins in the next part rather than be torn. */
const worthSplitting = slackLimits.budget / 4;

export interface Size {
  readonly cost: number;
  readonly blocks: number;
}

interface Part {
  readonly blocks: Block[];
  cost: number;
  count: number;
  hasTable: boolean;
}

/**
 * Blocks in parts that Slack takes as one message each. `sizeOf` says what a block takes alone; together blocks take
 * no more than the sum. A heading stays with what it is the heading of; only what must be torn is torn.
 */
export function packBlocks(blocks: readonly Block[], sizeOf: (block: Block) => Size): Block[][] {
  const measure: Measure = (block) => sizeOf(block).cost;
  const parts: Part[] = [];
  const room = () => slackLimits.budget - (parts.at(-1)?.cost ?? slackLimits.budget);
  const push = (unit: readonly Block[], isNew: boolean) => {
    const sizes = unit.map(sizeOf);
    const cost = sizes.reduce((sum, size) => sum + size.cost, 0);
    const count = sizes.reduce((sum, size) => sum + size.blocks, 0);
    let part = parts.at(-1);
    if (!part || isNew || cost > room() || part.count + count > slackLimits.blocks) {
      part = { blocks: [], cost: 0, count: 0, hasTable: false };
      parts.push(part);
    }
    for (const block of unit) append(part.blocks, block);
    part.cost += cost;
    part.count += count;
    part.hasTable ||= unit.some((block) => block.type === 'table');
  };

  for (const unit of unitsOf(blocks)) {
    const body = asSlackTakes(unit.at(-1)!, parts.at(-1)?.hasTable ?? false);
    const headings = unit.slice(0, -1);
    const cost = [...headings, body].reduce((sum, block) => sum + measure(block), 0);
    const isTearable = body.type === 'list' || body.type === 'code';
    if (cost <= room()) push([...headings, body], false);
    else if (cost <= slackLimits.budget && !(isTearable && room() >= worthSplitting)) {
      push([...headings, asSlackTakes(unit.at(-1)!, false)], true);
    } else {
      const [first, ...rest] = splitBlock(body, pieceCost, measure);
      push(first ? [...headings, first] : headings, false);
      for (const piece of rest) push([piece], false);
    }
  }
  return parts.map((part) => part.blocks);
}

/** Each block with the headings right above it. A heading that is a text of its own stands alone. */
function unitsOf(blocks: readonly Block[]): Block[][] {
  const units: Block[][] = [];
  let headings: Block[] = [];
  for (const block of blocks) {
    headings.push(block);
    const isShort = block.type === 'heading' && headings.length < 4 && JSON.stringify(block).length < pieceCost;
    if (isShort) continue;
    units.push(headings);
    headings = [];
  }
  return headings.length > 0 ? [...units, headings] : units;
}

function asSlackTakes(block: Block, hasTable: boolean): Block {
  return block.type === 'table' && (hasTable || !fitsTableBlock(block)) ? tableAsCode(block) : block;
}

/** Pieces of one list that came into the same part become one list again. */
function append(blocks: Block[], block: Block): void {
  const last = blocks.at(-1);
  if (block.type === 'list' && last?.type === 'list' && continues(last, block)) {
    blocks[blocks.length - 1] = { ...last, items: [...last.items, ...block.items] };
  } else {
    blocks.push(block);
  }
}

function continues(last: List, next: List): boolean {
  return next.ordered === last.ordered && (next.start ?? 1) > 1 && (last.start ?? 1) + last.items.length === next.start;
}
