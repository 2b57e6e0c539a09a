import { parentPort, workerData } from 'node:worker_threads';
import { openApp } from '../app.ts';
import type { AppOptions } from '../app.ts';
import { startWorker } from '../jobs/worker.ts';
import type { Order, Told } from './worker-thread.ts';

/** The thread of `startWorkerThread`: an app of its own, on the same database. */
const { config, environment } = workerData as Pick<AppOptions, 'config' | 'environment'>;
const app = await openApp({ config, environment, needs: ['sources', 'slack', 'words'] });
const worker = startWorker(app, (madeAnew) => parentPort!.postMessage({ madeAnew } satisfies Told));

parentPort!.on('message', (order: Order) => void obey(order));

async function obey(order: Order): Promise<void> {
  try {
    if (order.do === 'wake') worker.wake(order.source);
    else if (order.do === 'note-news') worker.noteNews();
    else if (order.do === 'round') await worker.round();
    else {
      await worker.stop();
      await app.close();
    }
  } catch (error) {
    app.log.error({ order: order.do, error: String(error) }, 'the worker cannot do this');
  }
  parentPort!.postMessage({ done: order.id } satisfies Told);
}
