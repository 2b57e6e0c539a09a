import type { Status, StatusCategory } from '../../core/model/work-item.ts';
import { anyGlob } from '../reading/globs.ts';
import { notStarted, valueOfLabel } from '../reading/status-names.ts';
import type { Names } from './names.ts';

/** What the status of an issue is made of. */
export interface Standing {
  readonly state: 'opened' | 'closed';
  /** Where it stands on the board; null when it is not on it. */
  readonly option: string | null;
  readonly labels: readonly string[];
}

export interface Statuses {
  /** The status of an issue: closed, else its place on the board, else a label, else open. */
  of(standing: Standing): Status;
  ofOption(name: string): Status;
  /** Open and closed, which every issue may be. */
  readonly always: readonly Status[];
}

/** Columns that hold what is over although the issue was not closed. */
const over =
  /^(done|closed|completed?|finished|released|shipped|deployed|merged|resolved|cancell?ed|won.?t (do|fix))\b/i;

/** `patterns` are labels or globs from left to right; of several that an issue bears the one furthest to the right counts. */
export function createStatuses(names: Names, patterns: readonly string[]): Statuses {
  const tests = patterns.map((pattern) => anyGlob([pattern]));
  const rank = (label: string) => tests.findLastIndex((test) => test(label));
  const labelOf = (labels: readonly string[]) =>
    labels.filter((label) => rank(label) >= 0).sort((a, b) => rank(b) - rank(a) || (a < b ? 1 : -1))[0] ?? null;
  const known = new Map<string, Status>();
  const make = (name: string, title: string, category: StatusCategory): Status => {
    const status = known.get(name) ?? { id: names.status(name), name: title, category };
    known.set(name, status);
    return status;
  };
  const named = (name: string, title: string) => make(name, title, categoryOf(title));
  const open = make('opened', 'Open', 'new');
  const closed = make('closed', 'Closed', 'done');
  const ofOption = (name: string) => named(`option:${name}`, name);
  return {
    ofOption,
    always: [open, closed],
    of({ state, option, labels }) {
      if (state === 'closed') return closed;
      if (option !== null) return ofOption(option);
      const label = labelOf(labels);
      return label === null ? open : named(`label:${label}`, valueOfLabel(label));
    },
  };
}

/** What people named says where work stands; anything that says neither is under way, and the config may say otherwise. */
function categoryOf(title: string): StatusCategory {
  // Teams put a picture before the name of a column.
  const words = title.replace(/^[^\p{L}\p{N}]+/u, '');
  if (over.test(words)) return 'done';
  return notStarted.test(words) ? 'new' : 'indeterminate';
}
