import { isQuietAt } from '../../core/alerts/evaluation.ts';
import { alertPolicy } from '../../core/alerts/policy.ts';
import type { ProjectId, SourceId } from '../../core/model/ids.ts';
import { hourMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import { inTransaction } from '../../store/dialect.ts';
import { readCourse } from '../../store/pulls.ts';
import { closeTrouble, listTroubles, noteTold, openTrouble } from '../../store/troubles.ts';
import type { Trouble } from '../../store/troubles.ts';
import { calendarOf } from '../calendar-of.ts';
import type { JobContext } from '../context.ts';
import { projectsOf } from './projects-of.ts';
import { tellOperator } from '../operator/tell-operator.ts';
import { tellSource } from './tell-source.ts';

const code = 'source-failing';

/**
 * A source whose pulls have failed for hours is told once to the operator, and to the channels of its projects in their
 * working hours; when it is back, that is told where the failure was. How many changed.
 */
export async function watchSources(context: JobContext): Promise<number> {
  const { db, clock, config } = context;
  const open = new Map((await listTroubles(db)).map((trouble) => [trouble.subject, trouble]));
  const limit = config.thresholds.data.failingHours * hourMs;
  let changed = 0;
  for (const id of context.sources.keys()) {
    const { doneAt, failingSince, error } = await readCourse(db, id);
    const since = doneAt ?? failingSince;
    const isFailing = failingSince !== null && since !== null && clock.now() - since >= limit;
    const trouble = open.get(subjectOf(id)) ?? null;
    if (isFailing && trouble === null) await begin(context, id, { since, error });
    else if (isFailing) await tellTeams(context, id, trouble!);
    // Back is who was pulled to the end; one failure less proves nothing.
    else if (trouble !== null && failingSince === null) await end(context, id, trouble);
    else continue;
    changed += 1;
  }
  return changed;
}

function subjectOf(source: SourceId): string {
  return `source:${source}`;
}

async function begin(
  context: JobContext,
  source: SourceId,
  { since, error }: { readonly since: Instant; readonly error: string | null },
): Promise<void> {
  const note = tellOperator(context, {
    key: `${subjectOf(source)}:${since}`,
    what: code,
    data: { source, since, reason: error ?? '' },
  });
  await inTransaction(context.db, async (tx) => {
    if (await openTrouble(tx, { subject: subjectOf(source), code, since, detail: { source } })) await note.enqueue(tx);
  });
}

/** Once: what was told already, and what is quiet now, is left. */
async function tellTeams(context: JobContext, source: SourceId, trouble: Trouble): Promise<void> {
  if (trouble.told.length > 0) return;
  const { db, config, clock } = context;
  const policy = alertPolicy(config.thresholds);
  const awake = projectsOf(config, source).filter(
    (id) => config.projects[id]!.channel !== undefined && !isQuietAt(clock.now(), calendarOf(config, id), policy),
  );
  if (awake.length === 0) return;
  const messages = onePerChannel(context, awake).map((project) =>
    tellSource(context, { project, source, trouble, isOver: false }),
  );
  await inTransaction(db, async (tx) => {
    const told: number[] = [];
    for (const message of messages) told.push(await message.enqueue(tx));
    await noteTold(tx, trouble.subject, told);
  });
}

/** Several projects in one channel hear of it once. */
function onePerChannel({ config }: JobContext, projects: readonly ProjectId[]): readonly ProjectId[] {
  const channels = new Map(projects.map((id) => [config.projects[id]!.channel!, id]));
  return [...channels.values()];
}

async function end(context: JobContext, source: SourceId, trouble: Trouble): Promise<void> {
  const { db, config } = context;
  const projects = onePerChannel(
    context,
    projectsOf(config, source).filter((id) => config.projects[id]!.channel !== undefined),
  );
  const note = tellOperator(context, {
    key: `${subjectOf(source)}:${trouble.since}:over`,
    what: 'source-back',
    data: { source, since: trouble.since },
  });
  const messages = projects.map((project) => tellSource(context, { project, source, trouble, isOver: true }));
  await inTransaction(db, async (tx) => {
    if ((await closeTrouble(tx, trouble.subject)) === null) return;
    await note.enqueue(tx);
    for (const message of messages) await message.follow(tx, trouble.told);
  });
}
