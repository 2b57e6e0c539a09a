import type { DeliveryEvent, DeploymentEvent, IncidentEvent, OtherEvent } from './event.ts';
import { UnusableEvent } from './event.ts';
import { describe, fieldOf, fieldsOf, instantOf, textOf } from './fields.ts';
import type { About, Fields } from './fields.ts';
import { isSuccess } from './outcome.ts';

/** `dev.cdevents.service.deployed.0.2.0-draft`: what happened to what; the version is of the schema, and no matter. */
const typePattern = /^dev\.cdevents\.([a-z]+)\.([a-z]+)\./i;
const deployments = ['service.deployed', 'service.upgraded', 'service.rolledback', 'deployment.finished'];
const incidents = ['incident.detected', 'incident.reported', 'incident.resolved'];

/** Is it an event as cdevents.dev has them, whatever its version? */
export function isCdEvent(fields: Fields): boolean {
  return typePattern.test(textOf(fieldOf(fieldsOf(fieldOf(fields, 'context')), 'type')) ?? '');
}

/** Matched on subject and predicate of its type (metrics.md 5.5). Throws UnusableEvent. */
export function readCdEvent(fields: Fields, service: string): DeliveryEvent | OtherEvent {
  const context = fieldsOf(fieldOf(fields, 'context'))!;
  const [, noun, verb] = typePattern.exec(textOf(fieldOf(context, 'type'))!) as unknown as string[];
  const what = `${noun}.${verb}`.toLowerCase();
  const subject = fieldsOf(fieldOf(fields, 'subject'));
  if (deployments.includes(what)) return readDeployment({ what, context, subject }, service);
  return incidents.includes(what) ? readIncident({ what, context, subject }) : { kind: 'other' };
}

interface CdEvent {
  readonly what: string;
  readonly context: Fields;
  readonly subject: Fields | null;
}

function readDeployment({ what, context, subject }: CdEvent, service: string): DeploymentEvent {
  const about = { entity: 'deployment', id: idOf(context, 'context', 'deployment') } as const;
  const content = fieldsOf(fieldOf(subject, 'content'));
  const artifact = textOf(fieldOf(content, 'artifactId'));
  // The subject of service.deployed is the service, that of deployment.finished the deployment.
  const named = what.startsWith('service.') ? fieldOf(subject, 'id') : idIn(content, 'service');
  return {
    kind: 'deployment',
    environment: idIn(content, 'environment'),
    deployment: {
      id: about.id,
      service: textOf(named) ?? service,
      finishedAt: timestampOf(context, about),
      isSuccessful: isSuccess(fieldOf(content, 'outcome'), about),
      isPlanned: what !== 'service.rolledback',
      remediates: null,
      sha: /@([0-9a-f]{40})(?![0-9a-f])/i.exec(artifact ?? '')?.[1] ?? null,
      version: artifact,
    },
  };
}

function readIncident({ what, context, subject }: CdEvent): IncidentEvent {
  const about = { entity: 'incident', id: idOf(subject, 'subject', 'incident') } as const;
  const content = fieldsOf(fieldOf(subject, 'content'));
  const at = timestampOf(context, about);
  const service = idIn(content, 'service');
  const environment = idIn(content, 'environment');
  return {
    kind: 'incident',
    id: about.id,
    ...(service === null ? {} : { service }),
    ...(environment === null ? {} : { environment }),
    ...(what === 'incident.resolved' ? { resolvedAt: at } : { openedAt: at }),
    pointsTo: relationsOf(context),
    isSighting: true,
  };
}

function relationsOf(context: Fields): string[] {
  const links = fieldOf(context, 'links');
  if (!Array.isArray(links)) return [];
  return links.flatMap(
    (link: unknown) => textOf(fieldOf(fieldsOf(fieldOf(fieldsOf(link), 'target')), 'contextId')) ?? [],
  );
}

function timestampOf(context: Fields, about: About): number {
  const at = instantOf(context, 'timestamp', about);
  if (at !== null) return at;
  throw new UnusableEvent(about, 'context.timestamp: expected a time, found nothing');
}

function idOf(part: Fields | null, where: string, entity: About['entity']): string {
  const id = textOf(fieldOf(part, 'id'));
  if (id !== null) return id;
  throw new UnusableEvent({ entity, id }, `${where}.id: expected a name, found ${describe(fieldOf(part, 'id'))}`);
}

/** `"environment": { "id": "prod" }`, or the name alone. */
function idIn(content: Fields | null, name: string): string | null {
  const value = fieldOf(content, name);
  return textOf(fieldOf(fieldsOf(value), 'id')) ?? textOf(value);
}
