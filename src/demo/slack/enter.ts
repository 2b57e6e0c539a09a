import { isObject } from './shape.ts';

/** The element with this action, as it comes to the app when it is pressed, or when `value` is chosen in it. */
export function findAction(
  blocks: readonly unknown[],
  actionId: string,
  value?: string,
): Record<string, unknown> | null {
  for (const block of blocks) {
    if (!isObject(block)) continue;
    const elements = Array.isArray(block['elements']) ? (block['elements'] as unknown[]) : [];
    for (const element of [...elements, block['accessory']]) {
      if (!isObject(element) || element['action_id'] !== actionId) continue;
      if (value !== undefined && element['type'] === 'button' && element['value'] !== value) continue;
      const chosen = value === undefined ? {} : chosenIn(element, value);
      return chosen === null ? null : { ...element, ...chosen, block_id: block['block_id'] ?? '' };
    }
  }
  return null;
}

/** Null for what the menu does not offer. */
function chosenIn(element: Record<string, unknown>, value: string): Record<string, unknown> | null {
  if (element['type'] !== 'static_select') return {};
  const options = Array.isArray(element['options']) ? (element['options'] as unknown[]) : [];
  const option = options.find((one) => isObject(one) && one['value'] === value);
  return option === undefined ? null : { selected_option: option };
}

/** What was entered, as Slack sends it: each input block with its element's state. */
export function stateOf(
  content: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, string>>,
): Record<string, Record<string, unknown>> {
  const state: Record<string, Record<string, unknown>> = {};
  for (const block of Array.isArray(content['blocks']) ? (content['blocks'] as unknown[]) : []) {
    if (!isObject(block) || block['type'] !== 'input' || !isObject(block['element'])) continue;
    const { element } = block;
    const id = String(block['block_id']);
    state[id] = { [String(element['action_id'])]: { type: element['type'], ...enteredIn(element, values[id]) } };
  }
  return state;
}

function enteredIn(element: Record<string, unknown>, value: string | undefined): Record<string, unknown> {
  switch (element['type']) {
    case 'datepicker':
      return { selected_date: value ?? element['initial_date'] ?? null };
    case 'static_select':
      return { selected_option: null, ...(value === undefined ? initialOf(element) : chosenIn(element, value)) };
    case 'users_select':
      return { selected_user: value ?? element['initial_user'] ?? null };
    case 'conversations_select':
      return { selected_conversation: value ?? null };
    case 'multi_users_select':
      return {
        selected_users: value === undefined ? (element['initial_users'] ?? []) : value.split(',').filter(Boolean),
      };
    default:
      return { value: value ?? element['initial_value'] ?? null };
  }
}

function initialOf(element: Record<string, unknown>): Record<string, unknown> {
  return element['initial_option'] === undefined ? {} : { selected_option: element['initial_option'] };
}
