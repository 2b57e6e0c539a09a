import { z } from 'zod';
import type { Incident } from '../../core/model/delivery.ts';
import type { WorkItem } from '../../core/model/work-item.ts';
import { unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';
import { field } from './fields.ts';
import { linksOf, parentOf } from './links.ts';
import { keyOf } from './settings.ts';
import { dayIn, isBlocked, personOf, pointsIn, priorityIn, readHours, snapshotOf, tagsIn } from './snapshot.ts';
import type { ProjectContext } from './snapshot.ts';

const schema = z.object({
  id: z.number().int().positive(),
  rev: z.number().int(),
  fields: z.record(z.string(), z.unknown()),
});

/** One work item. Null when it lacks what an item cannot be without: id, revision, type, state, time of birth. */
export function normalizeItem(raw: unknown, context: ProjectContext): Normalized<WorkItem | null> {
  const parsed = schema.safeParse(raw);
  const id = ownValue(raw, 'id');
  const name = typeof id === 'number' ? keyOf(id) : '?';
  if (!parsed.success)
    return { value: null, setAside: [unusable('item', name, 'a work item with id, rev and fields', raw)] };
  const { rev, fields } = parsed.data;
  const { names, process, settings } = context;
  const createdAt = readInstant(fields[field.createdAt] ?? null);
  const type = textOf(fields, field.type);
  const state = textOf(fields, field.state);
  if (createdAt === null || type === null || state === null) {
    const expected = 'a type, a state and an instant in System.CreatedDate';
    return { value: null, setAside: [unusable('item', name, expected, fields[field.createdAt] ?? type ?? state)] };
  }
  const setAside: SetAside[] = [];
  const at = (reference: string) => {
    const instant = readInstant(fields[reference] ?? null);
    if (instant === null && (fields[reference] ?? null) !== null)
      setAside.push(unusable('item', `${name} ${reference}`, 'an instant', fields[reference]));
    return instant;
  };
  for (const reference of [field.dueOn, field.targetOn, field.startOn]) at(reference);
  const { single, versions } = snapshotOf(rev, withParent(fields, raw), context);
  const resolution = single.resolution![0];
  const sprint = single.sprint![0];
  const parent = parentOf(raw) ?? fields[field.parent];
  const item: WorkItem = {
    id: names.item(parsed.data.id),
    key: name,
    projectKey: textOf(fields, field.project) ?? context.project.name,
    summary: textOf(fields, field.title) ?? '',
    type: process.typeOf(type),
    createdAt,
    updatedAt: at(field.changedAt) ?? createdAt,
    status: process.statusOf(state),
    resolution,
    resolvedAt: resolution === null ? null : (at(field.closedAt) ?? at(field.stateChangedAt)),
    assignee: personOf(fields[field.assignee], names),
    sprintIds: sprint === null ? [] : [sprint],
    fixVersionIds: [...versions.keys()],
    affectsVersionIds: [],
    startOn: dayIn(fields, field.startOn),
    dueOn: dayIn(fields, field.dueOn) ?? dayIn(fields, field.targetOn),
    points: pointsIn(fields, settings),
    estimateSeconds: readHours(fields[field.remaining] ?? fields[field.estimate]),
    parentKey: typeof parent === 'number' ? keyOf(parent) : null,
    isFlagged: isBlocked(fields),
    links: linksOf(raw),
    labels: tagsIn(fields),
    components: componentsOf(fields),
    priority: priorityIn(fields),
  };
  return { value: item, setAside };
}

function withParent(fields: Readonly<Record<string, unknown>>, raw: unknown): unknown {
  const parent = parentOf(raw);
  return parent === null ? fields : { ...fields, [field.parent]: parent };
}

/** The area below the project: the team or the part of the product. */
function componentsOf(fields: unknown): readonly string[] {
  const area = textOf(fields, field.area);
  const below = area?.includes('\\') ? area.slice(area.indexOf('\\') + 1) : null;
  return below === null ? [] : [below.replaceAll('\\', ' / ')];
}

/** An incident of the service; one that was none in the end is left out. */
export function incidentOf(item: WorkItem, isIncident: (type: string) => boolean): Omit<Incident, 'service'> | null {
  if (!isIncident(item.type.name) || (item.resolution !== null && item.resolution !== 'Done')) return null;
  return { id: item.key, openedAt: item.createdAt, resolvedAt: item.resolvedAt, cause: null };
}
