import type { SourceId } from '../core/model/ids.ts';
import type { Config } from '../config/load.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Templates } from '../render/templates.ts';
import type { Directory } from '../slack/directory.ts';
import type { Source } from '../sources/source.ts';
import type { Db } from '../store/tables.ts';
import type { GuardedPoster } from './guarded-poster.ts';
import type { RecentViews } from './recent-views.ts';

/** What jobs work with; made once, by app.ts. */
export interface JobContext {
  readonly config: Config;
  readonly db: Db;
  readonly sources: ReadonlyMap<SourceId, Source>;
  readonly templates: Templates;
  /** Null while the config names no Slack: reports can be made, not posted. */
  readonly poster: GuardedPoster | null;
  /** Who reads what in the workspace of a channel; null while the config names no Slack. */
  readonly directoryOf: ((channel: string) => Promise<Directory>) | null;
  /** How far Slack's clock is ahead of ours; null when it does not answer. Left out while the config names no Slack. */
  readonly slackSkewMs?: () => Promise<number | null>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Has what takes long (`made.ts`) made in another thread; here without it. */
  readonly elsewhere?: (name: string, ask: unknown) => Promise<unknown>;
  /** Where views are kept for the next question; each is measured anew without it. */
  readonly recent?: RecentViews;
}

/** What is needed to keep an eye on channels and people, without posting. */
export type WatchContext = Pick<JobContext, 'config' | 'db' | 'templates' | 'clock' | 'log' | 'directoryOf'>;
