import type { Finding } from '../findings/finding.ts';
import type { Day } from '../time/day.ts';
import type { ItemRef } from './item-ref.ts';

/** Who is asked: a role, never a person. */
export const roles = ['productOwner', 'projectManager', 'releaseManager', 'teamLead'] as const;
export type Role = (typeof roles)[number];

/** What a digest may ask. */
export const questions = [
  'OVERDUE_MILESTONE',
  'RELEASED_WITH_OPEN_ITEMS',
  'KEEP_IN_MILESTONE',
  'REDATE_OR_CUT',
  'UNOWNED',
] as const;
export type Question = (typeof questions)[number];

/** Something that a person has to answer, as data: `question` is a code whose words stand in the templates. */
export interface Decision {
  readonly question: Question;
  readonly role: Role;
  readonly facts: Finding['facts'];
  readonly items: readonly ItemRef[];
  /** What holds them up. */
  readonly blockers: readonly ItemRef[];
  /** What the one blocker waits for in turn, nearest first. */
  readonly chain: readonly ItemRef[];
  readonly by: Day | null;
}
