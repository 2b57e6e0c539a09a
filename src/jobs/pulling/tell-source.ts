import { placeOf } from '../../config/place.ts';
import type { ProjectId, SourceId } from '../../core/model/ids.ts';
import { dayMs } from '../../core/time/instant.ts';
import type { Part } from '../../render/message.ts';
import { toSlack } from '../../render/slack.ts';
import { renderTemplate } from '../../render/templates.ts';
import { enqueue, enqueueFollowUp, findDelivery } from '../../store/outbox.ts';
import type { Db } from '../../store/tables.ts';
import type { Trouble } from '../../store/troubles.ts';
import type { JobContext } from '../context.ts';

interface SourceNews {
  readonly project: ProjectId;
  readonly source: SourceId;
  readonly trouble: Trouble;
  readonly isOver: boolean;
}

/** What the channel of a project is told of a source that fails, or is back: in words already. */
export function tellSource(context: JobContext, { project, source, trouble, isOver }: SourceNews) {
  const { config, clock, templates } = context;
  const channel = config.projects[project]!.channel!;
  const { zone, locale } = placeOf(config, config.channels[channel], config.projects[project]);
  const at = clock.now();
  // Names of projects are not in it: those of one channel are told together, and not each may be known to all.
  const data = { asOf: at, zone, source, since: trouble.since };
  const part = (name: string): Part => {
    const { text, blocks } = toSlack(renderTemplate(templates, name, data, locale));
    return { text, blocks };
  };
  const message = part(isOver ? 'source-back' : 'source-failing');
  const key = `source:${source}:${trouble.since}:${channel}`;
  return {
    async enqueue(tx: Db): Promise<number> {
      const about = { kind: 'alert', channel, report: 'source', project, scheduleId: null, slot: null, asOf: at };
      const { id } = await enqueue(
        tx,
        { ...about, key, dueAt: at, expiresAt: at + dayMs, message: { root: message, replies: [] } },
        at,
      );
      return id;
    },
    /** Where the failure was told: its message says so from now on, and its thread is told. */
    async follow(tx: Db, told: readonly number[]): Promise<void> {
      const known = await findDelivery(tx, key);
      if (known === null || !told.includes(known.id)) return;
      const edit = { key: `${key}:over`, kind: 'edit', partNo: 1, payload: message, dueAt: at, expiresAt: null };
      if ((await enqueueFollowUp(tx, known.id, edit, at)) === null) return;
      await enqueueFollowUp(tx, known.id, { ...edit, kind: 'alert', partNo: 2, expiresAt: at + dayMs }, at);
    },
  };
}
