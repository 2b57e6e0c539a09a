import type { SourceRecord } from '../../core/model/record.ts';
import { ownValue } from '../reading/values.ts';
import { allOf } from './client.ts';
import type { ProjectPlace } from './cursor.ts';
import { labelsOf } from './normalize-issue.ts';
import { normalizeMergeRequest } from './normalize-merge-request.ts';
import type { MergeRequestContext } from './normalize-merge-request.ts';
import { ifThere } from '../pulling/refusals.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import type { Run } from './run.ts';

/** Merge requests with their commits and notes. */
export async function mergeRequestRecords(
  run: Run,
  place: ProjectPlace,
  context: MergeRequestContext,
  raws: readonly unknown[],
): Promise<SourceRecord[]> {
  const told = await Promise.all(
    raws.map(async (raw): Promise<SourceRecord[]> => {
      const iid = ownValue(raw, 'iid');
      const isKnown = typeof iid === 'number';
      // One that is deleted meanwhile is told as far as it was seen.
      const [commits, notes] = await Promise.all([
        isKnown ? ifThere(() => allOf((page) => run.client.mergeRequestCommits(place.id, iid, page))) : null,
        isKnown ? ifThere(() => allOf((page) => run.client.mergeRequestNotes(place.id, iid, page))) : null,
      ]);
      const parts = { commits: commits ?? [], notes: notes ?? [] };
      const { value: pullRequest, setAside } = normalizeMergeRequest(raw, parts, context);
      const services = pullRequest ? run.services.of({ project: place.path, labels: labelsOf(raw) }) : [];
      return [
        ...services.map((service) => ({ kind: 'pull-request' as const, service, pullRequest: pullRequest! })),
        ...setAsideRecords(null, setAside),
      ];
    }),
  );
  return told.flat();
}
