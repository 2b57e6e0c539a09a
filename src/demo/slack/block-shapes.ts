import {
  accessories,
  actionElements,
  button,
  contextActionElements,
  contextElements,
  image,
  inputElements,
  mrkdwn,
  plainText,
  richTextBlock,
  textObject,
  url,
} from './block-elements.ts';
import type { BlockError, Check, Fail, Fields } from './shape.ts';
import { any, bool, byType, countCharacters, isObject, list, number, object, oneOf, requiring, text } from './shape.ts';

export type Surface = 'message' | 'modal' | 'home';

function block(fields: Fields): Check {
  return object({ type: any, 'block_id?': text(1, 255), ...fields });
}

const cell = byType({
  raw_text: object({ type: any, text: text(1, 10_000) }),
  raw_number: object({ type: any, value: number(-Number.MAX_VALUE, Number.MAX_VALUE, false), text: text(1, 10_000) }),
  rich_text: richTextBlock,
});
const headerCell = byType({
  raw_text: object({ type: any, text: text(1, 10_000) }),
});

/** Every row as wide as the first: Slack refuses ragged data tables and draws ragged tables wrongly. */
function rectangular(inner: Check): Check {
  return (value, at, fail) => {
    inner(value, at, fail);
    if (!isObject(value) || !Array.isArray(value['rows'])) return;
    const rows = value['rows'] as unknown[];
    const width = Array.isArray(rows[0]) ? rows[0].length : 0;
    for (const [index, row] of rows.entries()) {
      if (!Array.isArray(row) || row.length === width) continue;
      fail({
        pointer: `${at}/rows/${index}`,
        code: 'ragged_row',
        message: `must have ${width} cells like the first row`,
        constraint: { type: 'length', expected: width, got: row.length },
      });
    }
  };
}

const columnSetting = object({ 'align?': oneOf('left', 'center', 'right'), 'is_wrapped?': bool });
const table = rectangular(
  block({
    rows: list(list(cell, 1, 20), 1, 100),
    'column_settings?': list((value, at, fail) => value === null || columnSetting(value, at, fail), 0, 20),
  }),
);

const dataTable: Check = (value, at, fail) => {
  rectangular(
    block({
      caption: text(1, 255),
      rows: list(list(cell, 1, 20), 2, 101),
      'page_size?': number(1, 100),
      'row_header_column_index?': number(0, 19),
    }),
  )(value, at, fail);
  const rows = isObject(value) && Array.isArray(value['rows']) ? (value['rows'] as unknown[]) : [];
  if (Array.isArray(rows[0])) list(headerCell, 1, 20)(rows[0], `${at}/rows/0`, fail);
};

const card = requiring(
  ['hero_image', 'title', 'actions', 'body'],
  'some',
  block({
    'hero_image?': image({}),
    'icon?': image({}),
    'title?': mrkdwn(150),
    'subtitle?': mrkdwn(150),
    'body?': mrkdwn(200),
    'actions?': list(byType({ button }), 1, 3),
  }),
);

const simple: Readonly<Record<string, Check>> = {
  actions: block({ elements: list(actionElements, 1, 25) }),
  context: block({ elements: list(contextElements, 1, 10) }),
  divider: block({}),
  header: block({ text: plainText(150) }),
  image: image({ 'block_id?': text(1, 255), 'title?': plainText(2000) }),
  input: block({
    label: plainText(2000),
    element: inputElements,
    'hint?': plainText(2000),
    'optional?': bool,
    'dispatch_action?': bool,
  }),
  rich_text: richTextBlock,
  section: requiring(
    ['text', 'fields'],
    'some',
    block({
      'text?': textObject(3000),
      'fields?': list(textObject(2000), 1, 10),
      'accessory?': accessories,
      'expand?': bool,
    }),
  ),
  table,
  video: block({
    video_url: url,
    thumbnail_url: url,
    alt_text: text(1, 2000),
    title: plainText(199),
    'title_url?': url,
    'author_name?': text(1, 49),
    'provider_name?': text(1, 49),
    'provider_icon_url?': url,
    'description?': plainText(200),
  }),
};

const container = requiring(
  ['title', 'rich_text_title'],
  'some',
  block({
    'title?': plainText(150),
    'rich_text_title?': byType({ rich_text: richTextBlock }),
    'subtitle?': textObject(150),
    child_blocks: list(byType(simple), 1, 10),
    'width?': oneOf('narrow', 'standard', 'wide', 'full'),
    'icon?': image({}),
    'is_collapsible?': bool,
    'default_collapsed?': bool,
    'has_header_divider?': bool,
  }),
);

