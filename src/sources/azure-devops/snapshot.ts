import type { ChangeField } from '../../core/model/change.ts';
import { parseDay } from '../../core/time/day.ts';
import type { Day } from '../../core/time/day.ts';
import { formatInstant } from '../../core/time/instant.ts';
import { anyGlob } from '../reading/globs.ts';
import type { Names } from '../pulling/names.ts';
import { ownValue, readInstant, readPoints } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';
import { field } from './fields.ts';
import type { Iterations } from './iterations.ts';
import type { Process } from './process.ts';
import type { AzureDevopsSettings } from './settings.ts';

/** What is needed to understand a work item of one project. */
export interface ProjectContext {
  readonly project: { readonly id: string; readonly name: string };
  readonly process: Process;
  readonly iterations: Iterations;
  readonly names: Names;
  readonly settings: AzureDevopsSettings;
  /** Milestones above an item, by the id of its parent; none where no type is one. */
  versionsAbove(parent: number): readonly string[];
}

/** The fields of one revision whose history counts, as their changes are written. */
export interface Snapshot {
  readonly rev: number;
  readonly single: Readonly<Partial<Record<ChangeField, readonly [value: string | null, text: string | null]>>>;
  /** Ids, each with its name as far as the item itself tells it. */
  readonly versions: ReadonlyMap<string, string | null>;
}

export function snapshotOf(rev: number, fields: unknown, context: ProjectContext): Snapshot {
  const { process, iterations, names } = context;
  const text = (name: string) => textOf(fields, name);
  const iteration = iterations.find(ownValue(fields, field.iterationId), ownValue(fields, field.iteration));
  const isSprint = iteration !== null && iteration.isLeaf && iteration.startOn !== null;
  const state = text(field.state);
  const estimate = readHours(ownValue(fields, field.remaining) ?? ownValue(fields, field.estimate));
  const plain = (value: string | null) => [value, null] as const;
  return {
    rev,
    single: {
      status: [state === null ? null : process.statusOf(state).id, state],
      resolution: plain(state === null ? null : process.resolutionOf(state, text(field.reason))),
      sprint: isSprint ? [names.sprint(iteration.id), iteration.name] : [null, null],
      dueOn: plain(dayIn(fields, field.dueOn) ?? dayIn(fields, field.targetOn)),
      startOn: plain(dayIn(fields, field.startOn)),
      points: plain(numberText(pointsIn(fields, context.settings))),
      estimate: plain(numberText(estimate)),
      assignee: plain(personOf(ownValue(fields, field.assignee), names)),
      type: plain(text(field.type)),
      priority: plain(priorityIn(fields)),
      summary: plain(text(field.title)),
      project: plain(text(field.project)),
      flagged: plain(isBlocked(fields) ? 'true' : null),
    },
    versions: versionsOf(fields, context),
  };
}

/** Milestones of an item by what the settings say: the iterations above its own, tags, a field, an item above it. */
export function versionsOf(fields: unknown, context: ProjectContext): ReadonlyMap<string, string | null> {
  const { iterations, names, settings } = context;
  const { milestones } = settings;
  const versions = new Map<string, string | null>();
  const iteration = iterations.find(ownValue(fields, field.iterationId), ownValue(fields, field.iteration));
  if (milestones.iterations)
    for (const one of iteration?.line ?? []) if (!one.isLeaf) versions.set(names.version(one.id), one.name);
  const isMilestone = anyGlob(milestones.tags);
  for (const tag of tagsIn(fields)) if (isMilestone(tag)) versions.set(namedVersion(names, tag), tag);
  const told = milestones.field === undefined ? null : textOf(fields, milestones.field);
  if (told !== null) versions.set(namedVersion(names, told), told);
  const parent = ownValue(fields, field.parent);
  if (typeof parent === 'number') for (const id of context.versionsAbove(parent)) versions.set(id, null);
  return versions;
}

/** A milestone that is a name and nothing else. */
export function namedVersion(names: Names, name: string): string {
  return names.status(`release:${name}`);
}

export function tagsIn(fields: unknown): readonly string[] {
  return (textOf(fields, field.tags) ?? '')
    .split(';')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** A process without a field for it says it by a tag. */
export function isBlocked(fields: unknown): boolean {
  return textOf(fields, field.blocked)?.toLowerCase() === 'yes' || tagsIn(fields).some((tag) => /^blocked$/i.test(tag));
}

const pointFields = [field.storyPoints, field.effort, field.size];

export function pointsIn(fields: unknown, { points }: Pick<AzureDevopsSettings, 'points'>): number | null {
  for (const name of points === undefined ? pointFields : [points]) {
    const value = readPoints(ownValue(fields, name));
    if (value !== null) return value;
  }
  return null;
}

const priorities = ['Critical', 'High', 'Medium', 'Low'];

/** Numbers from 1, which every process explains in its own way: the first is the most urgent. */
export function priorityIn(fields: unknown): string | null {
  const value = ownValue(fields, field.priority);
  return typeof value === 'number' ? (priorities[value - 1] ?? String(value)) : null;
}

/** Hours to seconds. */
export function readHours(value: unknown): number | null {
  const hours = readPoints(value);
  return hours === null ? null : Math.round(hours * 3_600);
}

const halfDayMs = 12 * 3_600_000;

/** A day is kept as the midnight of whoever wrote it, in UTC: half a day later is that day wherever they live. */
export function dayIn(fields: unknown, name: string): Day | null {
  const at = readInstant(ownValue(fields, name) ?? null);
  return at === null ? null : parseDay(formatInstant(at + halfDayMs).slice(0, 10));
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** Somebody by their id, whoever has left too; or by their name, as old servers write it: `Ana <ana@acme.com>`. */
export function personOf(identity: unknown, names: Names): string | null {
  if (typeof identity === 'string' && identity !== '')
    return names.person(/<([^<>]+)>$/.exec(identity)?.[1] ?? identity);
  const id = textOf(identity, 'id');
  const person = id !== null && id !== nobody ? id : textOf(identity, 'uniqueName');
  return person === null ? null : names.person(person);
}

function numberText(value: number | null): string | null {
  return value === null ? null : String(value);
}
