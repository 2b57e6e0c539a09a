import { isObject } from '../slack/shape.ts';
import { withEmoji } from './emoji.ts';
import { html, joinHtml, nothing } from './html.ts';
import type { Html } from './html.ts';
import type { Reader } from './reader.ts';
import { renderMrkdwn } from './render-mrkdwn.ts';
import { objectsIn, renderRichText, stringIn, withBreaks } from './render-rich-text.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Block Kit as Slack draws it: the kinds that a report uses. What it does not know it names, so that it is seen. */
export function renderBlocks(blocks: readonly unknown[], reader: Reader): Html {
  return joinHtml(blocks.filter(isObject).map((block) => renderBlock(block, reader)));
}

function renderBlock(block: Fields, reader: Reader): Html {
  switch (block['type']) {
    case 'header':
      return html`<h3 class="b-header">${renderText(block['text'], reader)}</h3>`;
    case 'rich_text':
      return html`<div class="b-rich-text">${renderRichText(block, reader)}</div>`;
    case 'section':
      return renderSection(block, reader);
    case 'context':
      return html`<div class="b-context">
        ${objectsIn(block['elements']).map((element) => renderContext(element, reader))}
      </div>`;
    case 'divider':
      return html`<hr class="b-divider" />`;
    case 'table':
      return renderTable(block, reader);
    case 'actions':
      return html`<div class="b-actions">
        ${objectsIn(block['elements']).map((element) => renderElement(element, reader))}
      </div>`;
    case 'image':
      return renderImage(block, reader);
    case 'data_visualization':
      return renderChart(block);
    case 'markdown':
      return html`<div class="b-rich-text">${withBreaks(stringIn(block['text']))}</div>`;
    default:
      return html`<p class="b-unknown">[${stringIn(block['type'])}]</p>`;
  }
}

/** A text object: plain text stays as it is, mrkdwn is marked up. */
function renderText(text: unknown, reader: Reader): Html {
  if (!isObject(text)) return nothing;
  const value = stringIn(text['text']);
  if (text['type'] === 'mrkdwn') return renderMrkdwn(value, reader, { isVerbatim: text['verbatim'] === true });
  return withBreaks(text['emoji'] === false ? value : withEmoji(value));
}

function renderSection(block: Fields, reader: Reader): Html {
  const fields = objectsIn(block['fields']).map((field) => html`<div>${renderText(field, reader)}</div>`);
  const accessory = isObject(block['accessory']) ? renderElement(block['accessory'], reader) : nothing;
  return html`<div class="b-section">
    <div class="b-section-text">
      ${renderText(block['text'], reader)}${fields.length > 0 ? html`<div class="b-fields">${fields}</div>` : nothing}
    </div>
    ${accessory}
  </div>`;
}

function renderContext(element: Fields, reader: Reader): Html {
  if (element['type'] === 'image') return renderPicture(element, 'context-image');
  return html`<span>${renderText(element, reader)}</span>`;
}

function renderImage(block: Fields, reader: Reader): Html {
  const title = isObject(block['title'])
    ? html`<figcaption>${renderText(block['title'], reader)}</figcaption>`
    : nothing;
  return html`<figure class="b-image">${title}${renderPicture(block, 'block-image')}</figure>`;
}

/** The page loads nothing from outside: a picture elsewhere is told by its alternative text. */
function renderPicture(element: Fields, kind: string): Html {
  const file = isObject(element['slack_file']) ? stringIn(element['slack_file']['id']) : '';
  if (file !== '') return html`<img class="${kind}" src="/files/${file}.png" alt="${stringIn(element['alt_text'])}" />`;
  return html`<span class="${kind}" role="img" aria-label="${stringIn(element['alt_text'])}"
    >🖼 ${stringIn(element['alt_text'])}</span
  >`;
}

