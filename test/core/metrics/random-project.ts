import * as fc from '../../property.ts';
import type { Change } from '../../../src/core/model/change.ts';
import type { Seen, Sprint, Version } from '../../../src/core/model/plan.ts';
import type { ItemHistory, ProjectHistory, ProjectSettings } from '../../../src/core/model/project.ts';
import type { Status, WorkItem } from '../../../src/core/model/work-item.ts';
import { addDays } from '../../../src/core/time/day.ts';
import type { Day } from '../../../src/core/time/day.ts';
import type { Instant } from '../../../src/core/time/instant.ts';
import {
  aChange,
  aHistory,
  anItem,
  aNamedMilestone,
  aSprint,
  aVersion,
  settings,
  statuses,
  types,
} from '../../builders.ts';

/** A made-up project that can be asked what a tool and its pulls would have kept of it by any hour. */
export interface RandomProject {
  readonly lengthHours: number;
  /** Everything that was known after pulls that ended at these hours, besides those of the project's own. */
  known(...pullHours: readonly number[]): ProjectHistory;
  /** The same for other settings. */
  knownAs(parts: Partial<ProjectSettings>, ...pullHours: readonly number[]): ProjectHistory;
}

const hourMs = 3_600_000;
export const beginsAt: Instant = Date.UTC(2026, 0, 5);
export const hourAt = (hour: number): Instant => beginsAt + hour * hourMs;
const dayOf = (hour: number): Day => addDays('2026-01-05', Math.floor(hour / 24));

const lengthHours = 24 * 120;
const hours = fc.integer({ min: 0, max: lengthHours });
const statusList: readonly Status[] = Object.values(statuses);
const someDay = fc.integer({ min: 0, max: 240 }).map((days) => addDays('2026-01-05', days));

type Field =
  | 'status'
  | 'sprint'
  | 'fixVersion'
  | 'dueOn'
  | 'points'
  | 'parent'
  | 'flagged'
  | 'link'
  | 'resolution'
  | 'label'
  | 'component'
  | 'assignee';

/** A wish to change a field at an hour; what it changes from is what the item has then. */
const edits = fc.oneof(
  // As in life: what happens to an item is more often than not that it moves on.
  {
    weight: 11,
    arbitrary: fc.record({
      field: fc.constant('status' as const),
      value: fc.integer({ min: 0, max: statusList.length - 1 }).map(String),
    }),
  },
  fc.record({ field: fc.constant('sprint' as const), value: fc.constantFrom('', '1', '2', '1,2', '2,3') }),
  fc.record({ field: fc.constant('fixVersion' as const), value: fc.constantFrom('90', '91') }),
  fc.record({ field: fc.constant('dueOn' as const), value: fc.oneof(someDay, fc.constant('')) }),
  fc.record({ field: fc.constant('points' as const), value: fc.constantFrom('', '1', '3', '8') }),
  fc.record({ field: fc.constant('parent' as const), value: fc.constantFrom('', 'APO-1') }),
  fc.record({ field: fc.constant('flagged' as const), value: fc.constantFrom('', 'true') }),
  fc.record({ field: fc.constant('link' as const), value: fc.constantFrom('blocked-by:APO-1', 'blocked-by:HER-1') }),
  fc.record({ field: fc.constant('label' as const), value: fc.constantFrom('web', 'quick') }),
  fc.record({ field: fc.constant('component' as const), value: fc.constantFrom('Shop', 'Pay') }),
  fc.record({ field: fc.constant('assignee' as const), value: fc.constantFrom('', 'ann', 'bob') }),
  fc.record({ field: fc.constant('resolution' as const), value: fc.constantFrom('', 'Fixed', 'Duplicate') }),
);

const randomItem = fc.record({
  createdHour: hours,
  goneHour: fc.option(hours, { freq: 8 }),
  isSubtask: fc.boolean().map((is) => is),
  first: fc.array(edits, { maxLength: 4 }),
  later: fc.array(fc.record({ hour: hours, edit: edits }), { maxLength: 12, size: 'max' }),
});
type RandomItem = typeof randomItem extends fc.Arbitrary<infer Item> ? Item : never;

/** The fields as texts, in the form in which changes tell them; sets are lists. */
type State = Record<Field, string>;
const sets: readonly Field[] = ['fixVersion', 'link', 'label', 'component'];

function put(state: State, field: Field, value: string): { from: string | null; to: string | null } | null {
  if (sets.includes(field)) {
    const members = state[field].split(' ').filter(Boolean);
    const isIn = members.includes(value);
    state[field] = (isIn ? members.filter((member) => member !== value) : [...members, value]).join(' ');
    return isIn ? { from: value, to: null } : { from: null, to: value };
  }
  const from = state[field];
  if (from === value) return null;
  state[field] = value;
  return { from: from || null, to: value || null };
}

