import { z } from 'zod';
import type { Commit, Deployment } from '../../core/model/delivery.ts';
import { rejected, unusable } from '../reading/set-aside.ts';
import type { Normalized } from '../reading/set-aside.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import { anyGlob } from '../reading/globs.ts';
import { keysOfText } from './item-keys.ts';
import type { Names } from '../pulling/names.ts';
import type { GitlabSettings } from './settings.ts';

const commitSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{7,64}$/i),
  parent_ids: z.array(z.string()).nullish(),
  title: z.string().nullish(),
  message: z.string().nullish(),
});

export function normalizeCommit(raw: unknown, path: string): Normalized<Commit | null> {
  const parsed = commitSchema.safeParse(raw);
  const committedAt = readInstant(ownValue(raw, 'committed_date')) ?? readInstant(ownValue(raw, 'created_at'));
  if (!parsed.success || committedAt === null)
    return rejected('commit', raw, 'a commit with its sha and an instant in `committed_date`');
  const { id, parent_ids: parents, title, message } = parsed.data;
  const commit: Commit = {
    sha: id,
    parents: parents ?? [],
    authoredAt: readInstant(ownValue(raw, 'authored_date')) ?? committedAt,
    committedAt,
    subject: title ?? message?.split('\n', 1)[0] ?? '',
    keys: keysOfText(message ?? title ?? '', path),
  };
  return { value: commit, setAside: [] };
}

/** Which environments reach users: those named in the settings, else by tier, else by name. */
export function productionTest(
  { environments }: Pick<GitlabSettings, 'environments'>,
  known: readonly unknown[],
): (environment: unknown) => boolean {
  const isNamed = environments ? anyGlob(environments) : null;
  const tiers = new Map(known.map((one) => [ownValue(one, 'id'), ownValue(one, 'tier')]));
  return (environment) => {
    const name = ownValue(environment, 'name');
    if (typeof name !== 'string') return false;
    if (isNamed) return isNamed(name);
    const tier = ownValue(environment, 'tier') ?? tiers.get(ownValue(environment, 'id'));
    return typeof tier === 'string' ? tier === 'production' : /^(production|prod|live)$/i.test(name);
  };
}

const deploymentSchema = z.object({
  id: z.number().int(),
  sha: z.string().nullish(),
  ref: z.string().nullish(),
  status: z.string(),
  environment: z.object({ id: z.number().int(), name: z.string() }),
});

/** A try to release that has ended, with what its place among the others of its environment is told by. */
export interface Attempt {
  readonly deployment: Omit<Deployment, 'service'>;
  readonly number: number;
  readonly environment: { readonly id: number; readonly name: string };
  readonly pipeline: number;
}

/**
 * A deployment that has ended well or failed; null with nothing set aside for one that runs, waits, was skipped or
 * cancelled, and for a step of a rollout below 100 %: the release is finished with the last.
 */
export function normalizeDeployment(
  raw: unknown,
  { names, isHotfixBranch }: { readonly names: Names; readonly isHotfixBranch: (name: string) => boolean },
): Normalized<Attempt | null> {
  const parsed = deploymentSchema.safeParse(raw);
  if (!parsed.success) return rejected('deployment', raw, 'a deployment with id, status and environment');
  const { id, sha, ref, status, environment } = parsed.data;
  const job = ownValue(raw, 'deployable');
  const jobName = ownValue(job, 'name');
  const title = typeof jobName === 'string' ? jobName : '';
  if ((status !== 'success' && status !== 'failed') || isPartial(title)) return { value: null, setAside: [] };
  // `updated_at` moves with every later touch, so it is the last resort.
  const finishedAt =
    readInstant(ownValue(job, 'finished_at')) ??
    readInstant(ownValue(raw, 'finished_at')) ??
    readInstant(ownValue(raw, 'updated_at'));
  if (finishedAt === null)
    return rejected('deployment', raw, 'an instant at which it ended', ownValue(raw, 'updated_at'));
  const pipeline = ownValue(ownValue(job, 'pipeline'), 'id');
  return {
    value: {
      deployment: {
        id: names.deployment(id),
        finishedAt,
        isSuccessful: status === 'success',
        isPlanned: !isHotfixBranch(ref ?? '') && !/roll.?back|hot.?fix/i.test(title),
        remediates: null,
        sha: sha || null,
        version: ownValue(job, 'tag') === true ? (ref ?? null) : null,
      },
      number: id,
      environment,
      pipeline: typeof pipeline === 'number' ? pipeline : 0,
    },
    setAside: [],
  };
}

function isPartial(jobName: string): boolean {
  const percent = /(\d{1,3})\s?%/.exec(jobName);
  return percent ? Number(percent[1]) < 100 : /\bcanary\b/i.test(jobName);
}

const releaseSchema = z.object({
  tag_name: z.string().min(1),
  commit: z.object({ id: z.string() }).nullish(),
});

/** A release stands for a deployment where GitLab itself deploys nothing; one that is to come is none yet. */
export function normalizeRelease(
  raw: unknown,
  { names, project, now }: { readonly names: Names; readonly project: number; readonly now: number },
): Normalized<Omit<Deployment, 'service'> | null> {
  const parsed = releaseSchema.safeParse(raw);
  if (!parsed.success) return rejected('deployment', raw, 'a release with the name of its tag');
  const { tag_name: tag, commit } = parsed.data;
  const finishedAt = readInstant(ownValue(raw, 'released_at')) ?? readInstant(ownValue(raw, 'created_at'));
  if (finishedAt === null) {
    const found = ownValue(raw, 'released_at');
    return { value: null, setAside: [unusable('deployment', tag, 'an instant in `released_at`', found)] };
  }
  if (finishedAt > now) return { value: null, setAside: [] };
  return {
    value: {
      id: names.deployment(`${project}:${tag}`),
      finishedAt,
      isSuccessful: true,
      isPlanned: !/hot.?fix/i.test(tag),
      remediates: null,
      sha: commit?.id ?? null,
      version: tag,
    },
    setAside: [],
  };
}
