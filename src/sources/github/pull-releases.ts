import type { SourceRecord } from '../../core/model/record.ts';
import { dayMs } from '../../core/time/instant.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import type { Page } from '../source.ts';
import { releasesQuery } from './code-queries.ts';
import type { RepositoryPlace } from './cursor.ts';
import { nextOf, nodesOf } from './names.ts';
import { normalizeRelease } from './normalize-delivery.ts';
import { nameOf, readRepository } from './queries.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';

/** A draft may be published long after it was born, and stands where it was born. */
const draftMs = 30 * dayMs;
const atOnce = 50;

/** Releases from the newest down to a month before the last reading; those of that month that are told stay known. */
export async function* pullReleases(run: Run, place: RepositoryPlace, since: number): AsyncGenerator<Page> {
  const stream = place.code.releases;
  const isFirst = run.options.isFull || stream.watermark === null;
  const until = isFirst ? since : stream.watermark! - draftMs;
  const services = run.services.of({ project: place.path });
  const serverAt = run.serverNow();
  const told: Record<string, number> = {};
  const records: SourceRecord[] = [];
  for (let after: string | null = null, isOver = false; !isOver;) {
    const owner: unknown = await readRepository(run, releasesQuery, { ...nameOf(place.path), first: atOnce, after });
    for (const raw of nodesOf(owner, 'releases')) {
      isOver ||= (readInstant(ownValue(raw, 'createdAt')) ?? serverAt) < until;
      const { value: release, setAside } = normalizeRelease(raw, run.names);
      records.push(...setAsideRecords(null, setAside));
      if (!release || release.finishedAt < since) continue;
      told[release.id] = release.finishedAt;
      if (!isFirst && stream.recent[release.id] === release.finishedAt) continue;
      records.push(
        ...services.map((service) => ({ kind: 'deployment' as const, deployment: { ...release, service } })),
      );
    }
    after = nextOf(owner, 'releases');
    isOver ||= after === null;
  }
  stream.watermark = serverAt;
  stream.recent = told;
  if (records.length > 0)
    yield pageOf(run, records, { step: `${place.path} releases`, done: records.length, total: records.length });
}
