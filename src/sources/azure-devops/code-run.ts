import type { Page } from '../source.ts';
import type { CodeClient } from './code-client.ts';
import type { CodePlace } from './cursor.ts';
import type { Run } from './run.ts';
import type { Project } from './targets.ts';

/** The repositories and pipelines of one project during one pull. */
export interface CodeRun {
  readonly run: Run;
  readonly client: CodeClient;
  readonly project: Project;
  readonly code: CodePlace;
  progress(what: string, done: number): Page['progress'];
}
