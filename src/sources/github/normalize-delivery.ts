import { z } from 'zod';
import type { Commit, Deployment } from '../../core/model/delivery.ts';
import type { Instant } from '../../core/time/instant.ts';
import { rejected } from '../reading/set-aside.ts';
import type { Normalized } from '../reading/set-aside.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import { keysOfText } from './item-keys.ts';
import { nodesOf } from './names.ts';
import type { Names } from './names.ts';

const commitSchema = z.object({
  sha: z.string().regex(/^[0-9a-f]{7,64}$/i),
  parents: z.array(z.object({ sha: z.string() })).nullish(),
  commit: z.object({ message: z.string().nullish() }),
});

/** A commit as REST gives it; whoever wrote it may be a ghost, and is not kept. */
export function normalizeCommit(raw: unknown, path: string): Normalized<Commit | null> {
  const parsed = commitSchema.safeParse(raw);
  const git = ownValue(raw, 'commit');
  const committedAt = readInstant(ownValue(ownValue(git, 'committer'), 'date'));
  const authoredAt = readInstant(ownValue(ownValue(git, 'author'), 'date'));
  const at = committedAt ?? authoredAt;
  if (!parsed.success || at === null)
    return rejected('commit', raw, 'a commit with its sha and an instant in `commit.committer.date`');
  const { sha, parents, commit } = parsed.data;
  const message = commit.message ?? '';
  return {
    value: {
      sha,
      parents: (parents ?? []).map((parent) => parent.sha),
      authoredAt: authoredAt ?? at,
      committedAt: at,
      subject: message.split('\n', 1)[0]!,
      keys: keysOfText(message, path),
    },
    setAside: [],
  };
}

const deploymentSchema = z.object({
  id: z.string(),
  commitOid: z.string().nullish(),
  environment: z.string().nullish(),
  task: z.string().nullish(),
  description: z.string().nullish(),
});

/** A try to release, as far as it is; `end` is null while nobody knows how it ends. */
export interface Attempt {
  readonly id: string;
  readonly environment: string;
  readonly sha: string | null;
  readonly ref: string | null;
  /** The tag that was deployed. */
  readonly version: string | null;
  /** What it calls itself, where a rollback or a hotfix may say so. */
  readonly words: string;
  readonly createdAt: Instant;
  readonly end: { readonly at: Instant; readonly isSuccessful: boolean } | null;
}

/** It went well when it ever did: what was replaced by a newer one is inactive, not failed. */
export function normalizeDeployment(raw: unknown): Normalized<Attempt | null> {
  const parsed = deploymentSchema.safeParse(raw);
  const createdAt = readInstant(ownValue(raw, 'createdAt'));
  if (!parsed.success || createdAt === null)
    return rejected('deployment', raw, 'a deployment with id and an instant in `createdAt`');
  const { id, commitOid, environment, task, description } = parsed.data;
  const statuses = nodesOf(raw, 'statuses').flatMap((status) => {
    const at = readInstant(ownValue(status, 'createdAt'));
    return at === null ? [] : [{ state: ownValue(status, 'state'), at }];
  });
  const first = (...states: string[]) => {
    const times = statuses.filter(({ state }) => states.includes(String(state))).map(({ at }) => at);
    return times.length === 0 ? null : Math.min(...times);
  };
  const succeededAt = first('SUCCESS');
  const failedAt = first('FAILURE', 'ERROR');
  const endAt = succeededAt ?? failedAt;
  const name = ownValue(ownValue(raw, 'ref'), 'name');
  const ref = typeof name === 'string' ? name : null;
  const isTag = ownValue(ownValue(raw, 'ref'), 'prefix') === 'refs/tags/';
  return {
    value: {
      id,
      environment: environment ?? '',
      sha: commitOid || null,
      ref,
      version: isTag ? ref : null,
      words: `${task ?? ''} ${description ?? ''}`,
      createdAt,
      end: endAt === null ? null : { at: endAt, isSuccessful: succeededAt !== null },
    },
    setAside: [],
  };
}

const releaseSchema = z.object({
  id: z.string(),
  tagName: z.string().min(1),
  isDraft: z.boolean(),
  isPrerelease: z.boolean(),
  tagCommit: z.object({ oid: z.string() }).nullish(),
});

/** A release stands for a deployment where GitHub itself deploys nothing; a draft and a pre-release reach nobody yet. */
export function normalizeRelease(raw: unknown, names: Names): Normalized<Omit<Deployment, 'service'> | null> {
  const parsed = releaseSchema.safeParse(raw);
  if (!parsed.success) return rejected('deployment', raw, 'a release with the name of its tag');
  const { id, tagName: tag, isDraft, isPrerelease, tagCommit } = parsed.data;
  const finishedAt = readInstant(ownValue(raw, 'publishedAt'));
  if (isDraft || isPrerelease || finishedAt === null) return { value: null, setAside: [] };
  return {
    value: {
      id: names.deployment(id),
      finishedAt,
      isSuccessful: true,
      isPlanned: !/hot.?fix/i.test(tag),
      remediates: null,
      sha: tagCommit?.oid ?? null,
      version: tag,
    },
    setAside: [],
  };
}

const runSchema = z.object({
  id: z.number(),
  head_sha: z.string(),
  head_branch: z.string().nullish(),
  display_title: z.string().nullish(),
  conclusion: z.string().nullish(),
  path: z.string().nullish(),
});

/** A run of a workflow that deploys; one that was cancelled or skipped is none, and one that runs has no end yet. */
export function normalizeRun(raw: unknown): Normalized<Attempt | null> {
  const parsed = runSchema.safeParse(raw);
  const createdAt = readInstant(ownValue(raw, 'created_at'));
  if (!parsed.success || createdAt === null)
    return rejected('deployment', raw, 'a run with id, head_sha and an instant in `created_at`');
  const { id, head_sha: sha, head_branch: branch, display_title: title, conclusion, path } = parsed.data;
  const isSuccessful = conclusion === 'success';
  const isOver = isSuccessful || /^(failure|timed_out|startup_failure)$/.test(conclusion ?? '');
  const endAt = readInstant(ownValue(raw, 'updated_at'));
  return {
    value: {
      id: `run-${id}`,
      environment: path ?? '',
      sha,
      ref: branch ?? null,
      // A run of a tag has its name where others have their branch.
      version: /^v?\d+\.\d+/.test(branch ?? '') ? branch! : null,
      words: title ?? '',
      createdAt,
      end: isOver && endAt !== null ? { at: endAt, isSuccessful } : null,
    },
    setAside: [],
  };
}
