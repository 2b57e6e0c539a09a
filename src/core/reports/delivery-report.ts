import type { QuickCheck } from '../metrics/delivery/quick-check.ts';
import type { DeliveryStretch, WorseSign } from '../metrics/delivery/delivery-course.ts';
import type { Trust } from '../metrics/trust.ts';
import type { ProjectId } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { Count, Listing } from './item-ref.ts';

/** How change reaches the users of a project's services: `/pmo dora`, and the weekly delivery report. */
export interface DeliveryReport {
  readonly kind: 'delivery';
  readonly project: { readonly id: ProjectId; readonly name: string };
  readonly asOf: Instant;
  readonly zone: string;
  readonly trust: Trust;
  /** Why there is nothing to tell; null when there is. */
  readonly nothing: 'notCollected' | 'noDeployments' | null;
  /** The main one first. */
  readonly services: readonly ServiceReport[];
}

/** Null where a figure is not known: the flags of `vigie explain` say why. */
export interface ServiceReport {
  readonly name: string;
  /** Days that the figures look back. */
  readonly days: number;
  readonly frequency: {
    readonly perWeek: number | null;
    readonly deployments: number;
    readonly failedAttempts: number;
    readonly isYoung: boolean;
    readonly isFrozen: boolean;
  };
  readonly leadTime: {
    readonly medianHours: number | null;
    readonly p85Hours: number | null;
    readonly mergeToDeployHours: number | null;
    readonly changes: number;
    readonly isByTime: boolean;
  };
  /** Null where no source tells of incidents. */
  readonly failures: {
    readonly failed: number;
    readonly rate: number | null;
    /** 95 %, Wilson; null without any deployment. */
    readonly interval: { readonly low: number; readonly high: number } | null;
    readonly recoveryHours: number | null;
    readonly restored: number;
    /** Incidents that still last. */
    readonly open: readonly string[];
    readonly rework: number | null;
    readonly unattributed: number;
  } | null;
  /** Own trend: four weeks each, oldest first. */
  readonly stretches: readonly StretchLine[];
  /** Where the newest is worse than the three before it, the surest first. */
  readonly worse: readonly WorseLine[];
  /** Of 10; null where less than three of five are known. */
  readonly score: Pick<QuickCheck, 'overall' | 'throughput' | 'stability'> | null;
  /** Newest first. */
  readonly deployments: Listing<DeploymentLine>;
  readonly work: {
    readonly changes: number;
    readonly withoutItem: number;
    /** Null where no source tells of pull requests. */
    readonly withoutReview: number | null;
    readonly waiting: number;
    readonly itemsWaiting: Count;
    readonly itemsWithoutChange: Count;
    readonly delivered: number;
    /** From the first commitment to an item to its users. */
    readonly commitmentToUsersDays: number | null;
  };
  /** Milestones finished of late, and the deployment that brought the last of their work; newest first. */
  readonly milestones: readonly ShippedMilestone[];
}

export type StretchLine = Omit<DeliveryStretch, 'medianRecoveryHours'>;

export type WorseLine = Omit<WorseSign, 'evidence'>;

export interface DeploymentLine {
  readonly id: string;
  readonly version: string | null;
  readonly at: Instant;
  readonly outcome: 'fine' | 'failed' | 'attempt';
  readonly isPlanned: boolean;
  /** What it mends. */
  readonly remediates: string | null;
  /** Incidents that it is blamed for. */
  readonly incidents: readonly string[];
  /** New ones that it brought; null where that cannot be known. */
  readonly changes: number | null;
}

export interface ShippedMilestone {
  readonly name: string;
  readonly finishedOn: Day;
  /** Null where none of its work is known to have been deployed. */
  readonly deployment: { readonly version: string | null; readonly id: string; readonly at: Instant } | null;
  readonly items: number;
  readonly itemsShipped: number;
}
