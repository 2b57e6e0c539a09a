import { workerData } from 'piscina';
import { openApp } from '../app.ts';
import type { App } from '../app.ts';
import type { Environment } from '../config/environment.ts';
import { makeHere } from '../jobs/measuring/measured.ts';
import type { MeasuringName } from '../jobs/measuring/measured.ts';
import { createRecentViews } from '../jobs/measuring/recent-views.ts';

/** A thread of `openMeasuringThreads`: an app of its own, on the same database, which says and posts nothing. */
const { config, environment } = workerData as { readonly config: string; readonly environment: Environment };
const recent = createRecentViews();
let app: Promise<App> | null = null;

export async function measure({
  name,
  ask,
}: {
  readonly name: MeasuringName;
  readonly ask: unknown;
}): Promise<unknown> {
  app ??= openApp({ config, environment, needs: [] });
  return makeHere({ ...(await app), recent }, name, ask);
}
