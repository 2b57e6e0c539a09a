import type { Deployment } from '../../core/model/delivery.ts';
import type { SourceRecord } from '../../core/model/record.ts';
import type { Element } from './element.ts';
import { UnusableEvent } from './event.ts';
import type { ChangeEvent, IncidentEvent } from './event.ts';
import { readEvent } from './read-event.ts';

/** A record, and the last line that had a part in it. */
export interface Told {
  readonly line: number;
  readonly record: SourceRecord;
}

export interface Collected {
  /** In order of lines. */
  readonly told: readonly Told[];
  /** How many events were of other environments, by environment. */
  readonly elsewhere: ReadonlyMap<string, number>;
  /** Events that tell of nothing that counts here. */
  readonly others: number;
}

interface Draft extends IncidentEvent {
  readonly line: number;
}

/**
 * What a file comes to: one record a deployment, a merged change and an incident, of several lines about the same the later ones win, and
 * what opened and what was resolved become one. What cannot be used is set aside with its line and the reason.
 */
export function collectEvents(
  elements: readonly Element[],
  {
    path,
    service,
    environments,
  }: { readonly path: string; readonly service: string; readonly environments: readonly string[] },
): Collected {
  const counted = new Set(environments.map((name) => name.toLowerCase()));
  const deployments = new Map<string, { readonly line: number; readonly deployment: Deployment }>();
  const changes = new Map<string, { readonly line: number; readonly event: ChangeEvent }>();
  const incidents = new Map<string, Draft>();
  const elsewhere = new Map<string, number>();
  const asides: Told[] = [];
  let others = 0;
  const isHere = (environment: string | null | undefined) => {
    if (!environment || counted.has(environment.toLowerCase())) return true;
    elsewhere.set(environment, (elsewhere.get(environment) ?? 0) + 1);
    return false;
  };
  const setAside = (lines: Pick<Element, 'first' | 'last'>, error: UnusableEvent) => {
    const { entity, id, message } = error;
    const ref = id ?? `line ${lines.first}`;
    const reason = `${path} line ${lines.first}: ${message}`;
    asides.push({ line: lines.last, record: { kind: 'set-aside', scope: null, entity, ref, reason } });
  };
  for (const element of elements) {
    try {
      if (element.problem !== null) throw new UnusableEvent({ entity: 'deployment', id: null }, element.problem);
      const event = readEvent(element.value, service);
      if (event.kind === 'other') others += 1;
      else if (event.kind === 'incident') incidents.set(event.id, merge(incidents.get(event.id), event, element.last));
      else if (event.kind === 'change')
        changes.set(JSON.stringify([event.service, event.pullRequest.id]), { line: element.last, event });
      else if (isHere(event.environment)) {
        const { deployment } = event;
        deployments.set(JSON.stringify([deployment.service, deployment.id]), { line: element.last, deployment });
      }
    } catch (error) {
      if (!(error instanceof UnusableEvent)) throw error;
      setAside(element, error);
    }
  }
  const lineOfDeployment = new Map([...deployments.values()].map(({ line, deployment }) => [deployment.id, line]));
  const told = [...deployments.values()].map(({ line, deployment }): Told => ({
    line,
    record: { kind: 'deployment', deployment },
  }));
  for (const { line, event } of changes.values())
    told.push({ line, record: { kind: 'pull-request', service: event.service, pullRequest: event.pullRequest } });
  for (const draft of incidents.values()) {
    if (!isHere(draft.environment)) continue;
    if (draft.openedAt === undefined) setAside({ first: draft.line, last: draft.line }, withoutOpening(draft.id));
    else told.push(incidentOf({ ...draft, openedAt: draft.openedAt }, service, lineOfDeployment));
  }
  return { told: [...told, ...asides].sort((a, b) => a.line - b.line), elsewhere, others };
}

function withoutOpening(id: string): UnusableEvent {
  return new UnusableEvent(
    { entity: 'incident', id },
    'expected a line that says when the incident opened, found none; give `openedAt` with it',
  );
}

function merge(before: Draft | undefined, event: IncidentEvent, line: number): Draft {
  if (!before) return { ...event, line };
  const isLaterSighting = event.isSighting && (before.openedAt ?? Infinity) <= (event.openedAt ?? Infinity);
  const { openedAt: _ignored, ...rest } = event;
  return {
    ...before,
    ...(isLaterSighting ? rest : event),
    pointsTo: [...(before.pointsTo ?? []), ...(event.pointsTo ?? [])],
    line,
  };
}

function incidentOf(
  { id, service, openedAt, resolvedAt = null, cause, pointsTo = [], line }: Draft & { readonly openedAt: number },
  ownService: string,
  lineOfDeployment: ReadonlyMap<string, number>,
): Told {
  const pointed = pointsTo.findLast((target) => lineOfDeployment.has(target)) ?? null;
  return {
    // It is told again when the deployment that it points to comes in later.
    line: Math.max(line, pointed === null ? 0 : lineOfDeployment.get(pointed)!),
    record: {
      kind: 'incident',
      incident: {
        id,
        service: service ?? ownService,
        openedAt,
        // Resolved before it opened: it has opened again since.
        resolvedAt: resolvedAt !== null && resolvedAt < openedAt ? null : resolvedAt,
        // What it points to may come later, by another door; whoever attributes it sees what it is.
        cause: cause ?? pointed ?? pointsTo.at(-1) ?? null,
      },
    },
  };
}
