import type { Check, Fields } from './shape.ts';
import { offered, sendable } from './element-rules.ts';
import { any, bool, byType, list, matching, number, object, oneOf, requiring, text } from './shape.ts';

const type: Check = any;
const actionId = text(1, 255);
export const url = matching(/^https?:\/\/[^\s]+$/i, 'a valid http or https URL');
const linkUrl = matching(/^(https?:\/\/|mailto:|tel:|slack:\/\/)[^\s]+$/i, 'a valid URL');
const day = matching(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD');
const time = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time as HH:mm');

export function plainText(max: number): Check {
  return byType({ plain_text: object({ type, text: text(1, max), 'emoji?': bool }) });
}

export function mrkdwn(max: number): Check {
  return byType({ mrkdwn: object({ type, text: text(1, max), 'verbatim?': bool }) });
}

export function textObject(max: number): Check {
  return byType({
    plain_text: object({ type, text: text(1, max), 'emoji?': bool }),
    mrkdwn: object({ type, text: text(1, max), 'verbatim?': bool }),
  });
}

const slackFile = requiring(
  ['id', 'url'],
  'one',
  object({ 'id?': matching(/^F[A-Z0-9]{8,}$/, 'a file id'), 'url?': url }),
);

export function image(extra: Fields): Check {
  return requiring(
    ['image_url', 'slack_file'],
    'one',
    object({ type, alt_text: text(1, 2000), 'image_url?': url, 'slack_file?': slackFile, ...extra }),
  );
}

const confirm = object({
  'title?': plainText(100),
  text: textObject(300),
  'confirm?': plainText(30),
  'deny?': plainText(30),
  'style?': oneOf('primary', 'danger'),
});

function option(label: Check, extra: Fields = {}): Check {
  return object({ text: label, value: text(1, 150), 'description?': textObject(75), ...extra });
}
const plainOption = option(plainText(75));
const overflowOption = object({
  text: plainText(75),
  'value?': text(1, 150),
  'url?': url,
  'description?': plainText(75),
});
const richOption = option(textObject(75));

const acting = { type, 'action_id?': actionId };
const confirmable = { ...acting, 'confirm?': confirm };
const choosing = { ...confirmable, 'focus_on_load?': bool };
const placed = { ...choosing, 'placeholder?': plainText(150) };
const many = { ...placed, 'max_selected_items?': number(1, 100) };
const dispatch = object({
  'trigger_actions_on?': list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2),
});
const typed = {
  ...acting,
  'focus_on_load?': bool,
  'placeholder?': plainText(150),
  'dispatch_action_config?': dispatch,
};

const optionGroup = object({ label: plainText(75), options: list(plainOption, 1, 100) });
const choices = { 'options?': list(plainOption, 1, 100), 'option_groups?': list(optionGroup, 1, 100) };
const conversationFilter = object({
  'include?': list(oneOf('im', 'mpim', 'private', 'public'), 1, 4),
  'exclude_external_shared_channels?': bool,
  'exclude_bot_users?': bool,
});
const initial = (name: string) => ({ [`initial_${name}?`]: text(1, 255) });
const initials = (name: string) => ({ [`initial_${name}s?`]: list(text(1, 255), 1, 100) });

const static_ = (extra: Fields, base: Fields) =>
  requiring(['options', 'option_groups'], 'one', object({ ...base, ...choices, ...extra }));

export const selects: Readonly<Record<string, Check>> = {
  static_select: offered(static_({ 'initial_option?': plainOption }, placed)),
  external_select: object({ ...placed, 'initial_option?': plainOption, 'min_query_length?': number(0, 1000) }),
  users_select: object({ ...placed, ...initial('user') }),
  conversations_select: object({
    ...placed,
    ...initial('conversation'),
    'default_to_current_conversation?': bool,
    'response_url_enabled?': bool,
    'filter?': conversationFilter,
  }),
  channels_select: object({ ...placed, ...initial('channel'), 'response_url_enabled?': bool }),
  multi_static_select: static_({ 'initial_options?': list(plainOption, 1, 100) }, many),
  multi_external_select: object({
    ...many,
    'initial_options?': list(plainOption, 1, 100),
    'min_query_length?': number(0, 1000),
  }),
  multi_users_select: object({ ...many, ...initials('user') }),
  multi_conversations_select: object({
    ...many,
    ...initials('conversation'),
    'default_to_current_conversation?': bool,
    'filter?': conversationFilter,
  }),
  multi_channels_select: object({ ...many, ...initials('channel') }),
};

const workflow = object({
  trigger: object({
    url,
    'customizable_input_parameters?': list(object({ name: text(1, 255), value: text(0, 3000) }), 0, 100),
  }),
});

export const button = object({
  ...confirmable,
  text: plainText(75),
  'value?': text(0, 2000),
  'url?': url,
  'style?': oneOf('primary', 'danger'),
  'accessibility_label?': text(1, 75),
});

