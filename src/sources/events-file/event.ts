import type { Deployment, PullRequest } from '../../core/model/delivery.ts';
import type { Instant } from '../../core/time/instant.ts';

/** What one element of the file tells. */
export type DeliveryEvent = DeploymentEvent | IncidentEvent | ChangeEvent;

export interface DeploymentEvent {
  readonly kind: 'deployment';
  readonly deployment: Deployment;
  readonly environment: string | null;
}

export interface ChangeEvent {
  readonly kind: 'change';
  readonly service: string;
  readonly pullRequest: PullRequest;
}

/** A part of what is known of an incident; what it leaves out stays as it was. */
export interface IncidentEvent {
  readonly kind: 'incident';
  readonly id: string;
  readonly service?: string;
  readonly environment?: string;
  readonly openedAt?: Instant;
  /** Null says that it is open again. */
  readonly resolvedAt?: Instant | null;
  readonly cause?: string | null;
  /** Ids of events that it points to; it was caused by the one that turns out to be a deployment. */
  readonly pointsTo?: readonly string[];
  /** A second sighting is no later opening. */
  readonly isSighting: boolean;
}

/** An event of another kind, which is no concern of ours. */
export interface OtherEvent {
  readonly kind: 'other';
}

/** An element that tells nothing that could be used, and why. */
export class UnusableEvent extends Error {
  override readonly name = 'UnusableEvent';
  readonly entity: 'deployment' | 'incident' | 'pull-request';
  /** Null when it does not even say which one it is. */
  readonly id: string | null;
  constructor(
    about: { readonly entity: 'deployment' | 'incident' | 'pull-request'; readonly id: string | null },
    reason: string,
  ) {
    super(reason);
    this.entity = about.entity;
    this.id = about.id;
  }
}
