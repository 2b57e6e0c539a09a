import { z } from 'zod';
import type { ItemLink, LinkKind, WorkItem } from '../../core/model/work-item.ts';
import { dayOf, rejected, unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { ownValue, readInstant, readPoints } from '../reading/values.ts';
import { instantOf } from './normalize-plan.ts';
import type { Statuses } from './statuses.ts';
import { textOf } from '../reading/text-of.ts';

const issueSchema = z.object({
  id: z.string().min(1),
  identifier: z.string().regex(/^\S+-\d+$/),
  state: z.object({ id: z.string().min(1) }),
});

export interface IssueContext {
  readonly statuses: Statuses;
  /** The group of labels that says what an issue is. */
  readonly typeGroup: string;
}

/** One issue. Null when it lacks what an item cannot be without: id, identifier, state, time of birth. */
export function normalizeIssue(raw: unknown, context: IssueContext): Normalized<WorkItem | null> {
  const parsed = issueSchema.safeParse(raw);
  if (!parsed.success) return rejectedIssue(raw, 'an issue with id, identifier and state', raw);
  const { id, identifier: key, state } = parsed.data;
  const createdAt = readInstant(ownValue(raw, 'createdAt'));
  if (createdAt === null) return rejectedIssue(raw, 'an instant in `createdAt`', ownValue(raw, 'createdAt'));
  const setAside: SetAside[] = [];
  const at = (field: string) => instantOf(raw, field, ['item', key], setAside);
  const estimate = ownValue(raw, 'estimate') ?? null;
  const points = readPoints(estimate);
  if (estimate !== null && points === null)
    setAside.push(unusable('item', `${key} estimate`, 'a number from 0 to 1,000,000', estimate));
  const labels = labelsOf(raw);
  const cycle = idOf(raw, 'cycle');
  const resolution = context.statuses.resolutionOf(state.id, ownValue(raw, 'state'));
  const item: WorkItem = {
    id,
    key,
    projectKey: key.slice(0, key.lastIndexOf('-')),
    summary: textOf(raw, 'title') ?? '',
    // A sub-issue is an issue like any other: it has its own estimate, cycle and state.
    type: { name: typeName(labels, context.typeGroup), isSubtask: false, isEpic: false },
    createdAt,
    updatedAt: at('updatedAt') ?? createdAt,
    status: context.statuses.of(state.id, ownValue(raw, 'state')),
    resolution,
    resolvedAt: resolution === null ? null : (at('completedAt') ?? at('canceledAt')),
    assignee: idOf(raw, 'assignee'),
    sprintIds: cycle === null ? [] : [cycle],
    // The milestone, and the project that it leads to: each has a date of its own.
    fixVersionIds: [idOf(raw, 'projectMilestone'), idOf(raw, 'project')].filter((one) => one !== null),
    affectsVersionIds: [],
    startOn: null,
    dueOn: dayOf(raw, 'dueDate', ['item', key], setAside),
    points,
    estimateSeconds: null,
    parentKey: textOf(ownValue(raw, 'parent'), 'identifier'),
    isFlagged: false,
    links: linksOf(raw),
    labels: labels.map(({ name }) => name),
    components: [],
    priority: priorityName(ownValue(raw, 'priority')),
  };
  return { value: item, setAside };
}

function rejectedIssue(raw: unknown, expected: string, found: unknown): Normalized<null> {
  const key = ownValue(raw, 'identifier');
  if (typeof key !== 'string') return rejected('item', raw, expected, found);
  return { value: null, setAside: [unusable('item', key, expected, found)] };
}

const priorities = [null, 'Urgent', 'High', 'Medium', 'Low'];

/** 0 is how Linear says that nobody has set one. */
export function priorityName(value: unknown): string | null {
  return typeof value === 'number' ? (priorities[value] ?? null) : null;
}

interface Label {
  readonly name: string;
  readonly group: string | null;
}

function labelsOf(raw: unknown): readonly Label[] {
  return nodesOf(raw, 'labels').flatMap((label): Label[] => {
    const name = textOf(label, 'name');
    return name === null ? [] : [{ name, group: textOf(ownValue(label, 'parent'), 'name') }];
  });
}

/** Linear has no types; a group of labels tells them, or its own label Bug. */
function typeName(labels: readonly Label[], typeGroup: string): string {
  const typed = labels.find(({ group }) => group?.toLowerCase() === typeGroup.toLowerCase());
  return (typed ?? labels.find(({ name }) => /^bug$/i.test(name)))?.name ?? 'Issue';
}

const kinds: Readonly<Record<'relations' | 'inverseRelations', Readonly<Record<string, LinkKind>>>> = {
  relations: { blocks: 'blocks', duplicate: 'duplicates', related: 'relates' },
  inverseRelations: { blocks: 'blocked-by', duplicate: 'relates', related: 'relates' },
};

/** Links to other issues; what Linear merely finds similar is none. */
function linksOf(raw: unknown): readonly ItemLink[] {
  const links = (['relations', 'inverseRelations'] as const).flatMap((side) =>
    nodesOf(raw, side).flatMap((relation): ItemLink[] => {
      const type = textOf(relation, 'type') ?? '';
      const key = textOf(ownValue(relation, side === 'relations' ? 'relatedIssue' : 'issue'), 'identifier');
      return Object.hasOwn(kinds[side], type) && key !== null ? [{ kind: kinds[side][type]!, key }] : [];
    }),
  );
  return [...new Map(links.map((link) => [`${link.kind}:${link.key}`, link])).values()];
}

export function nodesOf(raw: unknown, connection: string): readonly unknown[] {
  const nodes = ownValue(ownValue(raw, connection), 'nodes');
  return Array.isArray(nodes) ? nodes : [];
}

export function idOf(raw: unknown, field: string): string | null {
  return textOf(ownValue(raw, field), 'id');
}
