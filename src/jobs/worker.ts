import { schedule } from 'node-cron';
import { placeOf } from '../config/place.ts';
import { previousDue, parseSchedule } from '../core/time/schedule.ts';
import { openZone } from '../core/time/zone.ts';
import type { Instant } from '../core/time/instant.ts';
import type { ProjectId, SourceId } from '../core/model/ids.ts';
import { chaseActions } from './minutes/chase-actions.ts';
import { tellAbsent } from './minutes/tell-absent.ts';
import { isClockBelieved } from './clock-watch.ts';
import type { JobContext } from './context.ts';
import { deliverDue } from './posting/deliver.ts';
import { evaluateDueAlerts } from './alerts/evaluate-alerts.ts';
import { forgetRequests } from './workspaces/forget-requests.ts';
import { planDueDigests } from './digests/plan-digests.ts';
import { planSprintReviews } from './digests/plan-sprint-reviews.ts';
import { refreshSheets } from './making/make-sheet.ts';
import { renderDueDigests } from './digests/render-digests.ts';
import { syncAll } from './pulling/sync.ts';
import { tellUnsent } from './operator/tell-unsent.ts';
import { watchSources } from './pulling/watch-sources.ts';
import { watchChannels } from './channels/watch-channels.ts';

/** Woken by node-cron, told by the database what is due. */
export interface Worker {
  /** Everything that is due now: sync, then digests and alerts. Two looks at the same thing never overlap. */
  round(): Promise<void>;
  /** Asks a source at once: something tells that there is something new. */
  wake(source: SourceId): void;
  /** Something was stored that no pull brought: answers are made anew with the next look. */
  noteNews(): void;
  /** Plans nothing more and finishes what is under way. */
  stop(): Promise<void>;
}

/** node-cron only wakes us: a tick that is lost or late changes nothing, since due times come from the watermark. */
const wakeUps = '*/15 * * * * *';

/** In this order: what is planned is made, what is made is posted, and what could not be posted is told. */
const steps: Readonly<
  Record<string, (context: JobContext, options: { readonly signal: AbortSignal }) => Promise<unknown>>
> = {
  planDueDigests,
  planSprintReviews,
  renderDueDigests,
  evaluateDueAlerts,
  tellAbsent: (context) => tellAbsent(context),
  chaseActions,
  watchSources,
  watchChannels,
  deliverDue,
  tellUnsent,
  forgetRequests,
};

/** `onMadeAnew` is told of which projects the kept answers are new. */
export function startWorker(
  context: JobContext,
  onMadeAnew: (projects: readonly ProjectId[]) => void = () => {},
): Worker {
  const stopping = new AbortController();
  const { signal } = stopping;
  const lastSync = new Map<SourceId, Instant>();
  // A long pull must not hold up a digest: the two are woken apart.
  let days = '';
  let isTold = false;
  const sync = oneAtATime(context, 'sync', signal, async () => {
    if (!(await isClockBelieved(context))) return;
    const isNew = await syncDue(context, lastSync, signal);
    const daysBefore = days;
    days = daysOf(context);
    const wasTold = isTold;
    isTold = false;
    // Answers are of a day: whoever asks first in the morning should not wait for a measuring.
    if (isNew || wasTold || days !== daysBefore) onMadeAnew(await refreshSheets(context));
  });
  const digests = oneAtATime(context, 'digests', signal, async () => {
    if (!(await isClockBelieved(context))) return;
    for (const [name, step] of Object.entries(steps)) {
      if (signal.aborted) return;
      await held(context, signal, name, () => step(context, { signal }));
    }
  });
  const tasks = [sync, digests].map((look) =>
    schedule(wakeUps, look, { timezone: 'UTC', suppressMissedWarning: true }),
  );
  const isStarted = Promise.all([sync(), digests()]);
  return {
    async round() {
      await isStarted;
      await sync();
      await digests();
    },
    wake(source) {
      lastSync.delete(source);
      void sync();
    },
    noteNews() {
      isTold = true;
    },
    async stop() {
      stopping.abort(new Error('stopping'));
      for (const task of tasks) await task.destroy();
      await Promise.all([sync(), digests()]);
    },
  };
}

/** Which day it is for each project. */
function daysOf({ config, clock }: JobContext): string {
  const now = clock.now();
  return Object.values(config.projects)
    .map((project) => openZone(placeOf(config, project).zone).dayAt(now))
    .join(' ');
}

/** A look that is under way is waited for, not started again. What fails is told and looked at again at the next wake-up. */
function oneAtATime(
  context: JobContext,
  name: string,
  signal: AbortSignal,
  look: () => Promise<void>,
): () => Promise<void> {
  let current: Promise<void> | null = null;
  const run = async () => {
    await held(context, signal, name, look);
    current = null;
  };
  return () => {
    if (signal.aborted) return current ?? Promise.resolve();
    current ??= run();
    return current;
  };
}

/** What fails is told, and keeps nothing from being done after it: above all, what is ready is posted. */
async function held(
  { log }: JobContext,
  signal: AbortSignal,
  job: string,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (!signal.aborted) log.error({ job, error: text }, 'job failed');
  }
}

/** Pulls the sources whose due time has come since they were last asked; at start-up, all. Whether there were any. */
async function syncDue(context: JobContext, lastSync: Map<SourceId, Instant>, signal: AbortSignal): Promise<boolean> {
  const { config, clock } = context;
  const rhythm = parseSchedule(config.sync.every);
  if (rhythm.kind === 'invalid') throw new Error('the rhythm of sync was not refused with the config');
  const now = clock.now();
  const due = previousDue(rhythm, now, openZone(config.zone)) ?? now;
  // Also those that no project takes its items from: they may tell of a service.
  const ids = [...context.sources.keys()].filter((id) => {
    const last = lastSync.get(id) ?? -1;
    // One of the future was asked before the clock was set back.
    return last < due || last > now;
  });
  if (ids.length === 0) return false;
  for (const id of ids) lastSync.set(id, now);
  await syncAll(context, ids, { isFull: false, signal });
  return true;
}
