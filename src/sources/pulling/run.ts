import type { Clock } from '../../lib/clock.ts';
import type { Http } from '../../lib/http.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Cursor, PullOptions, SourceDeps } from '../source.ts';

/** What a pull is asked for. */
export interface Pull {
  readonly cursor: Cursor | null;
  readonly options: PullOptions;
  readonly signal: AbortSignal;
}

/** One tool during one pull. */
export interface RunOf<Client, Settings, Place> {
  readonly client: Client;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Logger;
  readonly options: PullOptions;
  /** The tool's clock, by its first answer. */
  serverNow(): number;
  /** Where the pull stands; changed on the way, and handed out as a copy with every page. */
  readonly place: Place;
  /** The cursor of the page that was handed out last. */
  lastCursor: Place;
}

/** A run at its beginning. */
export function startRun<Client, Settings, Place>(
  { clock, log }: SourceDeps,
  http: Http,
  given: Pick<RunOf<Client, Settings, Place>, 'client' | 'settings' | 'options' | 'place'>,
): RunOf<Client, Settings, Place> {
  return {
    ...given,
    clock,
    log,
    serverNow: () => clock.now() + (http.skewMs() ?? 0),
    lastCursor: structuredClone(given.place),
  };
}
