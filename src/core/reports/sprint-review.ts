import { assess } from '../findings/assess.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { SprintFigures } from '../metrics/sprint-figures.ts';
import { carriedItems } from '../metrics/sprints/carried.ts';
import { accountSprint } from '../metrics/sprints/sprint.ts';
import type { SprintItemAccount } from '../metrics/sprints/sprint.ts';
import { courseOfSprint } from '../metrics/sprints/measure-sprints.ts';
import { velocityOf } from '../metrics/sprints/velocity.ts';
import type { ItemKey, SprintId } from '../model/ids.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { Zone } from '../time/zone.ts';
import type { ProjectView, SprintView } from '../view/view.ts';
import { foldByRule } from './finding-line.ts';
import { createRefs, listingOf } from './item-ref.ts';
import { burndownFacts } from './sprint-review-burndown.ts';
import { followingSprint } from './sprint-review-next.ts';
import type { CarriedLine, ReviewedSprint, SprintReview, SprintUnit, Weight } from './sprint-review-report.ts';
import { talkOf } from './sprint-review-talk.ts';

export interface SprintReviewInput {
  readonly view: ProjectView;
  readonly metrics: Metrics;
  /** Null: the sprint that was closed last. */
  readonly sprint: SprintId | null;
  readonly zone: Zone;
  readonly thresholds: Thresholds;
  readonly urlOf: (key: ItemKey) => string | null;
}

/** Points that one may talk about, sprint and items together. */
const talked = 3;

/** What a closed sprint came to (metrics.md 2.4 to 2.6); `sprint` is null when there is no such sprint yet. */
export function buildSprintReview(input: SprintReviewInput): SprintReview {
  const { view, metrics, zone, thresholds } = input;
  const figures = reviewedFigures(metrics, input.sprint);
  const seen = figures && view.sprints.find(({ sprint }) => sprint.id === figures.id);
  const frame = {
    kind: 'sprint-review',
    project: { id: metrics.project, name: metrics.name },
    asOf: metrics.asOf,
    zone: zone.name,
    trust: metrics.trust,
  } as const;
  if (!figures || !seen) return { ...frame, ...nothingYet };

  const refOf = createRefs(view, input.urlOf);
  const course = courseOfSprint(view, seen, thresholds.sprints.graceMinutes);
  const account = accountSprint(course.items, course.span);
  const unit = unitOf([...account.items.values()]);
  const sprint = reviewed(view, { figures, seen, unit });
  const keysOf = (test: (item: SprintItemAccount) => boolean) =>
    [...account.items].filter(([, item]) => test(item)).map(([key]) => key);
  const completed = keysOf((item) => item.class === 'completed');
  const added = keysOf((item) => item.added && item.class !== 'completed-outside').sort(
    (a, b) => account.items.get(a)!.enteredAt - account.items.get(b)!.enteredAt,
  );
  const ages = carriedItems(closedBy(metrics, figures));
  const carried = keysOf((item) => item.class === 'not-completed')
    .map((key): CarriedLine => ({ ...refOf(key), sprints: ages.get(key)?.sprints ?? 1 }))
    .sort((a, b) => b.sprints - a.sprints);
  const carriedOften = carried.filter(({ sprints }) => sprints >= thresholds.items.serialSprints);
  const burndown = burndownFacts(course, {
    calendar: view.calendar,
    unit,
    plannedEndAt: figures.endAt ?? figures.completedAt!,
    commitment: figures.totals!.committed,
    doneAts: doneAtsOf(course, completed),
  });
  const talk = talkOf({ sprint, burndown, carriedOften, added, refOf }).slice(0, talked);
  return {
    ...frame,
    sprint,
    velocity: velocityLine(metrics, figures, unit),
    release: releaseLine(metrics, figures),
    burndown,
    carriedOften,
    talk,
    lookAt: foldByRule(findingsOf(input, figures), refOf).slice(0, talked - talk.length),
    next: followingSprint(view, figures),
    details: {
      completed: listingOf(completed.map(refOf), thresholds.digest.listed),
      carried: listingOf(carried, thresholds.digest.listed),
      added: listingOf(added.map(refOf), thresholds.digest.listed),
      removed: listingOf(keysOf((item) => item.class === 'removed').map(refOf), thresholds.digest.listed),
    },
  };
}

const nothingYet = {
  sprint: null,
  velocity: null,
  release: null,
  burndown: null,
  carriedOften: [],
  talk: [],
  lookAt: [],
  next: null,
  details: {
    completed: { items: [], more: 0 },
    carried: { items: [], more: 0 },
    added: { items: [], more: 0 },
    removed: { items: [], more: 0 },
  },
} as const;

/** The sprints of its board that had been closed by the end of a sprint, itself included. */
function closedBy({ sprints }: Metrics, { boardId, completedAt }: SprintFigures): readonly SprintFigures[] {
  return sprints.filter(
    (other) => other.boardId === boardId && other.completedAt !== null && other.completedAt <= completedAt!,
  );
}

/** The closed sprint that is asked for, or the newest that held something. */
export function reviewedFigures({ sprints }: Metrics, id: SprintId | null): SprintFigures | undefined {
  const closed = sprints.filter(({ state, completedAt }) => state === 'closed' && completedAt !== null);
  if (id !== null) return closed.find((sprint) => sprint.id === id);
  const held = closed.filter(({ classes }) => Object.keys(classes).length > 0);
  return held.reduce<SprintFigures | undefined>(
    (newest, sprint) => (newest === undefined || sprint.completedAt! >= newest.completedAt! ? sprint : newest),
    undefined,
  );
}

