import type { BlockElementAction, ViewStateValue } from '@slack/bolt';

/** What a pressed element carries, or what was chosen in it; empty for one that carries nothing. */
export function valueOf(action: BlockElementAction): string {
  if (action.type === 'button') return action.value ?? '';
  if (action.type === 'static_select' || action.type === 'overflow') return action.selected_option?.value ?? '';
  return '';
}

/** What was entered in a form, by the id of its block. */
export function fieldsOf(
  values: Readonly<Record<string, Readonly<Record<string, ViewStateValue>>>>,
): Record<string, string | readonly string[] | null> {
  return Object.fromEntries(
    Object.entries(values).map(([block, elements]) => {
      const [state] = Object.values(elements);
      return [block, state ? entered(state) : null];
    }),
  );
}

function entered(state: ViewStateValue): string | readonly string[] | null {
  return (
    state.value ??
    state.selected_date ??
    state.selected_option?.value ??
    state.selected_user ??
    state.selected_conversation ??
    state.selected_users ??
    state.selected_options?.map(({ value }) => value) ??
    null
  );
}

/** What people wrote in a form in their own words. */
export function writtenIn(
  values: Readonly<Record<string, Readonly<Record<string, ViewStateValue>>>>,
): readonly string[] {
  return Object.values(values)
    .flatMap((elements) => Object.values(elements))
    .flatMap(({ type, value }) => (type === 'plain_text_input' && value ? [value] : []));
}

/** The channel that a form was opened from, as it carries it; empty when it carries none. */
export function channelOf(about: string): string {
  return carried(about, 'channel') ?? '';
}

/** The language that a form is written in, as it carries it; null when it carries none. */
export function localeOf(about: string): string | null {
  return carried(about, 'locale');
}

function carried(about: string, name: string): string | null {
  try {
    const value = JSON.parse(about) as unknown;
    if (typeof value !== 'object' || value === null) return null;
    const own = (value as Readonly<Record<string, unknown>>)[name];
    return typeof own === 'string' ? own : null;
  } catch {
    return null;
  }
}
