import type { Happening } from '../reading/happening.ts';
import type { IssueContext } from './normalize-issue.ts';

export interface HistoryContext extends IssueContext {
  readonly boardId: string | null;
  /** Numbers of the milestones of the repository by title: events name nothing else. */
  readonly milestones: ReadonlyMap<string, number>;
}

/** An event of the timeline; `kind` is its GraphQL type. */
export interface Event extends Happening {
  readonly kind: string;
}