/**
 * Points where most of the items were estimated when they came in: a few estimates would tell of those few only, and a
 * commitment that was estimated afterwards was none in points.
 */
function unitOf(items: readonly SprintItemAccount[]): SprintUnit {
  const counted = items.filter((item) => item.class !== 'completed-outside');
  const estimated = counted.filter((item) => (item.estimateAtEntry ?? 0) > 0).length;
  return estimated * 2 > counted.length ? 'points' : 'items';
}

interface Parts {
  readonly figures: SprintFigures;
  readonly seen: SprintView;
  readonly unit: SprintUnit;
}

function reviewed(view: ProjectView, { figures, seen, unit }: Parts): ReviewedSprint {
  const { zone } = view.calendar;
  const { totals, detail, grade, classes } = { ...figures, totals: figures.totals!, detail: figures.detail! };
  const isKnown = grade !== 'D';
  const weight = (count: number, points: number): Weight => ({ count, points: unit === 'points' ? points : null });
  return {
    id: figures.id,
    name: figures.name,
    goal: seen.sprint.goal,
    startOn: zone.dayAt(figures.activatedAt!),
    endOn: figures.endAt === null ? null : zone.dayAt(figures.endAt),
    completedOn: zone.dayAt(figures.completedAt!),
    overrunWorkingDays: detail.overrunWorkingDays,
    grade,
    flags: figures.flags,
    cutHistories: Object.keys(classes).filter((key) => view.itemsByKey.get(key)?.isComplete === false).length,
    sayDo: {
      count: isKnown ? totals.sayDo.count : null,
      points: isKnown && unit === 'points' ? totals.sayDo.points : null,
    },
    committed: weight(totals.committed.count, totals.committed.points),
    kept: Math.round((totals.sayDo.count ?? 0) * totals.committed.count),
    completed: weight(totals.completed.count, totals.completed.points),
    carried: weight(totals.notCompleted.count, detail.notCompletedPoints),
    added: weight(totals.added.count, detail.addedPoints),
    removed: weight(totals.removed.count, detail.removedPoints),
    completedOutside: totals.completedOutside.count,
    lateAdditions: detail.lateAdditions,
    churned: detail.churned,
    reEstimatedPoints: unit === 'points' ? detail.reEstimatedPoints - detail.firstEstimatedPoints : null,
    firstEstimatedPoints: unit === 'points' ? detail.firstEstimatedPoints : null,
    scopeChange: isKnown ? totals.scopeChange.count : null,
  };
}

/** When each completed item was done for the board, at the last. */
function doneAtsOf({ items, span }: ReturnType<typeof courseOfSprint>, completed: readonly ItemKey[]): number[] {
  const wanted = new Set(completed);
  return items
    .filter(({ key }) => wanted.has(key))
    .map(({ doneness }) => {
      let since = doneness[0].at;
      let isDone = false;
      for (const { at, value } of doneness) {
        if (at > span.endedAt) break;
        if (value && !isDone) since = at;
        isDone = value;
      }
      return since;
    });
}

function velocityLine(metrics: Metrics, figures: SprintFigures, unit: SprintUnit): SprintReview['velocity'] {
  if (figures.grade === 'D') return null;
  const past = velocityOf(metrics.sprints, { boardId: figures.boardId, before: figures.completedAt! });
  const inPoints = unit === 'points' ? (past?.points ?? null) : null;
  const range = inPoints ?? past?.count ?? null;
  if (past === null || range === null) return null;
  const now = inPoints ? figures.totals!.completed.points : figures.totals!.completed.count;
  const standing = now < range.min ? 'below' : now > range.max ? 'above' : 'within';
  return { unit: inPoints ? 'points' : 'items', now, range, sprints: past.n, standing };
}

/** Only in the review of the sprint at whose end the summary stands: in one of the past it would tell the present. */
function releaseLine({ figures }: Metrics, { id }: SprintFigures): SprintReview['release'] {
  const { value, unit, grade } = figures.agileEvm;
  if (value === null || grade === 'D' || value.sprints.at(-1) !== id) return null;
  const { name, planned, added, done, plannedSprints, doneSprints, expectedComplete, actualComplete } = value;
  return {
    name,
    unit: unit === 'point' ? 'point' : 'item',
    scope: planned + added,
    added,
    done,
    plannedSprints,
    doneSprints,
    expectedComplete,
    actualComplete,
    isPast: doneSprints > plannedSprints,
  };
}

/** What stands in the way of its items now; said only while the sprint is the newest of its board. */
function findingsOf({ view, metrics, thresholds }: SprintReviewInput, figures: SprintFigures) {
  const isNewest = !metrics.sprints.some(
    ({ boardId, completedAt }) =>
      boardId === figures.boardId && completedAt !== null && completedAt > figures.completedAt!,
  );
  if (!isNewest) return [];
  return assess({ view, metrics, previous: null, thresholds }).filter(
    ({ subject, rule, severity }) =>
      figures.classes[subject] === 'not-completed' &&
      rule !== 'SERIAL_CARRYOVER' &&
      (severity === 'high' || severity === 'medium'),
  );
}