/** Slack's own chart: bars side by side for each category, and each value in words. */
function renderChart(block: Fields): Html {
  const chart = isObject(block['chart']) ? block['chart'] : {};
  const series = objectsIn(chart['series']).map((one) => ({
    name: stringIn(one['name']),
    data: objectsIn(one['data']),
  }));
  const most = Math.max(1, ...series.flatMap(({ data }) => data.map(({ value }) => Number(value))));
  const rows = (series[0]?.data ?? []).map(({ label }, index) => {
    const bars = series.map(({ name, data }, place) => {
      const value = Number(data[index]?.['value'] ?? 0);
      return html`<meter class="b-bar b-bar-${String(place)}" min="0" max="${String(most)}" value="${String(value)}">
          ${String(value)}</meter
        ><span>${String(value)} ${name}</span>`;
    });
    return html`<div class="b-bars"><b>${stringIn(label)}</b>${bars}</div>`;
  });
  return html`<figure class="b-chart">
    <figcaption>${stringIn(block['title'])}</figcaption>
    ${rows}
  </figure>`;
}

/** The first row heads the columns; numbers and columns set so are aligned to the right. */
function renderTable(block: Fields, reader: Reader): Html {
  const rows = Array.isArray(block['rows']) ? (block['rows'] as unknown[]) : [];
  const settings = Array.isArray(block['column_settings']) ? (block['column_settings'] as unknown[]) : [];
  const cell = (value: Fields, column: number, tag: 'th' | 'td') => {
    const setting = settings[column];
    const align = isObject(setting) ? stringIn(setting['align']) : '';
    const wraps = isObject(setting) && setting['is_wrapped'] === true;
    const kind = [align === '' || align === 'left' ? '' : `align-${align}`, wraps ? 'wraps' : ''].join(' ').trim();
    const inner = value['type'] === 'rich_text' ? renderRichText(value, reader) : withBreaks(stringIn(value['text']));
    return tag === 'th' ? html`<th scope="col" class="${kind}">${inner}</th>` : html`<td class="${kind}">${inner}</td>`;
  };
  const line = (row: unknown, tag: 'th' | 'td') =>
    html`<tr>
      ${objectsIn(row).map((value, column) => cell(value, column, tag))}
    </tr>`;
  return html`<div class="b-table" tabindex="0">
    <table>
      <thead>
        ${rows.slice(0, 1).map((row) => line(row, 'th'))}
      </thead>
      <tbody>
        ${rows.slice(1).map((row) => line(row, 'td'))}
      </tbody>
    </table>
  </div>`;
}

function renderElement(element: Fields, reader: Reader): Html {
  const label = renderText(element['text'] ?? element['placeholder'], reader);
  const id = stringIn(element['action_id']);
  switch (element['type']) {
    case 'button': {
      const kind = `b-button ${stringIn(element['style'])}`.trim();
      const url = stringIn(element['url']);
      if (/^https?:\/\//i.test(url)) {
        return html`<a class="${kind}" href="${url}" target="_blank" rel="noopener noreferrer">${label}</a>`;
      }
      const value = stringIn(element['value']);
      const carried = value === '' ? nothing : html` data-value="${value}"`;
      return html`<button type="button" class="${kind}" data-action="${id}" ${carried}>${label}</button>`;
    }
    case 'static_select':
    case 'overflow': {
      const initial = element['initial_option'];
      const chosen = isObject(initial) ? stringIn(initial['value']) : null;
      const options = objectsIn(element['options']).map((option) => {
        const value = stringIn(option['value']);
        const selected = value === chosen ? html` selected` : nothing;
        return html`<option value="${value}" ${selected}>${renderText(option['text'], reader)}</option>`;
      });
      const hint = isObject(element['placeholder']) ? stringIn(element['placeholder']['text']) : id;
      return html`<select class="b-select" data-action="${id}" aria-label="${hint}">
        ${chosen === null ? html`<option value="">${element['type'] === 'overflow' ? '⋯' : label}</option>` : nothing}
        ${options}
      </select>`;
    }
    case 'image':
      return renderPicture(element, 'accessory-image');
    default:
      return html`<span class="b-unknown">[${stringIn(element['type'])}]</span>`;
  }
}