const taskCard = block({
  task_id: text(1, 255),
  title: text(1, 255),
  status: oneOf('pending', 'in_progress', 'complete', 'error'),
  'details?': byType({ rich_text: richTextBlock }),
  'output?': byType({ rich_text: richTextBlock }),
  'sources?': list(byType({ url: object({ type: any, url, text: text(1, 255) }) }), 0, 100),
});

const point = object({ label: text(1, 20), value: number(-Number.MAX_VALUE, Number.MAX_VALUE, false) });
const seriesChart = object({
  type: any,
  series: list(object({ name: text(1, 20), data: list(point, 1, 20) }), 1, 6),
  axis_config: object({ categories: list(text(1, 20), 1, 20), 'x_label?': text(1, 50), 'y_label?': text(1, 50) }),
});

/** Each series has one point a category, in their order, and a name of its own. */
const chartOfSeries: Check = (value, at, fail) => {
  seriesChart(value, at, fail);
  if (!isObject(value) || !Array.isArray(value['series']) || !isObject(value['axis_config'])) return;
  const all = value['series'].filter(isObject);
  const { categories } = value['axis_config'];
  for (const [index, { data }] of all.entries()) {
    const labels = Array.isArray(data) ? data.map((one) => (isObject(one) ? one['label'] : null)) : [];
    if (JSON.stringify(labels) !== JSON.stringify(categories))
      fail({ pointer: `${at}/series/${index}/data`, code: 'invalid_value', message: 'must have a point a category' });
  }
  if (new Set(all.map(({ name }) => name)).size < all.length)
    fail({ pointer: `${at}/series`, code: 'duplicate', message: 'names of series must be unique' });
};

const dataVisualization = block({
  title: text(1, 50),
  chart: byType({ bar: chartOfSeries, line: chartOfSeries, area: chartOfSeries }),
});

const onAll = simple;
const onMessages: Readonly<Record<string, Check>> = {
  card,
  carousel: block({ elements: list(byType({ card }), 1, 10) }),
  container,
  context_actions: block({ elements: list(contextActionElements, 1, 5) }),
  data_table: dataTable,
  data_visualization: dataVisualization,
  markdown: block({ text: text(1, 12_000) }),
  plan: block({ title: text(1, 255), 'tasks?': list(byType({ task_card: taskCard }), 0, 50) }),
  task_card: taskCard,
};

const { table: _, ...onModals } = simple;
const shapes: Readonly<Record<Surface, Check>> = {
  message: byType({ ...onAll, ...onMessages }),
  home: byType({ ...onAll, card, carousel: onMessages['carousel']! }),
  modal: byType({
    ...onModals,
    card,
    alert: block({ text: textObject(200), 'level?': oneOf('default', 'info', 'warning', 'error', 'success') }),
  }),
};

/** Checks each block by itself, for the surface it stands on. */
export function checkBlock(surface: Surface): Check {
  return shapes[surface];
}

/** The text that a reader sees in a value, wherever in it: what Slack's budgets count. */
export function textOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, entry) => sum + textOf(entry), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce((sum, [key, entry]) => {
    if (key === 'text' && typeof entry === 'string') return sum + countCharacters(entry);
    return sum + textOf(entry);
  }, 0);
}

export function failTable(blocks: readonly unknown[], fail: Fail): void {
  const tables = blocks.flatMap((value, index) => (isObject(value) && value['type'] === 'table' ? [index] : []));
  for (const index of tables.slice(1)) {
    fail({
      pointer: `/blocks/${index}`,
      code: 'only_one_table_allowed',
      message: 'only one table allowed in a message',
    });
  }
  const dataTables = blocks.filter((value) => isObject(value) && value['type'] === 'data_table');
  const cells: readonly (readonly [string, number, number])[] = [
    ['table', textOf(tables.map((index) => blocks[index])), 10_000],
    ['data_table', textOf(dataTables), 20_000],
  ];
  for (const [kind, got, expected] of cells) {
    if (got > expected) fail(tooMuchText(kind, expected, got));
  }
}

function tooMuchText(kind: string, expected: number, got: number): BlockError {
  return {
    pointer: '/blocks',
    code: 'too_long',
    message: `all cells of ${kind} together must be less than ${expected + 1} characters`,
    constraint: { type: 'max_length', expected, got },
  };
}
