import { placeOf } from '../../config/place.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Message } from '../../render/message.ts';
import { toSlack } from '../../render/slack.ts';
import { renderTemplate } from '../../render/templates.ts';
import { enqueue } from '../../store/outbox.ts';
import type { Db } from '../../store/tables.ts';
import type { JobContext } from '../context.ts';
import { operatorReport } from '../targets/told-there.ts';

/** What the operator has to know: `what` names its words in `templates/<locale>/partials/operator`. */
export interface OperatorNote {
  /** Told once under this name, however often it is found. */
  readonly key: string;
  readonly what: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** After a day it is in the log, in `vigie check` and, while it lasts, on the page of health. */
const expiresMs = 86_400_000;

type Context = Pick<JobContext, 'config' | 'templates' | 'log' | 'clock'>;

/** A note in words already: no template is run inside a transaction. */
export interface ToldOperator {
  /** Into the log, and into the operator's channel where the config names one. The delivery; null without a channel. */
  enqueue(tx: Db): Promise<number | null>;
}

export function tellOperator(context: Context, note: OperatorNote): ToldOperator {
  const { config, clock, log } = context;
  const { operator } = config;
  const at = clock.now();
  const message = operator && operatorMessage(context, note, at);
  return {
    async enqueue(tx) {
      log.warn({ what: note.what, ...note.data }, 'the operator is told');
      if (!operator || !message) return null;
      const delivery = {
        key: `operator:${note.key}`,
        kind: 'operator',
        channel: operator.channel,
        report: operatorReport,
        project: null,
        scheduleId: null,
        slot: null,
        asOf: at,
        dueAt: at,
        expiresAt: at + expiresMs,
        message: { root: { text: message.text, blocks: message.blocks }, replies: message.replies },
      };
      return (await enqueue(tx, delivery, at)).id;
    },
  };
}

function operatorMessage({ config, templates }: Context, { what, data }: OperatorNote, at: Instant): Message {
  const { operator } = config;
  const { locale, zone } = placeOf(config, operator, config.channels[operator!.channel]);
  return toSlack(renderTemplate(templates, 'operator', { ...data, what, asOf: at, zone }, locale));
}