/** What stands beside a section as well as in a row of actions. */
export const clickables: Readonly<Record<string, Check>> = {
  button,
  workflow_button: object({
    ...confirmable,
    text: plainText(75),
    workflow,
    'style?': oneOf('primary', 'danger'),
    'accessibility_label?': text(1, 75),
  }),
  checkboxes: object({ ...choosing, options: list(richOption, 1, 10), 'initial_options?': list(richOption, 1, 10) }),
  radio_buttons: object({ ...choosing, options: list(richOption, 1, 10), 'initial_option?': richOption }),
  overflow: object({ ...confirmable, options: list(overflowOption, 1, 5) }),
  datepicker: object({ ...placed, 'initial_date?': day }),
  timepicker: object({ ...placed, 'initial_time?': time, 'timezone?': text(1, 100) }),
  ...selects,
};

const datetimepicker = object({ ...choosing, 'initial_date_time?': number(1_000_000_000, 9_999_999_999) });

const style = object({
  'bold?': bool,
  'italic?': bool,
  'strike?': bool,
  'code?': bool,
  'underline?': bool,
});
const styled = { type, 'style?': style };
const richText: Check = object({ ...styled, text: text(1, 12_000) });
const richLink: Check = object({ ...styled, url: linkUrl, 'text?': text(1, 3000), 'unsafe?': bool });
const inline = byType({
  text: richText,
  link: richLink,
  user: object({ ...styled, user_id: matching(/^[UW][A-Z0-9]+$/, 'a user id') }),
  channel: object({ ...styled, channel_id: matching(/^[CDG][A-Z0-9]+$/, 'a channel id') }),
  usergroup: object({ ...styled, usergroup_id: matching(/^S[A-Z0-9]+$/, 'a user group id') }),
  team: object({ ...styled, team_id: matching(/^T[A-Z0-9]+$/, 'a team id') }),
  broadcast: object({ ...styled, range: oneOf('here', 'channel', 'everyone') }),
  emoji: object({ ...styled, name: text(1, 100), 'unicode?': text(1, 100), 'url?': url }),
  date: object({
    ...styled,
    timestamp: number(0, 253_402_300_799),
    format: text(1, 500),
    'url?': url,
    'fallback?': text(1, 500),
  }),
  color: object({ ...styled, value: matching(/^#[0-9a-f]{6}$/i, 'a colour as #rrggbb') }),
});

const section = object({ type, elements: list(inline, 1, 1000) });
const bordered = { type, 'border?': oneOf(0, 1) };

/** The elements of a `rich_text` block. A list holds sections only: a deeper list is a further list with `indent`. */
export const richTextElements = byType({
  rich_text_section: section,
  rich_text_list: object({
    ...bordered,
    style: oneOf('bullet', 'ordered'),
    'indent?': number(0, 8),
    'offset?': number(0, 10_000),
    elements: list(byType({ rich_text_section: section }), 1, 1000),
  }),
  rich_text_quote: object({ ...bordered, elements: list(inline, 1, 1000) }),
  rich_text_preformatted: object({
    ...bordered,
    elements: list(byType({ text: richText, link: richLink }), 1, 1000),
  }),
});

export const richTextBlock = object({
  type,
  'block_id?': text(1, 255),
  elements: list(richTextElements, 1, 1000),
});

const textInput = { ...typed, 'initial_value?': text(0, 3000) };
const richTextInput = object({
  ...typed,
  'initial_value?': byType({ rich_text: richTextBlock }),
  'min_lines?': number(1, 100),
  'max_lines?': number(1, 100),
});

export const actionElements = byType({ ...clickables, datetimepicker, rich_text_input: richTextInput });
export const accessories = byType({ ...clickables, image: image({}) });
export const contextElements = byType({
  image: image({}),
  plain_text: object({ type, text: text(1, 3000), 'emoji?': bool }),
  mrkdwn: object({ type, text: text(1, 3000), 'verbatim?': bool }),
});

const feedback = object({ text: plainText(75), value: text(1, 2000), 'accessibility_label?': text(1, 75) });
export const contextActionElements = byType({
  feedback_buttons: object({ ...acting, positive_button: feedback, negative_button: feedback }),
  icon_button: object({
    ...confirmable,
    icon: oneOf('trash'),
    text: plainText(75),
    'value?': text(0, 2000),
    'accessibility_label?': text(1, 75),
    'visible_to_user_ids?': list(text(1, 255), 0, 100),
  }),
});

const decimal = matching(/^-?\d+(\.\d+)?$/, 'a number');
export const inputElements = byType({
  ...selects,
  checkboxes: clickables['checkboxes']!,
  radio_buttons: clickables['radio_buttons']!,
  datepicker: clickables['datepicker']!,
  timepicker: clickables['timepicker']!,
  datetimepicker,
  rich_text_input: richTextInput,
  plain_text_input: sendable(
    object({
      ...textInput,
      'multiline?': bool,
      'min_length?': number(0, 3000),
      'max_length?': number(1, 3000),
    }),
  ),
  email_text_input: object(textInput),
  url_text_input: object(textInput),
  number_input: object({
    ...typed,
    is_decimal_allowed: bool,
    'initial_value?': decimal,
    'min_value?': decimal,
    'max_value?': decimal,
  }),
  file_input: object({ ...acting, 'filetypes?': list(text(1, 20), 1, 100), 'max_files?': number(1, 10) }),
});
