import type { Change } from '../../core/model/change.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import { changeOf } from '../reading/happening.ts';
import type { Happening } from '../reading/happening.ts';
import { labelsOf, resolutionOf } from './normalize-issue.ts';
import type { IssueContext } from './normalize-issue.ts';
import { readSystemNote } from './system-notes.ts';

type State = 'opened' | 'closed';

interface Step extends Omit<Happening, 'raw'> {
  readonly state: 'opened' | 'closed' | null;
  readonly added: string | null;
  readonly removed: string | null;
}

interface Past {
  readonly states: readonly Happening[];
  readonly labels: readonly Happening[];
  readonly notes: readonly Happening[];
}

/**
 * Status from closing, reopening and labels. Labels at birth are those of now with every event undone, newest first:
 * older versions tell of no labels that an issue was born with. A close that no event tells of is known by its time.
 */
export function historyOfStatus(raw: unknown, past: Past, { statuses, path }: IssueContext): Change[] {
  const steps = [...stateSteps(raw, past, path), ...past.labels.flatMap(labelStep)].sort((a, b) => a.at - b.at);
  const labels = new Set(labelsOf(raw));
  for (const { added, removed } of [...steps].reverse()) {
    if (added !== null) labels.delete(added);
    if (removed !== null) labels.add(removed);
  }
  const changes: Change[] = [];
  let state: State = 'opened';
  let status = statuses.of(state, [...labels]);
  const lastClose = steps.findLast((step) => step.state === 'closed');
  for (const [index, step] of steps.entries()) {
    if (step.removed !== null) labels.delete(step.removed);
    if (step.added !== null) labels.add(step.added);
    const before: State = state;
    state = step.state ?? state;
    // A card that is moved loses one label and gains another in one moment: it was in no column between the two.
    if (steps[index + 1]?.at !== step.at) {
      const next = statuses.of(state, [...labels]);
      if (next.id !== status.id) changes.push(changeOf(step, 'status', [status.id, next.id], [status.name, next.name]));
      status = next;
    }
    if (state === before) continue;
    // Why it was closed GitLab tells of the last time only.
    const resolution = step === lastClose ? (resolutionOf(raw) ?? 'Closed') : 'Closed';
    const ends = state === 'closed' ? ([null, resolution] as const) : ([resolutionBefore(changes), null] as const);
    changes.push({ ...changeOf(step, 'resolution', ends), part: 1 });
  }
  return changes;
}

function resolutionBefore(changes: readonly Change[]): string | null {
  return changes.findLast(({ field }) => field === 'resolution')?.to ?? null;
}

function stateSteps(raw: unknown, { states, notes }: Past, path: string): Step[] {
  const none = { added: null, removed: null };
  const events: Step[] = states.flatMap(({ raw: event, ...when }): Step[] => {
    const word = ownValue(event, 'state');
    if (word === 'closed') return [{ ...when, ...none, state: 'closed' as const }];
    return word === 'reopened' || word === 'opened' ? [{ ...when, ...none, state: 'opened' as const }] : [];
  });
  // Before there were events, notes told it.
  const noted: Step[] = notes.flatMap(({ raw: note, ...when }): Step[] => {
    const body = ownValue(note, 'body');
    const told = typeof body === 'string' ? readSystemNote(body, path).find(({ kind }) => kind === 'state') : undefined;
    return told?.kind === 'state' ? [{ ...when, ...none, state: told.state }] : [];
  });
  const steps = [...events, ...noted].sort((a, b) => a.at - b.at);
  const closedAt = readInstant(ownValue(raw, 'closed_at'));
  const isClosed = ownValue(raw, 'state') === 'closed';
  // The list is older than the events: a close that was undone in between is told by its event nevertheless.
  const isTold = steps.some(({ state, at }) => state === 'closed' && closedAt !== null && at > closedAt - 5_000);
  if (isClosed && closedAt !== null && !isTold)
    steps.push({ id: 'closed', at: closedAt, by: null, ...none, state: 'closed' });
  return steps;
}

/** A label that was deleted since has no name any more, and was no status that anybody could name. */
function labelStep({ raw, ...when }: Happening): Step[] {
  const name = ownValue(ownValue(raw, 'label'), 'name');
  if (typeof name !== 'string') return [];
  const isRemoved = ownValue(raw, 'action') === 'remove';
  return [{ ...when, state: null, added: isRemoved ? null : name, removed: isRemoved ? name : null }];
}
