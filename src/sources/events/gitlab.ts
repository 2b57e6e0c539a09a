import { fieldOf, fieldsOf, textOf } from '../events-file/fields.ts';
import type { Fields } from '../events-file/fields.ts';
import { readChange } from '../events-file/change-merged.ts';
import { isUrgent, versionOf } from './ref.ts';
import type { Told } from './told.ts';

/** Ends of a deployment; one that was cancelled failed nobody. */
const ends: Readonly<Record<string, string>> = { success: 'success', failed: 'failure' };

/** Webhooks of GitLab: `Deployment Hook` and merged `Merge Request Hook`s; anything else is of no concern. */
export function readGitlab(event: string, payload: Fields, service: string): Told {
  if (event === 'Deployment Hook') return readDeployment(payload, service);
  if (event === 'Merge Request Hook') return readMerge(payload, service);
  return { kind: 'other' };
}

function readDeployment(payload: Fields, service: string): Told {
  const result = ends[textOf(fieldOf(payload, 'status')) ?? ''];
  const id = textOf(fieldOf(payload, 'deployment_id'));
  if (result === undefined || id === null) return { kind: 'other' };
  const ref = textOf(fieldOf(payload, 'ref'));
  const event = {
    type: 'deployment.finished',
    id: `gitlab-${id}`,
    service,
    env: fieldOf(payload, 'environment'),
    sha: fieldOf(payload, 'commit_sha') ?? fieldOf(payload, 'short_sha'),
    version: versionOf(ref),
    result,
    planned: !isUrgent(ref),
    finishedAt: isoOf(fieldOf(payload, 'status_changed_at')),
  };
  return { kind: 'event', ref: event.id, event };
}

function readMerge(payload: Fields, service: string): Told {
  const merge = fieldsOf(fieldOf(payload, 'object_attributes'));
  if (fieldOf(merge, 'action') !== 'merge') return { kind: 'other' };
  const project = fieldsOf(fieldOf(payload, 'project'));
  const pullRequest = readChange({
    repo: fieldOf(project, 'path_with_namespace'),
    pr: fieldOf(merge, 'iid'),
    title: fieldOf(merge, 'title'),
    branch: fieldOf(merge, 'source_branch'),
    openedAt: isoOf(fieldOf(merge, 'created_at')),
    mergedAt: isoOf(fieldOf(merge, 'merged_at') ?? fieldOf(merge, 'updated_at')),
    // Without a merge commit the branch took over the commits as they were.
    mergeSha:
      fieldOf(merge, 'merge_commit_sha') ??
      fieldOf(merge, 'squash_commit_sha') ??
      fieldOf(fieldsOf(fieldOf(merge, 'last_commit')), 'id'),
  });
  return { kind: 'change', service, pullRequest: { ...pullRequest, id: pullRequest.id.replace('#', '!') } };
}

/** GitLab writes `2026-11-24 08:30:00 UTC` and `2026-11-24 09:30:00 +0100` in webhooks. */
function isoOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const parts = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) (UTC|[+-]\d{2}:?\d{2})$/.exec(value);
  if (!parts) return value;
  const [, day, time, zone] = parts;
  return `${day}T${time}${zone === 'UTC' ? 'Z' : zone!.replace(/^(...)(\d\d)$/, '$1:$2')}`;
}
