import type { DeliveryEvent, DeploymentEvent, IncidentEvent } from './event.ts';
import { UnusableEvent } from './event.ts';
import { describe, fieldOf, instantOf, textOf, truthOf } from './fields.ts';
import type { About, Fields } from './fields.ts';
import { isSuccess } from './outcome.ts';

const types = ['deployment.finished', 'incident.opened', 'incident.updated', 'incident.resolved'] as const;
type EventType = (typeof types)[number];

/**
 * An event in the shape of metrics.md 5.5. Without a type it is what its times say: a deployment finishes, an incident
 * opens or is resolved. Throws UnusableEvent.
 */
export function readPlainEvent(fields: Fields, service: string): DeliveryEvent {
  const type = typeOf(fields);
  const entity = type === 'deployment.finished' ? 'deployment' : 'incident';
  const id = textOf(fieldOf(fields, 'id'));
  if (id === null)
    throw new UnusableEvent(
      { entity, id },
      `id: expected a name that this ${entity} alone has, found ${describe(fieldOf(fields, 'id'))}`,
    );
  return entity === 'deployment'
    ? readDeployment(fields, service, { entity, id })
    : readIncident(fields, type, { entity, id });
}

function typeOf(fields: Fields): EventType {
  const given = textOf(fieldOf(fields, 'type'));
  const known = types.find((type) => type === given?.toLowerCase());
  if (known) return known;
  if (given === null) {
    if (textOf(fieldOf(fields, 'finishedAt')) !== null) return 'deployment.finished';
    if (textOf(fieldOf(fields, 'openedAt')) !== null) return 'incident.opened';
    if (textOf(fieldOf(fields, 'resolvedAt')) !== null) return 'incident.resolved';
  }
  const isIncident = given?.toLowerCase().startsWith('incident') ?? false;
  throw new UnusableEvent(
    { entity: isIncident ? 'incident' : 'deployment', id: textOf(fieldOf(fields, 'id')) },
    `type: expected ${types.join(', ')}, change.merged or a CDEvents type, found ${describe(fieldOf(fields, 'type'))}`,
  );
}

function readDeployment(fields: Fields, service: string, about: About & { readonly id: string }): DeploymentEvent {
  const finishedAt = instantOf(fields, 'finishedAt', about);
  if (finishedAt === null)
    throw new UnusableEvent(about, 'finishedAt: expected when it reached the users, found nothing');
  const remediates = textOf(fieldOf(fields, 'remediates'));
  return {
    kind: 'deployment',
    environment: environmentOf(fields),
    deployment: {
      id: about.id,
      service: textOf(fieldOf(fields, 'service')) ?? service,
      finishedAt,
      isSuccessful: isSuccess(fieldOf(fields, 'result'), about),
      // What mends an incident was not planned, unless it says so.
      isPlanned: truthOf(fields, 'planned', about) ?? remediates === null,
      remediates,
      sha: textOf(fieldOf(fields, 'sha')),
      version: textOf(fieldOf(fields, 'version')),
    },
  };
}

function readIncident(fields: Fields, type: EventType, about: About & { readonly id: string }): IncidentEvent {
  const openedAt = instantOf(fields, 'openedAt', about);
  const resolvedAt = instantOf(fields, 'resolvedAt', about);
  const needed = type === 'incident.opened' ? 'openedAt' : type === 'incident.resolved' ? 'resolvedAt' : null;
  if (needed !== null && (needed === 'openedAt' ? openedAt : resolvedAt) === null)
    throw new UnusableEvent(
      about,
      `${needed}: expected a time, as the event is ${type}, found ${describe(fieldOf(fields, needed))}`,
    );
  if (openedAt !== null && resolvedAt !== null && resolvedAt < openedAt)
    throw new UnusableEvent(
      about,
      `resolvedAt: expected a time from openedAt on, found ${describe(fieldOf(fields, 'resolvedAt'))}`,
    );
  const service = textOf(fieldOf(fields, 'service'));
  const environment = environmentOf(fields);
  const cause = textOf(fieldOf(fields, 'cause'));
  const isReopened = type === 'incident.updated' && fieldOf(fields, 'resolvedAt') === null;
  return {
    kind: 'incident',
    id: about.id,
    ...(service === null ? {} : { service }),
    ...(environment === null ? {} : { environment }),
    ...(openedAt === null ? {} : { openedAt }),
    ...(resolvedAt === null && !isReopened ? {} : { resolvedAt }),
    ...(cause === null ? {} : { cause }),
    isSighting: false,
  };
}

function environmentOf(fields: Fields): string | null {
  return textOf(fieldOf(fields, 'env')) ?? textOf(fieldOf(fields, 'environment'));
}
