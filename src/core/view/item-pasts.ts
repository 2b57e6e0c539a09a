import type { PersonId } from '../model/ids.ts';
import type { ItemHistory } from '../model/project.ts';
import type { Instant } from '../time/instant.ts';
import { neverAny, neverMembers, neverTrue } from './timeline.ts';
import type { Step, Timeline } from './timeline.ts';
import type { ItemPast } from './view.ts';

/** The timelines of a past, in the order of their rows; an item has no row of what it never had. */
const fields = [
  'status',
  'resolution',
  'sprints',
  'fixVersions',
  'dueOn',
  'points',
  'parent',
  'assignee',
  'priority',
  'flagged',
  'labels',
  'links',
  'components',
] as const satisfies readonly (keyof ItemPast)[];
type Field = (typeof fields)[number];

const setFields: ReadonlySet<Field> = new Set(['sprints', 'fixVersions', 'labels', 'links', 'components']);

const codeOf = Object.fromEntries(fields.map((field, code) => [field, code])) as Readonly<Record<Field, number>>;
/** Who changed the due date; activity that is no step of a field; and that the next row is another item's. */
const dueOnBy = fields.length;
const activity = dueOnBy + 1;
const end = activity + 1;
/** Most activity is a step of a field: marked there, it needs no row of its own, which would be a third of all. */
const isActivity = 0x80;
const codeBits = 0x7f;

const rowsPerBlock = 8192;

/** Rows of whole items: what came into force, when, and of which field. */
interface Block {
  readonly code: Uint8Array;
  readonly at: Float64Array;
  readonly value: unknown[];
}

/** Where the rows of one item begin. */
interface Place {
  readonly block: Block;
  readonly first: number;
}

/** The whole past of an item, cut at an instant; `read` makes it when it is asked for the first time. */
export type KeptPast = (history: ItemHistory, read: () => ItemPast) => ItemPast;

/** The pasts of the items of one project, for views of any instant. */
export interface ItemPasts {
  upTo(asOf: Instant): KeptPast;
}

/**
 * As lists of steps the pasts of 100,000 items with nine changes each took 130 MB, and those of the report before as much
 * again; in columns they take 40 MB, and all views of a project share them. To make a timeline anew each time it is asked
 * for costs some 50 ns.
 */
export function createItemPasts(): ItemPasts {
  let block = createBlock(rowsPerBlock);
  let next = 0;
  const push = (code: number, at: Instant, value: unknown) => {
    block.code[next] = code;
    block.at[next] = at;
    block.value[next] = value;
    next += 1;
  };
  const add = (past: ItemPast): Place => {
    const rows = rowsOf(past);
    if (next + rows > block.code.length) {
      block = createBlock(Math.max(rowsPerBlock, rows));
      next = 0;
    }
    const place = { block, first: next };
    const unmarked = new Set(past.activity);
    for (const [code, field] of fields.entries()) {
      const timeline = past[field];
      if (timeline === nothingYetOf(field)) continue;
      push(code, timeline[0].at, timeline[0].value);
      for (let index = 1; index < timeline.length; index++) {
        const { at, value } = timeline[index]!;
        push(unmarked.delete(at) ? code | isActivity : code, at, value);
      }
    }
    for (const [at, by] of past.dueOnBy) push(dueOnBy, at, by);
    for (const at of unmarked) push(activity, at, null);
    push(end, 0, null);
    return place;
  };
  const places = new WeakMap<ItemHistory, Place>();
  return {
    upTo: (asOf) => {
      const cut = { asOf };
      return (history, read) => {
        let place = places.get(history);
        if (!place) places.set(history, (place = add(read())));
        return new PastInColumns(place, cut);
      };
    },
  };
}

function createBlock(rows: number): Block {
  return {
    code: new Uint8Array(rows),
    at: new Float64Array(rows),
    value: Array.from({ length: rows }, () => null),
  };
}

