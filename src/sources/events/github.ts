import { fieldOf, fieldsOf, textOf } from '../events-file/fields.ts';
import type { Fields } from '../events-file/fields.ts';
import { readChange } from '../events-file/change-merged.ts';
import { isUrgent, versionOf } from './ref.ts';
import type { Told } from './told.ts';

/** Ends of a deployment; `inactive` is one that a newer one replaced, and the others are on their way. */
const ends: Readonly<Record<string, string>> = { success: 'success', failure: 'failure', error: 'failure' };

/** Webhooks of GitHub: `deployment_status` and merged `pull_request`s; anything else is of no concern. */
export function readGithub(event: string, payload: Fields, service: string): Told {
  if (event === 'deployment_status') return readStatus(payload, service);
  if (event === 'pull_request') return readPull(payload, service);
  return { kind: 'other' };
}

function readStatus(payload: Fields, service: string): Told {
  const deployment = fieldsOf(fieldOf(payload, 'deployment'));
  const status = fieldsOf(fieldOf(payload, 'deployment_status'));
  const result = ends[textOf(fieldOf(status, 'state')) ?? ''];
  const id = textOf(fieldOf(deployment, 'id'));
  if (result === undefined || id === null) return { kind: 'other' };
  const ref = textOf(fieldOf(deployment, 'ref'));
  const words = [textOf(fieldOf(deployment, 'task')), textOf(fieldOf(deployment, 'description'))];
  const event = {
    type: 'deployment.finished',
    id: `github-${id}`,
    service,
    env: textOf(fieldOf(status, 'environment')) ?? textOf(fieldOf(deployment, 'environment')),
    sha: fieldOf(deployment, 'sha'),
    version: versionOf(ref),
    result,
    planned: !isUrgent(ref, ...words),
    finishedAt: fieldOf(status, 'created_at'),
  };
  return { kind: 'event', ref: event.id, event };
}

function readPull(payload: Fields, service: string): Told {
  const pull = fieldsOf(fieldOf(payload, 'pull_request'));
  if (fieldOf(payload, 'action') !== 'closed' || fieldOf(pull, 'merged') !== true) return { kind: 'other' };
  const repository = fieldsOf(fieldOf(payload, 'repository'));
  const user = fieldsOf(fieldOf(pull, 'user'));
  const pullRequest = readChange({
    repo: fieldOf(repository, 'name'),
    pr: fieldOf(pull, 'number'),
    title: fieldOf(pull, 'title'),
    branch: fieldOf(fieldsOf(fieldOf(pull, 'head')), 'ref'),
    openedAt: fieldOf(pull, 'created_at'),
    mergedAt: fieldOf(pull, 'merged_at'),
    mergeSha: fieldOf(pull, 'merge_commit_sha'),
    isBot: fieldOf(user, 'type') === 'Bot',
  });
  return { kind: 'change', service, pullRequest };
}
