import { workerData } from 'piscina';
import { openApp } from '../app.ts';
import type { App } from '../app.ts';
import type { Environment } from '../config/environment.ts';
import { makeHere } from '../jobs/making/made.ts';
import type { MakingName } from '../jobs/making/made.ts';
import { createRecentViews } from '../jobs/recent-views.ts';

/** A thread of `openMakingThreads`: an app of its own, on the same database, which posts nothing. */
const { config, environment } = workerData as { readonly config: string; readonly environment: Environment };
const recent = createRecentViews();
let app: Promise<App> | null = null;

export async function make({ name, ask }: { readonly name: MakingName; readonly ask: unknown }): Promise<unknown> {
  app ??= openApp({ config, environment, needs: ['words'] });
  return makeHere({ ...(await app), recent }, name, ask);
}
