import { ownValue, readInstant } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';

/** A try to release that has ended, as each of the three ways to deploy tells it. */
export interface Attempt {
  readonly id: string;
  /** Where it went: the name, and what is the same for every try. */
  readonly environment: string;
  readonly place: string;
  /** Number of the run of the pipeline, or of the release: later ones are newer. */
  readonly run: number;
  readonly finishedAt: number;
  readonly isSuccessful: boolean;
  readonly sha: string | null;
  readonly version: string | null;
  /** `web`, the repository that it was made from; null where nothing tells. */
  readonly repository: string | null;
  readonly branch: string;
  readonly title: string;
}

/** Attempts with the place that is reached when they are told. */
export interface Batch {
  readonly attempts: readonly Attempt[];
  /** Moves the place; called right before they are handed out. */
  settle(): void;
}

export interface BuildFacts {
  readonly id: number;
  readonly sha: string | null;
  readonly repository: string | null;
  readonly branch: string;
  readonly number: string | null;
  readonly pipeline: string;
  readonly finishedAt: number | null;
  readonly result: string;
}

export function readBuild(raw: unknown): BuildFacts | null {
  const id = ownValue(raw, 'id');
  if (typeof id !== 'number') return null;
  return {
    id,
    sha: textOf(raw, 'sourceVersion'),
    repository: textOf(ownValue(raw, 'repository'), 'name'),
    branch: (textOf(raw, 'sourceBranch') ?? '').replace(/^refs\/(heads|tags)\//, ''),
    number: textOf(raw, 'buildNumber'),
    pipeline: textOf(ownValue(raw, 'definition'), 'name') ?? '',
    finishedAt: readInstant(ownValue(raw, 'finishTime') ?? null),
    result: textOf(raw, 'result')?.toLowerCase() ?? '',
  };
}

/** Null for a run that reached nobody and failed nobody: it was cancelled, skipped, or is still under way. */
export function outcomeOf(result: string): boolean | null {
  if (/^(succeeded|partiallysucceeded|succeededwithissues)$/i.test(result)) return true;
  return /^failed$/i.test(result) ? false : null;
}
