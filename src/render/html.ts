import { escapeHtml } from './escape-html.ts';
import { pageStyle } from './html-style.ts';
import type { Align, Block, Cell, Document, Inline, List, Table } from './document.ts';
import { firstLine } from './plain-text.ts';

/** A document as a fragment of HTML. Everything that came from outside is escaped; links are http(s) only. */
export function toHtml(document: Document): string {
  const { children, pictures = [] } = document;
  const threads = children.findIndex((child) => child.type === 'section' && child.name === 'thread');
  const end = threads === -1 ? children.length : threads;
  return [
    ...children.slice(0, end).map(block),
    ...pictures.map(({ svg }) => `<figure>\n${svg}\n</figure>`),
    ...children.slice(end).map(block),
  ].join('\n');
}

/**
 * Documents as a page that stands alone: for a browser, a phone, paper and an attachment. No script, nothing loaded.
 * The title is the first line that says something, unless one is given.
 */
export function toHtmlPage(documents: readonly Document[], title?: string): string {
  const name = title ?? (firstLine(documents.flatMap((document) => document.children)) || 'Vigie');
  const [first] = documents;
  const articles = documents.map(
    (document) => `<article lang="${escapeHtml(document.locale)}">\n${toHtml(document)}\n</article>`,
  );
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(first?.locale ?? 'en')}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(name)}</title>`,
    `<style>${pageStyle}</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...articles,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function block(node: Block): string {
  switch (node.type) {
    case 'heading':
      return `<h${node.level}>${inlines(node.children)}</h${node.level}>`;
    case 'paragraph':
      return `<p>${inlines(node.children)}</p>`;
    case 'list':
      return list(node);
    case 'table':
      return table(node);
    case 'quote':
      return `<blockquote>\n${node.children.map(block).join('\n')}\n</blockquote>`;
    case 'code':
      return `<pre><code>${escapeHtml(node.text)}</code></pre>`;
    case 'rule':
      return '<hr>';
    case 'section':
    default:
      return `<section class="${node.name}">\n${node.children.map(block).join('\n')}\n</section>`;
  }
}

function list(node: List): string {
  const tag = node.ordered ? 'ol' : 'ul';
  const start = node.ordered && (node.start ?? 1) !== 1 ? ` start="${node.start}"` : '';
  const items = node.items.map((item) => {
    const [only] = item;
    const isLine = item.length === 1 && only?.type === 'paragraph';
    return `<li>${isLine ? inlines(only.children) : item.map(block).join('\n')}</li>`;
  });
  return `<${tag}${start}>\n${items.join('\n')}\n</${tag}>`;
}

/** Wide tables scroll in their own box, so that the page does not. */
function table(node: Table): string {
  const cells = (row: readonly Cell[], tag: 'th' | 'td') =>
    row.map((cell, column) => `<${tag}${alignment(node.align?.[column])}>${inlines(cell)}</${tag}>`).join('');
  const body = node.rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n');
  const head = `<thead><tr>${cells(node.header, 'th')}</tr></thead>`;
  return `<div class="table"><table>\n${head}\n<tbody>\n${body}\n</tbody>\n</table></div>`;
}

function alignment(align: Align | null | undefined): string {
  return align === 'right' || align === 'center' ? ` class="${align}"` : '';
}

function inlines(nodes: readonly Inline[]): string {
  return nodes.map(inline).join('');
}

function inline(node: Inline): string {
  switch (node.type) {
    case 'text':
      return escapeHtml(node.text);
    case 'code':
      return `<code>${escapeHtml(node.text)}</code>`;
    case 'break':
      return '<br>';
    case 'strong':
      return `<strong>${inlines(node.children)}</strong>`;
    case 'emphasis':
      return `<em>${inlines(node.children)}</em>`;
    case 'strike':
      return `<s>${inlines(node.children)}</s>`;
    case 'link':
    default: {
      const label = inlines(node.children);
      if (!/^https?:\/\//i.test(node.url)) return label;
      return `<a href="${escapeHtml(node.url)}" rel="noopener noreferrer">${label}</a>`;
    }
  }
}
