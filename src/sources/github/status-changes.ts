import type { Change } from '../../core/model/change.ts';
import { changeOf } from '../reading/happening.ts';
import type { Happening } from '../reading/happening.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import type { BoardFields } from './board-fields.ts';
import type { Event, HistoryContext } from './history-context.ts';
import { labelsOf, reasonOf, resolutionOf } from './normalize-issue.ts';
import type { Standing } from './statuses.ts';

interface Step extends Omit<Happening, 'raw'> {
  readonly state?: Standing['state'];
  /** Why it was closed. */
  readonly reason?: string;
  /** Where it went on the board, and from where as far as the event says. */
  readonly option?: { readonly to: string | null; readonly from: string | null };
  readonly added?: string;
  readonly removed?: string;
}

/**
 * Status from closing, reopening, the board and labels. Labels at birth are those of now with every event undone, newest
 * first. A move on the board of which no event tells (a GitHub that keeps none, or one that was lost) is known by when
 * the field was last changed, and a close without its event by its time.
 */
export function historyOfStatus(
  raw: unknown,
  events: readonly Event[],
  fields: BoardFields,
  context: HistoryContext,
): Change[] {
  const steps = stepsOf(raw, events, fields, context);
  const labels = new Set(labelsOf(raw));
  for (const { added, removed } of steps.toReversed()) {
    if (added !== undefined) labels.delete(added);
    if (removed !== undefined) labels.add(removed);
  }
  let state: Standing['state'] = 'opened';
  let option = steps.find((step) => step.option)?.option?.from ?? null;
  let status = context.statuses.of({ state, option, labels: [...labels] });
  let resolution: string | null = null;
  const changes: Change[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.removed !== undefined) labels.delete(step.removed);
    if (step.added !== undefined) labels.add(step.added);
    if (step.option) option = step.option.to;
    const before: Standing['state'] = state;
    state = step.state ?? state;
    // A card that is moved loses one label and gains another in one moment: it was in no column between the two.
    if (steps[index + 1]?.at !== step.at) {
      const next = context.statuses.of({ state, option, labels: [...labels] });
      if (next.id !== status.id) changes.push(changeOf(step, 'status', [status.id, next.id], [status.name, next.name]));
      status = next;
    }
    if (state === before) continue;
    const reason = state === 'closed' ? (step.reason ?? 'Completed') : null;
    changes.push({ ...changeOf(step, 'resolution', [resolution, reason]), part: 1 });
    resolution = reason;
  }
  return changes;
}

function stepsOf(
  raw: unknown,
  events: readonly Event[],
  fields: BoardFields,
  { boardId }: HistoryContext,
): readonly Step[] {
  const steps = events.flatMap((event) => stepOf(event, boardId));
  const closedAt = readInstant(ownValue(raw, 'closedAt'));
  const isClosed = ownValue(raw, 'state') === 'CLOSED';
  if (isClosed && closedAt !== null && steps.findLast(({ state }) => state)?.state !== 'closed')
    steps.push({ id: 'closed', at: closedAt, by: null, state: 'closed', reason: resolutionOf(raw)! });
  const told = steps.findLast(({ option }) => option)?.option?.to ?? null;
  const now = fields.option?.value ?? null;
  if (boardId !== null && told !== now) {
    const at = fields.option?.at ?? fields.changedAt ?? readInstant(ownValue(raw, 'updatedAt'));
    if (at !== null) steps.push({ id: `board-status-${at}`, at, by: null, option: { to: now, from: null } });
  }
  return steps.sort((a, b) => a.at - b.at);
}

function stepOf({ raw, kind, ...when }: Event, boardId: string | null): Step[] {
  const label = ownValue(ownValue(raw, 'label'), 'name');
  const isOnBoard = boardId !== null && ownValue(ownValue(raw, 'project'), 'id') === boardId;
  const option = (field: string) => {
    const name = ownValue(raw, field);
    return typeof name === 'string' && name !== '' ? name : null;
  };
  switch (kind) {
    case 'ClosedEvent':
      return [{ ...when, state: 'closed', reason: reasonOf(ownValue(raw, 'stateReason')) }];
    case 'ReopenedEvent':
      return [{ ...when, state: 'opened' }];
    case 'ProjectV2ItemStatusChangedEvent':
      return isOnBoard ? [{ ...when, option: { to: option('status'), from: option('previousStatus') } }] : [];
    case 'RemovedFromProjectV2Event':
      return isOnBoard ? [{ ...when, option: { to: null, from: null } }] : [];
    case 'LabeledEvent':
      return typeof label === 'string' ? [{ ...when, added: label }] : [];
    case 'UnlabeledEvent':
      return typeof label === 'string' ? [{ ...when, removed: label }] : [];
    default:
      return [];
  }
}
