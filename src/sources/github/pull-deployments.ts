import type { SourceRecord } from '../../core/model/record.ts';
import { dayMs } from '../../core/time/instant.ts';
import { anyGlob } from '../reading/globs.ts';
import { ifThere } from '../pulling/refusals.ts';
import { overlapMs, pageOf } from '../pulling/page-of.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import { ownValue } from '../reading/values.ts';
import type { Page } from '../source.ts';
import { allOf } from './client.ts';
import { deploymentsByIdQuery, deploymentsQuery } from './code-queries.ts';
import type { RepositoryPlace } from './cursor.ts';
import { deploymentRecords } from './deployment-records.ts';
import { nextOf, nodesOf } from './names.ts';
import { normalizeDeployment } from './normalize-delivery.ts';
import type { Attempt } from './normalize-delivery.ts';
import { nameOf, nodesById, readRepository } from './queries.ts';
import type { Run } from './run.ts';

const atOnce = 50;
/** What has no end after so long will have none. */
const patienceMs = 7 * dayMs;

type Variables = Readonly<Record<string, unknown>>;

/**
 * Deployments to the environments that reach users. What is a rollback only what came before tells: the first reading
 * goes from the oldest up, later ones go down to what is known and are told in order of time.
 */
export async function* pullDeployments(run: Run, place: RepositoryPlace, since: number): AsyncGenerator<Page> {
  const { code } = place;
  if (code.deployments.first === null && (run.options.isFull || code.deployments.watermark === null)) {
    code.deployments = { watermark: null, recent: {}, first: { after: null, serverAt: run.serverNow() } };
    code.live = {};
    code.pending = [];
  }
  const environments = await productionOf(run, place);
  if (environments.length === 0) return;
  const variables = { ...nameOf(place.path), environments, first: atOnce };
  yield* readFirst(run, place, variables, since);
  yield* readLater(run, place, variables);
}

/** Names that mean users everywhere. */
const usual = ['production', 'Production', 'prod', 'live'];

/**
 * Names of the environments that reach users: those of the settings, else by name, as GitHub knows no tiers. A token
 * that may see deployments but no environments has to guess.
 */
async function productionOf(run: Run, place: RepositoryPlace): Promise<readonly string[]> {
  const wanted = run.settings.environments;
  const environments = await ifThere(() => allOf((page) => run.client.environments(nameOf(place.path), page)));
  if (environments === null) return wanted?.filter((name) => !/[*?]/.test(name)) ?? usual;
  return environments
    .map((environment) => ownValue(environment, 'name'))
    .filter((name) => typeof name === 'string')
    .filter(productionTest(wanted));
}

export function productionTest(globs: readonly string[] | undefined): (name: string) => boolean {
  return globs ? anyGlob(globs) : (name) => /^(production|prod|live)$/i.test(name);
}

async function* readFirst(run: Run, place: RepositoryPlace, variables: Variables, since: number): AsyncGenerator<Page> {
  const step = `${place.path} deployments`;
  const { code } = place;
  for (let done = 0; code.deployments.first;) {
    const { first } = code.deployments;
    const owner = await readRepository(run, deploymentsQuery, { ...variables, after: first.after, direction: 'ASC' });
    const nodes = nodesOf(owner, 'deployments');
    const next = nextOf(owner, 'deployments');
    const records = tell(run, place, nodes, since);
    done += nodes.length;
    if (next !== null && next !== first.after) first.after = next;
    else code.deployments = { ...code.deployments, watermark: first.serverAt - overlapMs, first: null };
    const total = ownValue(ownValue(owner, 'deployments'), 'totalCount');
    if (records.length > 0) yield pageOf(run, records, { step, done, total: typeof total === 'number' ? total : null });
  }
}

async function* readLater(run: Run, place: RepositoryPlace, variables: Variables): AsyncGenerator<Page> {
  const { code } = place;
  const { watermark, recent } = code.deployments;
  const until = watermark!;
  const next = Math.max(until, run.serverNow() - overlapMs);
  const found: unknown[] = [];
  for (let after: string | null = null, isOver = false; !isOver;) {
    const owner: unknown = await readRepository(run, deploymentsQuery, { ...variables, after, direction: 'DESC' });
    for (const raw of nodesOf(owner, 'deployments')) {
      const { value } = normalizeDeployment(raw);
      if (value && value.createdAt < until) isOver = true;
      else if (!value || !Object.hasOwn(recent, value.id)) found.push(raw);
    }
    after = nextOf(owner, 'deployments');
    isOver ||= after === null;
  }
  const waiting = await nodesById(run, deploymentsByIdQuery, code.pending);
  code.pending = [];
  const records = tell(run, place, [...waiting, ...found.toReversed()], -Infinity);
  code.deployments.watermark = next;
  code.deployments.recent = Object.fromEntries(
    Object.entries(code.deployments.recent).filter(([, createdAt]) => createdAt >= next),
  );
  if (records.length > 0)
    yield pageOf(run, records, { step: `${place.path} deployments`, done: records.length, total: records.length });
}

/** Those that have ended; those that have not are asked for again by the next pull. */
function tell(run: Run, place: RepositoryPlace, raws: readonly unknown[], since: number): SourceRecord[] {
  const { code } = place;
  const attempts: Attempt[] = [];
  const records: SourceRecord[] = [];
  for (const raw of raws) {
    const { value, setAside } = normalizeDeployment(raw);
    records.push(...setAsideRecords(null, setAside));
    if (!value || value.createdAt < since) continue;
    attempts.push(value);
    if (value.createdAt >= run.serverNow() - 2 * overlapMs) code.deployments.recent[value.id] = value.createdAt;
    const isWaiting = value.end === null && value.createdAt > run.serverNow() - patienceMs;
    if (isWaiting && !code.pending.includes(value.id)) code.pending.push(value.id);
  }
  return [...deploymentRecords(run, place, attempts), ...records];
}
