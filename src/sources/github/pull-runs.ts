import type { SourceRecord } from '../../core/model/record.ts';
import { dayMs } from '../../core/time/instant.ts';
import { overlapMs, pageOf } from '../pulling/page-of.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import { ownValue } from '../reading/values.ts';
import type { Page } from '../source.ts';
import { secondsText } from './client.ts';
import type { RepositoryPlace } from './cursor.ts';
import { deploymentRecords } from './deployment-records.ts';
import { normalizeRun } from './normalize-delivery.ts';
import type { Attempt } from './normalize-delivery.ts';
import { nameOf } from './queries.ts';
import type { Run } from './run.ts';

/** GitHub shows no more than the first thousand runs of a search. */
const mostRuns = 1_000;
const shortestMs = 3_600_000;
/** A run that takes longer than this is given up by GitHub itself. */
const patienceMs = 35 * dayMs;
/** GitHub lets a failed run be run again for a month; who means to mend it does so within days. */
const secondTryMs = 3 * dayMs;

/**
 * Runs of the workflows that deploy, month by month, and the months halved where there are too many: they can be asked
 * for by their birth only. One that still runs, or failed lately, is where the next
 * reading begins.
 */
export async function* pullRuns(run: Run, place: RepositoryPlace, since: number): AsyncGenerator<Page> {
  const { code } = place;
  let from = run.options.isFull ? since : (code.runsFrom ?? since);
  if (from === since) {
    code.live = {};
    code.recentRuns = {};
  }
  const until = run.serverNow();
  let waitsFrom = Infinity;
  for (let span = 30 * dayMs; from < until;) {
    const to = Math.min(from + span, until);
    const found = await runsBetween(run, place, from, to);
    if (found === null && span > shortestMs) {
      span = Math.max(shortestMs, span / 2);
      continue;
    }
    const attempts: Attempt[] = [];
    const records: SourceRecord[] = [];
    for (const raw of found ?? []) {
      const { value, setAside } = normalizeRun(raw);
      records.push(...setAsideRecords(null, setAside));
      if (value?.end && code.recentRuns[value.id] !== value.end.at) attempts.push(value);
      if (value?.end) code.recentRuns[value.id] = value.end.at;
      if (value && mayEndOtherwise(raw, value, until)) waitsFrom = Math.min(waitsFrom, value.createdAt);
    }
    records.unshift(...deploymentRecords(run, place, attempts));
    from = to;
    code.runsFrom = Math.min(from, waitsFrom, until - overlapMs);
    forgetBefore(code.recentRuns, code.runsFrom);
    if (records.length > 0)
      yield pageOf(run, records, { step: `${place.path} runs`, done: records.length, total: null });
  }
}

/** One that runs still; and one that failed lately, which is run again under the same number. */
function mayEndOtherwise(raw: unknown, { createdAt, end }: Attempt, until: number): boolean {
  if (ownValue(raw, 'status') !== 'completed') return createdAt > until - patienceMs;
  return end?.isSuccessful === false && createdAt > until - secondTryMs;
}

/** Null when there are more than GitHub shows. */
async function runsBetween(
  { client, settings }: Run,
  place: RepositoryPlace,
  from: number,
  to: number,
): Promise<readonly unknown[] | null> {
  const created = `${secondsText(from)}..${secondsText(to)}`;
  const found: unknown[] = [];
  for (const workflow of settings.workflows) {
    for (let page: number | null = 1; page !== null;) {
      const answer: Awaited<ReturnType<Run['client']['runs']>> = await client.runs(
        nameOf(place.path),
        workflow,
        created,
        page,
      );
      if (answer.total > mostRuns) return null;
      found.push(...answer.items);
      page = answer.nextPage;
    }
  }
  return found;
}

/** A run ends after it began: what ended before the next reading begins comes no more. */
function forgetBefore(recent: Record<string, number>, before: number): void {
  for (const [id, endedAt] of Object.entries(recent)) if (endedAt < before) delete recent[id];
}