/** As many rows as a past takes at most. */
function rowsOf(past: ItemPast): number {
  let rows = past.dueOnBy.size + past.activity.length + 1;
  for (const field of fields) if (past[field] !== nothingYetOf(field)) rows += past[field].length;
  return rows;
}

function nothingYetOf(field: Field): Timeline<unknown> {
  if (field === 'flagged') return neverTrue;
  return setFields.has(field) ? neverMembers : neverAny;
}

/** A class, since getters on a prototype take no room in each of a hundred thousand items. */
class PastInColumns implements ItemPast {
  readonly #block: Block;
  readonly #first: number;
  readonly #cut: { readonly asOf: Instant };

  constructor({ block, first }: Place, cut: { readonly asOf: Instant }) {
    this.#block = block;
    this.#first = first;
    this.#cut = cut;
  }

  get status(): ItemPast['status'] {
    return this.#timeline('status') as ItemPast['status'];
  }
  get resolution(): ItemPast['resolution'] {
    return this.#timeline('resolution') as ItemPast['resolution'];
  }
  get sprints(): ItemPast['sprints'] {
    return this.#timeline('sprints') as ItemPast['sprints'];
  }
  get fixVersions(): ItemPast['fixVersions'] {
    return this.#timeline('fixVersions') as ItemPast['fixVersions'];
  }
  get dueOn(): ItemPast['dueOn'] {
    return this.#timeline('dueOn') as ItemPast['dueOn'];
  }
  get points(): ItemPast['points'] {
    return this.#timeline('points') as ItemPast['points'];
  }
  get parent(): ItemPast['parent'] {
    return this.#timeline('parent') as ItemPast['parent'];
  }
  get assignee(): ItemPast['assignee'] {
    return this.#timeline('assignee') as ItemPast['assignee'];
  }
  get priority(): ItemPast['priority'] {
    return this.#timeline('priority') as ItemPast['priority'];
  }
  get flagged(): ItemPast['flagged'] {
    return this.#timeline('flagged') as ItemPast['flagged'];
  }
  get labels(): ItemPast['labels'] {
    return this.#timeline('labels') as ItemPast['labels'];
  }
  get components(): ItemPast['components'] {
    return this.#timeline('components') as ItemPast['components'];
  }
  get links(): ItemPast['links'] {
    return this.#timeline('links') as ItemPast['links'];
  }

  get dueOnBy(): ItemPast['dueOnBy'] {
    const by = new Map<Instant, PersonId | null>();
    const { code, at, value } = this.#block;
    for (let row = firstOf(code, this.#first, dueOnBy); code[row] === dueOnBy; row++)
      by.set(at[row]!, value[row] as PersonId | null);
    return by;
  }

  get activity(): ItemPast['activity'] {
    const instants: Instant[] = [];
    const { code, at } = this.#block;
    for (let row = this.#first; code[row] !== end; row++) {
      const isSign = code[row] === activity || (code[row]! & isActivity) !== 0;
      if (isSign && at[row]! <= this.#cut.asOf) instants.push(at[row]!);
    }
    return instants.sort((one, other) => one - other);
  }

  #timeline(field: Field): Timeline<unknown> {
    return timelineOf(field, { block: this.#block, first: this.#first }, this.#cut.asOf);
  }
}

/** The first row of a field, or where it would be. */
function firstOf(codes: Uint8Array, from: number, code: number): number {
  let row = from;
  while ((codes[row]! & codeBits) < code) row++;
  return row;
}

function timelineOf(field: Field, { block, first }: Place, asOf: Instant): Timeline<unknown> {
  const code = codeOf[field];
  const { code: codes, at, value } = block;
  const from = firstOf(codes, first, code);
  let to = from;
  while ((codes[to]! & codeBits) === code && (to === from || at[to]! <= asOf)) to++;
  if (to === from) return nothingYetOf(field);
  // Cut out, it has the size that it needs: a list that grows takes room for seventeen.
  const steps = value.slice(from, to);
  for (let row = from; row < to; row++) steps[row - from] = { at: at[row]!, value: value[row] };
  return steps as [Step<unknown>, ...Step<unknown>[]];
}
