import type { FactValue } from '../finding.ts';
import type { RuleInput } from '../rule.ts';
import type { ItemKey } from '../../model/ids.ts';

export const hygieneIds = [
  'H01',
  'H02',
  'H03',
  'H04',
  'H05',
  'H06',
  'H07',
  'H08',
  'H09',
  'H10',
  'H11',
  'H12',
  'H13',
  'H14',
  'H15',
  'H16',
  'H17',
  'H18',
  'H19',
  'H20',
  'H21',
  'H22',
  'H23',
  'H24',
  'H25',
  'H26',
  'H27',
  'H28',
  'H29',
] as const;
export type HygieneId = (typeof hygieneIds)[number];

/** Who can mend it: a role, never a person. */
export type HygieneOwner = 'teamLead' | 'productOwner' | 'projectManager' | 'releaseManager';

/** One breach of a rule. */
export interface HygieneHit {
  /** Item key, version id, commit, ...: what has to be mended. */
  readonly subject: string;
  /** Open items that are not in order because of it; empty where it is about none of them. */
  readonly items: readonly ItemKey[];
  /** Items to look at. */
  readonly evidence: readonly ItemKey[];
  /** What a reader calls it, where it is no item. */
  readonly name?: string;
}

/** What a rule saw. Where its data is not there, it says so: nothing found would be a zero that nobody counted. */
export type HygieneResult =
  | {
      readonly state: 'checked';
      readonly hits: readonly HygieneHit[];
      readonly facts: Readonly<Record<string, FactValue>>;
    }
  /** The sources do not give what it needs. */
  | { readonly state: 'notCollected'; readonly reason: string }
  /** The project does not work in the way that it is about. */
  | { readonly state: 'notApplicable'; readonly reason: string };

export interface HygieneRule {
  readonly owner: HygieneOwner;
  /** `info`: told, and no part of the score. */
  readonly isInfo?: boolean;
  readonly check: (input: RuleInput) => HygieneResult;
}

/** The rule saw what it needs; no hits is a zero that was counted. */
export function checked(hits: readonly HygieneHit[], facts: Readonly<Record<string, FactValue>> = {}): HygieneResult {
  return { state: 'checked', hits, facts };
}

/** No source gives what the rule needs; `reason` is a code. */
export function notCollected(reason: string): HygieneResult {
  return { state: 'notCollected', reason };
}

/** The project does not work in the way that the rule is about; `reason` is a code. */
export function notApplicable(reason: string): HygieneResult {
  return { state: 'notApplicable', reason };
}

/** A breach by one open item. */
export function ofItem({ key }: { readonly key: ItemKey }): HygieneHit {
  return { subject: key, items: [key], evidence: [key] };
}

/** A breach that is about no open item in particular. */
export function ofOther(subject: string, evidence: readonly ItemKey[] = [], name?: string): HygieneHit {
  return { subject, items: [], evidence, ...(name === undefined ? {} : { name }) };
}
