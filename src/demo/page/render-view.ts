import { isObject } from '../slack/shape.ts';
import type { SlackView, Workspace } from '../slack/workspace.ts';
import { html, nothing } from './html.ts';
import type { Html } from './html.ts';
import { labelsFor } from './reader.ts';
import type { Reader } from './reader.ts';
import { renderBlocks } from './render-blocks.ts';
import { objectsIn, stringIn } from './render-rich-text.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A person's App Home as the app published it. */
export function renderHome(view: SlackView | null, reader: Reader): Html {
  if (!view) return html`<p class="empty">${labelsFor(reader).opening}</p>`;
  return html`<div class="home">${renderBlocks(objectsIn(view.content['blocks']), reader)}</div>`;
}

/** The form that a person has open, over everything else; nothing when there is none. */
export function renderModal(view: SlackView | null, reader: Reader, workspace: Workspace): Html {
  if (!view) return nothing;
  const { content } = view;
  const blocks = objectsIn(content['blocks']).map((block) =>
    block['type'] === 'input' ? renderInput(block, reader, workspace) : renderBlocks([block], reader),
  );
  return html`<div class="modal-shade">
    <form class="modal" role="dialog" aria-modal="true" aria-label="${wordOf(content['title'])}" data-view="${view.id}">
      <header>
        <h2>${wordOf(content['title'])}</h2>
        <button type="button" class="modal-close" aria-label="${wordOf(content['close'])}">✕</button>
      </header>
      <div class="modal-body">${blocks}</div>
      <footer>
        <button type="button" class="b-button modal-close">${wordOf(content['close'])}</button>
        <button class="b-button primary">${wordOf(content['submit'])}</button>
      </footer>
    </form>
  </div>`;
}

function wordOf(text: unknown): string {
  return isObject(text) ? stringIn(text['text']) : '';
}

function renderInput(block: Fields, reader: Reader, workspace: Workspace): Html {
  const id = stringIn(block['block_id']);
  const optional = block['optional'] === true ? html` <small>(${labelsFor(reader).optional})</small>` : nothing;
  const element = isObject(block['element']) ? block['element'] : {};
  return html`<div class="field" data-field="${id}">
    <label for="f-${id}">${wordOf(block['label'])}${optional}</label>
    ${renderField(element, id, workspace)}
    <p class="field-error" role="alert"></p>
  </div>`;
}

function renderField(element: Fields, id: string, workspace: Workspace): Html {
  const people = [...workspace.users.values()].map(({ id: user, realName }) => ({ value: user, text: realName }));
  const initial = (name: string) => stringIn(element[name]);
  switch (element['type']) {
    case 'plain_text_input':
      return element['multiline'] === true
        ? html`<textarea id="f-${id}" name="${id}" rows="8">${initial('initial_value')}</textarea>`
        : html`<input class="text" id="f-${id}" name="${id}" value="${initial('initial_value')}" autocomplete="off" />`;
    case 'datepicker':
      return html`<input class="text" type="date" id="f-${id}" name="${id}" value="${initial('initial_date')}" />`;
    case 'static_select': {
      const chosen = isObject(element['initial_option']) ? stringIn(element['initial_option']['value']) : '';
      const options = objectsIn(element['options']).map((option) => ({
        value: stringIn(option['value']),
        text: wordOf(option['text']),
      }));
      return renderSelect(id, options, { chosen: [chosen] });
    }
    case 'users_select':
      return renderSelect(id, people, { chosen: [initial('initial_user')] });
    case 'multi_users_select': {
      const chosen = Array.isArray(element['initial_users']) ? element['initial_users'].map(String) : [];
      return renderSelect(id, people, { chosen, isMany: true });
    }
    case 'conversations_select': {
      const channels = [...workspace.channels.values()]
        .filter((channel) => !channel.isArchived && !channel.id.startsWith('D'))
        .map(({ id: channel, name }) => ({ value: channel, text: `#${name}` }));
      return renderSelect(id, channels, { chosen: [] });
    }
    default:
      return html`<span class="b-unknown">[${stringIn(element['type'])}]</span>`;
  }
}

function renderSelect(
  id: string,
  options: readonly { readonly value: string; readonly text: string }[],
  { chosen, isMany = false }: { readonly chosen: readonly string[]; readonly isMany?: boolean },
): Html {
  const lines = options.map(
    ({ value, text }) =>
      html`<option value="${value}" ${chosen.includes(value) ? html` selected` : nothing}>${text}</option>`,
  );
  if (isMany)
    return html`<select class="b-select" id="f-${id}" name="${id}" multiple size="4">
      ${lines}
    </select>`;
  return html`<select class="b-select" id="f-${id}" name="${id}">
    <option value="">–</option>
    ${lines}
  </select>`;
}
