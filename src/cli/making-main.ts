import { workerData } from 'piscina';
import { openApp } from '../app.ts';
import type { App, AppOptions } from '../app.ts';
import { makeHere } from '../jobs/making/made.ts';
import type { MakingName } from '../jobs/making/made.ts';
import { createRecentViews } from '../jobs/recent-views.ts';

/** A thread of `openMakingThreads`: an app of its own, on the same database, which posts nothing. */
const { config, environment } = workerData as Pick<AppOptions, 'config' | 'environment'>;
const recent = createRecentViews();
let app: App | null = null;

/** What could not be opened, such as a database that is away, is opened for the next question. */
export async function make({ name, ask }: { readonly name: MakingName; readonly ask: unknown }): Promise<unknown> {
  app ??= await openApp({ config, environment, needs: ['words'] });
  return makeHere({ ...app, recent }, name, ask);
}
