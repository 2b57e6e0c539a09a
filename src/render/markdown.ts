import type { BlockContent, DefinitionContent, Nodes, PhrasingContent, RootContent, TableRow } from 'mdast';
import { directiveFromMarkdown } from 'mdast-util-directive';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { directive } from 'micromark-extension-directive';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Block, Cell, Document, Inline } from './document.ts';
import { decodeMarked, hasMarks, stripMarks } from './escape-markdown.ts';

/**
 * `:name` inside a line is no construct of ours ("8:am" is text). Indented code would turn every indented line of a
 * template into code, and an underline of dashes every paragraph above a rule into a heading.
 */
const extensions = [
  gfmTable(),
  { flow: directive().flow ?? {} },
  { disable: { null: ['codeIndented', 'setextUnderline'] } },
];
const mdastExtensions = [gfmTableFromMarkdown(), directiveFromMarkdown()];

/** Markdown that a template may not write. `line` counts in what the template wrote, not in its file. */
export class MarkdownError extends Error {
  override readonly name = 'MarkdownError';
}

/**
 * Markdown to a document: headings, paragraphs, lists, tables, quotes, code, rules, http(s) links, `:::note` and
 * `:::thread`. A line break in a paragraph is a blank; a backslash at the end of the line keeps it. Raw HTML, images,
 * footnotes, references and other directives are mistakes of a template and throw.
 */
export function parseMarkdown(markdown: string, locale: string): Document {
  const root = fromMarkdown(markdown, { extensions, mdastExtensions });
  return { locale, children: root.children.map((node) => topBlock(node)) };
}

function refuse(node: Nodes, expected: string): never {
  const line = node.position?.start.line ?? 0;
  throw new MarkdownError(`line ${line} of the Markdown: expected ${expected}, found ${node.type}`);
}

function topBlock(node: RootContent): Block {
  if (node.type !== 'containerDirective') return block(node);
  if (node.name !== 'note' && node.name !== 'thread') {
    throw new MarkdownError(
      `line ${node.position?.start.line ?? 0} of the Markdown: expected :::note or :::thread, found :::${node.name}`,
    );
  }
  return { type: 'section', name: node.name, children: node.children.map(block) };
}

function block(node: RootContent | BlockContent | DefinitionContent): Block {
  switch (node.type) {
    case 'heading':
      return { type: 'heading', level: node.depth === 1 ? 1 : node.depth === 2 ? 2 : 3, children: line(node.children) };
    case 'paragraph':
      return { type: 'paragraph', children: line(node.children) };
    case 'blockquote':
      return { type: 'quote', children: node.children.map(block) };
    case 'list': {
      const items = node.children.map((item) => item.children.map(block));
      const start = node.ordered === true ? (node.start ?? 1) : 1;
      return { type: 'list', ordered: node.ordered === true, ...(start === 1 ? {} : { start }), items };
    }
    case 'code':
      return { type: 'code', text: decodeMarked(node.value) };
    case 'thematicBreak':
      return { type: 'rule' };
    case 'table': {
      const [header, ...rows] = node.children.map(cells);
      return { type: 'table', header: header ?? [], rows, align: node.align ?? [] };
    }
    case 'containerDirective':
      return refuse(node, '::: sections at the top only');
    case 'break':
    case 'definition':
    case 'delete':
    case 'emphasis':
    case 'footnoteDefinition':
    case 'footnoteReference':
    case 'html':
    case 'image':
    case 'imageReference':
    case 'inlineCode':
    case 'leafDirective':
    case 'link':
    case 'linkReference':
    case 'listItem':
    case 'strong':
    case 'tableCell':
    case 'tableRow':
    case 'text':
    case 'textDirective':
    case 'yaml':
    default:
      return refuse(node, 'headings, paragraphs, lists, tables, quotes, code, rules or ::: sections');
  }
}

function cells(row: TableRow): readonly Cell[] {
  return row.children.map((cell) => line(cell.children));
}

function line(nodes: readonly PhrasingContent[]): Inline[] {
  const found: Inline[] = [];
  for (const node of nodes) {
    const next = inline(node);
    const last = found.at(-1);
    if (next === null) continue;
    if (next.type === 'text' && last?.type === 'text') {
      found[found.length - 1] = { type: 'text', text: last.text + next.text };
    } else {
      found.push(next);
    }
  }
  return found;
}

/** Null for what holds no text: bold around an empty value must not leave its marks behind. */
function inline(node: PhrasingContent): Inline | null {
  switch (node.type) {
    case 'text': {
      const text = stripMarks(node.value.replace(/[ \t]*\n[ \t]*/g, ' '));
      return text === '' ? null : { type: 'text', text };
    }
    case 'strong':
    case 'emphasis': {
      const children = line(node.children);
      return children.length === 0 ? null : { type: node.type, children };
    }
    case 'inlineCode': {
      const text = decodeMarked(node.value);
      return text === '' ? null : { type: 'code', text };
    }
    case 'link': {
      const children = line(node.children);
      if (hasMarks(node.url)) refuse(node, 'the helper `link` or `item` around an address that comes from a value');
      if (!/^https?:\/\/[^\s]+$/i.test(node.url)) refuse(node, 'an http or https address in a link');
      return children.length === 0 ? null : { type: 'link', url: node.url, children };
    }
    case 'break':
      return { type: 'break' };
    case 'delete':
    case 'footnoteReference':
    case 'html':
    case 'image':
    case 'imageReference':
    case 'linkReference':
    case 'textDirective':
    default:
      return refuse(node, 'text, bold, italic, code or links');
  }
}
