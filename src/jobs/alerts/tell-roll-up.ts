import type { AlertRollUp } from '../../core/reports/alert-roll-up.ts';
import type { Day } from '../../core/time/day.ts';
import { dayMs } from '../../core/time/instant.ts';
import { toSlack } from '../../render/slack.ts';
import { renderTemplate } from '../../render/templates.ts';
import { rollUpReport } from '../../store/alert-turn.ts';
import { enqueue } from '../../store/outbox.ts';
import type { Db } from '../../store/tables.ts';
import type { JobContext } from '../context.ts';
import type { AlertPlace } from './tell-alert.ts';

/** One message for a flood of alerts, in words already. */
export function tellRollUp(
  { templates, config, clock }: JobContext,
  rollUp: AlertRollUp,
  { channel, locale, today }: AlertPlace & { readonly today: Day },
): (tx: Db) => Promise<void> {
  const command = config.slack?.command ?? '/pmo';
  const { text, blocks, replies } = toSlack(renderTemplate(templates, 'alert-roll-up', { ...rollUp, command }, locale));
  const at = clock.now();
  return async (tx) => {
    await enqueue(
      tx,
      {
        key: `roll-up:${rollUp.project.id}:${today}`,
        kind: 'alert',
        channel,
        report: rollUpReport,
        project: rollUp.project.id,
        scheduleId: null,
        slot: null,
        asOf: rollUp.asOf,
        dueAt: at,
        expiresAt: at + dayMs,
        message: { root: { text, blocks }, replies },
      },
      at,
    );
  };
}
