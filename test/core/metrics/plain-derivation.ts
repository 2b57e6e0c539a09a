/**
 * Clocks and versions of items once more, by plain loops over the raw JSON of Jira and nothing of ours: what the two
 * agree on is not a slip of one of them.
 */
export interface RawIssue {
  readonly key: string;
  readonly fields: {
    readonly project: { readonly key: string };
    readonly created: string;
    readonly resolutiondate?: string | null;
    readonly status: { readonly id: string; readonly name: string; readonly statusCategory: { readonly key: string } };
    readonly fixVersions?: readonly { readonly id: string }[];
  };
  readonly changelog?: { readonly total?: number; readonly histories: readonly RawEntry[] };
}

export interface RawEntry {
  readonly id: string;
  readonly created: string;
  readonly items: readonly RawChange[];
}

export type RawChange = Readonly<Record<'field' | 'from' | 'fromString' | 'to' | 'toString', string | null>>;

export interface PlainItem {
  readonly start: string | null;
  readonly done: string | null;
  readonly days: number | null;
  /** Ids of its fix versions, in order. */
  readonly versions: string;
}

export const iso = (raw: string): string => new Date(raw).toISOString();

/** Every item of the project that had been made by then, in a calendar of UTC. */
export function plainItems(issues: readonly RawIssue[], project: string, asOf: string): Map<string, PlainItem> {
  const categoryOf = categories(issues);
  const found = new Map<string, PlainItem>();
  for (const issue of issues) {
    if (issue.fields.project.key !== project || iso(issue.fields.created) > asOf) continue;
    const { start, done } = clockOf(issue, categoryOf, asOf);
    const days =
      start !== null && done !== null
        ? (Date.parse(done.slice(0, 10)) - Date.parse(start.slice(0, 10))) / 86_400_000 + 1
        : null;
    found.set(issue.key, { start, done, days, versions: versionsOf(issue, asOf) });
  }
  return found;
}

type CategoryOf = (id: string | null, name: string | null) => string;

function categories(issues: readonly RawIssue[]): CategoryOf {
  const ofId: Record<string, string> = {};
  const ofName: Record<string, string> = {};
  for (const { fields } of issues) {
    ofId[fields.status.id] = fields.status.statusCategory.key;
    ofName[fields.status.name.toLowerCase()] = fields.status.statusCategory.key;
  }
  return (id, name) => ofId[id ?? ''] ?? ofName[(name ?? '').toLowerCase()] ?? '?';
}

function inOrder({ changelog }: RawIssue): RawEntry[] {
  return [...(changelog?.histories ?? [])].sort((a, b) => {
    if (iso(a.created) !== iso(b.created)) return iso(a.created) < iso(b.created) ? -1 : 1;
    return Number(a.id) - Number(b.id);
  });
}

function clockOf(issue: RawIssue, categoryOf: CategoryOf, asOf: string): Pick<PlainItem, 'start' | 'done'> {
  const { fields, changelog } = issue;
  const created = iso(fields.created);
  const resolved = fields.resolutiondate ? iso(fields.resolutiondate) : null;
  const isWhole = changelog !== undefined && changelog.histories.length >= (changelog.total ?? 0);
  const now = categoryOf(fields.status.id, fields.status.name);

  let first: string | null = null;
  let category: string | null = null;
  let start: string | null = null;
  let done: string | null = null;
  for (const { created: when, items } of inOrder(issue)) {
    for (const change of items) {
      if (change.field !== 'status') continue;
      if (first === null) {
        first = categoryOf(change.from, change.fromString);
        category = first;
        if (first === 'indeterminate') start = created;
        if (first === 'done') done = created;
      }
      if (iso(when) > asOf) continue;
      const to = categoryOf(change.to, change.toString);
      if (to === 'indeterminate' && start === null) start = iso(when);
      if (to === 'done' && category !== 'done') done = iso(when);
      if (to !== 'done') done = null;
      category = to;
    }
  }
  if (first === null) {
    if (now === 'indeterminate') start = created;
    if (now === 'done') done = created;
    // Done without a move into done: the day of the resolution tells more.
    if (now === 'done' && resolved !== null && resolved > created) done = resolved <= asOf ? resolved : null;
    if (now === 'done' && !isWhole && resolved === null) done = null;
  }
  // What a cut history begins with may be years after the start, unless it begins before it.
  if (!isWhole && first !== 'new') start = null;
  return { start, done };
}

/** The versions of today, with every later change taken back, the newest first. */
function versionsOf(issue: RawIssue, asOf: string): string {
  const versions = new Set((issue.fields.fixVersions ?? []).map(({ id }) => id));
  for (const { created, items } of inOrder(issue).reverse()) {
    if (iso(created) <= asOf) continue;
    for (const { field, from, to } of [...items].reverse()) {
      if (field !== 'Fix Version') continue;
      if (to !== null) versions.delete(to);
      if (from !== null) versions.add(from);
    }
  }
  return [...versions].sort().join(' ');
}