function itemBy(random: RandomItem, number: number, hour: number): ItemHistory | null {
  if (random.createdHour > hour) return null;
  const state: State = {
    status: '0',
    sprint: '',
    fixVersion: '',
    dueOn: '',
    points: '',
    parent: '',
    flagged: '',
    link: '',
    resolution: '',
    label: '',
    component: '',
    assignee: '',
  };
  // The epic of the others stands in nothing: a change that says otherwise would belie what it is now.
  const canBe = ({ field }: { readonly field: Field }) => number !== 1 || field !== 'parent';
  for (const { field, value } of random.first.filter(canBe)) put(state, field, value);
  const changes: Change[] = [];
  const later = random.later
    .filter(({ hour: when, edit }) => when > random.createdHour && when <= hour && canBe(edit))
    .sort((a, b) => a.hour - b.hour);
  for (const [index, { hour: when, edit }] of later.entries()) {
    const ends = put(state, edit.field, edit.value);
    if (!ends) continue;
    const nameOf = (id: string | null) =>
      edit.field === 'status' && id !== null ? statusList[Number(id)]!.name : null;
    const idOf = (id: string | null) => (edit.field === 'status' && id !== null ? statusList[Number(id)]!.id : id);
    changes.push(
      aChange({
        id: String(index).padStart(4, '0'),
        at: hourAt(when),
        field: edit.field,
        by: 'ann',
        from: idOf(ends.from),
        to: idOf(ends.to),
        fromText: nameOf(ends.from),
        toText: nameOf(ends.to),
      }),
    );
  }
  const goneAt = random.goneHour !== null && random.goneHour > random.createdHour ? hourAt(random.goneHour) : null;
  return {
    item: itemOf(random, number, state),
    changes,
    isComplete: true,
    goneAt: goneAt !== null && goneAt <= hourAt(hour) ? goneAt : null,
  };
}

function itemOf(random: RandomItem, number: number, state: State): WorkItem {
  return anItem({
    key: `APO-${number}`,
    id: String(10_000 + number),
    type: number === 1 ? types.epic : random.isSubtask && number % 4 === 0 ? types.subtask : types.story,
    createdAt: hourAt(random.createdHour),
    status: statusList[Number(state.status)]!,
    sprintIds: state.sprint.split(',').filter(Boolean),
    fixVersionIds: state.fixVersion.split(' ').filter(Boolean).sort(),
    dueOn: state.dueOn === '' ? null : (state.dueOn as Day),
    points: state.points === '' ? null : Number(state.points),
    parentKey: state.parent || null,
    isFlagged: state.flagged === 'true',
    links: state.link
      .split(' ')
      .filter(Boolean)
      .map((link) => ({ kind: 'blocked-by' as const, key: link.slice('blocked-by:'.length) })),
    resolution: state.resolution || null,
    labels: state.label.split(' ').filter(Boolean).sort(),
    components: state.component.split(' ').filter(Boolean).sort(),
    assignee: state.assignee || null,
  });
}

const randomSprint = fc.record({ startHour: hours, length: fc.integer({ min: 1, max: 500 }), plannedDays: fc.nat(20) });
const randomVersion = fc.record({
  dates: fc.array(fc.record({ hour: hours, on: fc.option(someDay) }), { maxLength: 5 }),
  releaseHour: fc.option(hours),
});

function sprintBy(
  { startHour, length, plannedDays }: { startHour: number; length: number; plannedDays: number },
  id: string,
  hour: number,
): Sprint {
  const completedHour = startHour + length;
  const state = hour < startHour ? 'future' : hour < completedHour ? 'active' : 'closed';
  return aSprint({
    id,
    name: `Sprint ${id}`,
    state,
    startAt: hourAt(startHour),
    activatedAt: state === 'future' ? null : hourAt(startHour),
    endAt: hourAt(startHour + plannedDays * 24),
    boardId: id === '3' ? '2' : '1',
    completedAt: state === 'closed' ? hourAt(completedHour) : null,
  });
}

function versionBy(
  { dates, releaseHour }: { dates: readonly { hour: number; on: Day | null }[]; releaseHour: number | null },
  id: string,
  hour: number,
): Version {
  const isReleased = releaseHour !== null && releaseHour <= hour;
  const planned =
    dates
      .filter((date) => date.hour <= hour)
      .sort((a, b) => a.hour - b.hour)
      .at(-1)?.on ?? null;
  return aVersion({ id, name: `1.${id}`, isReleased, releaseOn: isReleased ? dayOf(releaseHour) : planned });
}

export const randomProject: fc.Arbitrary<RandomProject> = fc
  .record({
    items: fc.array(randomItem, { minLength: 1, maxLength: 12, size: 'max' }),
    sprints: fc.array(randomSprint, { maxLength: 3 }),
    versions: fc.array(randomVersion, { maxLength: 2 }),
    pullHours: fc.array(hours, { maxLength: 6 }),
    milestone: fc.array(fc.record({ hour: hours, on: fc.option(someDay) }), { maxLength: 4 }),
  })
  .map(({ items, sprints, versions, pullHours, milestone }) => {
    const knownAs: RandomProject['knownAs'] = (parts, ...more) => {
      const hour = Math.max(...more);
      const pulls = [...new Set([...pullHours.filter((pull) => pull < hour), ...more])].sort((a, b) => a - b);
      const seen = <T>(look: (hour: number) => T): readonly Seen<T>[] =>
        pulls.map((pull) => ({ at: hourAt(pull), value: look(pull) }));
      const dates = milestone
        .filter((date) => date.hour <= hour)
        .sort((a, b) => a.hour - b.hour)
        .map((date) => ({ at: hourAt(date.hour), on: date.on, by: null }));
      return aHistory({
        settings: settings({ excludedResolutions: ['Duplicate'], zone: 'Europe/Paris', ...parts }),
        items: items.flatMap((item, index) => itemBy(item, index + 1, hour) ?? []),
        sprints: sprints.map((sprint, index) => seen((pull) => sprintBy(sprint, String(index + 1), pull))),
        versions: versions.map((version, index) => seen((pull) => versionBy(version, String(90 + index), pull))),
        milestones:
          dates.length === 0
            ? []
            : [aNamedMilestone({ dates, scope: { versions: ['1.90'], items: ['APO-2'], labels: [] } })],
        pulls: pulls.map((pull) => ({
          source: 'jira',
          startedAt: hourAt(pull) - 60_000,
          endedAt: hourAt(pull),
          outcome: 'done' as const,
          error: null,
        })),
      });
    };
    return { lengthHours, knownAs, known: (...more) => knownAs({}, ...more) };
  });
