import type { Surface } from './block-shapes.ts';
import { checkBlock, failTable, textOf } from './block-shapes.ts';
import type { BlockError } from './shape.ts';
import { countCharacters, isObject, kindOf } from './shape.ts';

export type { BlockError, Surface };

export interface Verdict {
  /** Slack's word for it (`invalid_blocks`, `msg_blocks_too_long`, `no_text`); null when it would be taken. */
  readonly error: string | null;
  readonly errors: readonly BlockError[];
}

/** Blocks of a message, modal or home tab. */
const maxBlocks: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };
const maxText = 40_000;
/** Slack truncates at 40,000 but already splits a plain text message at 4,000. */
const maxPlainText = 4_000;
/** Measured from outside (bolt-js 2509, 2867): 12,000 characters of text, less about 125 for each container of blocks. */
const budget = 12_000;
const nodeCost = 125;

/** What would keep Slack from taking these blocks: independent of our own renderer, from the documented limits. */
export function validateBlocks(blocks: unknown, surface: Surface = 'message'): readonly BlockError[] {
  const errors: BlockError[] = [];
  const fail = (error: BlockError) => void errors.push(error);
  if (!Array.isArray(blocks)) {
    const got = kindOf(blocks);
    return [{ pointer: '/blocks', code: 'invalid_type', message: `must provide a valid array, got ${got}` }];
  }
  const most = maxBlocks[surface];
  if (blocks.length > most) {
    fail({
      pointer: '/blocks',
      code: 'too_many_items',
      message: `no more than ${most} items allowed`,
      constraint: { type: 'max_items', expected: most, got: blocks.length },
    });
  }
  const check = checkBlock(surface);
  for (const [index, block] of blocks.entries()) check(block, `/blocks/${index}`, fail);
  errors.push(...repeatedIds(blocks));
  if (surface === 'message') {
    failTable(blocks, fail);
    const markdown = textOf(blocks.filter((block) => isObject(block) && block['type'] === 'markdown'));
    if (markdown > budget) {
      const message = `all markdown blocks together must be less than ${budget + 1} characters`;
      const constraint = { type: 'max_length', expected: budget, got: markdown };
      fail({ pointer: '/blocks', code: 'too_long', message, constraint });
    }
  }
  return errors;
}

function repeatedIds(blocks: readonly unknown[]): BlockError[] {
  const found: BlockError[] = [];
  const seen = new Set<unknown>();
  for (const [index, block] of blocks.entries()) {
    if (!isObject(block)) continue;
    const id = block['block_id'];
    if (id !== undefined && seen.has(id)) {
      found.push({
        pointer: `/blocks/${index}/block_id`,
        code: 'duplicate',
        message: `block_id ${JSON.stringify(id)} already exists`,
      });
    }
    seen.add(id);
    const actions = new Set<unknown>();
    for (const [place, element] of (Array.isArray(block['elements']) ? block['elements'] : []).entries()) {
      const action: unknown = isObject(element) ? element['action_id'] : undefined;
      if (action !== undefined && actions.has(action)) {
        const pointer = `/blocks/${index}/elements/${place}/action_id`;
        found.push({
          pointer,
          code: 'duplicate',
          message: `action_id ${JSON.stringify(action)} already exists in this block`,
        });
      }
      actions.add(action);
    }
  }
  return found;
}

/**
 * The cost of blocks against Slack's undocumented limit for one message: all text by code point, and 125 for each
 * block and each part (section, list, list item, quote, preformatted) of a rich text outside tables.
 */
export function blocksCost(blocks: readonly unknown[]): number {
  return textOf(blocks) + nodeCost * blocks.reduce((sum: number, block) => sum + nodesOf(block), 0);
}

function nodesOf(value: unknown): number {
  if (!isObject(value)) return 0;
  const type = typeOf(value);
  const children = type === 'container' ? value['child_blocks'] : type.startsWith('rich_text') ? value['elements'] : [];
  if (!Array.isArray(children)) return 1;
  const parts = children.filter((child) => type === 'container' || typeOf(child).startsWith('rich_text_'));
  return 1 + parts.reduce((sum: number, part) => sum + nodesOf(part), 0);
}

function typeOf(value: unknown): string {
  return isObject(value) && typeof value['type'] === 'string' ? value['type'] : '';
}

/** What chat.postMessage would say to this message. */
export function validateMessage(message: { readonly text?: unknown; readonly blocks?: unknown }): Verdict {
  const { text, blocks } = message;
  if (text !== undefined && typeof text !== 'string') return { error: 'invalid_arguments', errors: [] };
  const hasBlocks = Array.isArray(blocks) ? blocks.length > 0 : blocks !== undefined;
  if (!hasBlocks && (text === undefined || text === '')) return { error: 'no_text', errors: [] };
  if (text !== undefined && countCharacters(text) > (hasBlocks ? maxText : maxPlainText)) {
    return { error: 'msg_too_long', errors: [] };
  }
  if (!hasBlocks) return { error: null, errors: [] };
  if (!Array.isArray(blocks)) return { error: 'invalid_blocks_format', errors: validateBlocks(blocks) };
  const errors = validateBlocks(blocks);
  if (errors.length > 0) return { error: 'invalid_blocks', errors };
  const cost = blocksCost(blocks);
  if (cost <= budget) return { error: null, errors: [] };
  const constraint = { type: 'max_cost', expected: budget, got: cost };
  return {
    error: 'msg_blocks_too_long',
    errors: [
      { pointer: '/blocks', code: 'too_long', message: 'the blocks hold too much text for one message', constraint },
    ],
  };
}

/** Whether Slack would add previews to what everybody reads: of pictures and videos, unless it is told not to. */
export function isUnfurled(args: Readonly<Record<string, unknown>>): boolean {
  const isQuiet = String(args['unfurl_links']) === 'false' && String(args['unfurl_media']) === 'false';
  return !isQuiet && /https?:\/\//.test(JSON.stringify([args['text'], args['blocks']]));
}
