import type { Chart } from '../../core/reports/charts/chart.ts';
import type { Block, Document, List } from '../document.ts';
import { firstLine, plainText } from '../plain-text.ts';
import { render } from '../templates.ts';
import type { Templates } from '../templates.ts';

/** The words of a chart in one language. */
export interface ChartWords {
  /** The point of the picture. */
  readonly title: string;
  /** What it is about, and as of when. */
  readonly subtitle: string;
  /** For those who do not see it, and where it cannot be shown: its point and the figures behind it. */
  readonly alt: string;
  /** The words of a code, of which there may be several; throws on one that the template does not have. */
  readonly label: (code: string, index?: number) => string;
}

/**
 * The template of a chart is a title, a paragraph below it, a paragraph for who does not see the picture, and a list of
 * the words in it: `` - `code` words ``.
 */
export function chartWords(templates: Templates, chart: Chart, locale: string): ChartWords {
  const document = render(templates, chart, locale);
  const [title, subtitle, rest] = document.children
    .filter((block) => block.type === 'heading' || block.type === 'paragraph')
    .map(({ children }) => plainText(children));
  if (!title || !subtitle || !rest)
    throw new Error(`template ${chart.kind} (${locale}): expected a title and two paragraphs, found less`);
  const labels = document.children.filter(isList).flatMap(({ items }) => items.map(labelOf));
  return {
    title,
    subtitle,
    alt: `${title}. ${rest}`,
    label: (code, index = 0) => {
      const words = labels.filter((label) => label.code === code)[index]?.words;
      if (words === undefined)
        throw new Error(`template ${chart.kind} (${locale}): expected words for ${code}, found none`);
      return words;
    },
  };
}

function isList(block: Document['children'][number]): block is List {
  return block.type === 'list';
}

function labelOf(item: readonly Block[]): { readonly code: string; readonly words: string } {
  const [paragraph] = item;
  const [code, ...words] = paragraph?.type === 'paragraph' ? paragraph.children : [];
  return code?.type === 'code'
    ? { code: code.text, words: plainText(words).trim() }
    : { code: '', words: firstLine(item) };
}
