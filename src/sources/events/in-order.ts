import { parseInstant } from '../../core/time/instant.ts';
import { fieldOf, fieldsOf, textOf } from '../events-file/fields.ts';

/**
 * Events about one thing with its ends of deployments in order of their times: of several the last one counts, and
 * webhooks overtake each other. Other events stay where they are; they say themselves what they add.
 */
export function inOrder(events: readonly unknown[]): readonly unknown[] {
  const ends = events
    .map((event, index) => ({ event, index, at: endOf(event) }))
    .filter((one): one is typeof one & { at: number } => one.at !== null);
  const sorted = [...ends].sort((a, b) => a.at - b.at);
  const placed = [...events];
  for (const [place, { index }] of ends.entries()) placed[index] = sorted[place]!.event;
  return placed;
}

/** When an event says that a deployment ended; null for any other. */
function endOf(event: unknown): number | null {
  const fields = fieldsOf(event);
  const data = fieldsOf(fieldOf(fields, 'data')) ?? fields;
  const context = fieldsOf(fieldOf(data, 'context'));
  const isDeployment = /\.(deployed|upgraded|rolledback)\.|deployment\.finished/i.test(
    textOf(fieldOf(context, 'type')) ?? textOf(fieldOf(fields, 'type')) ?? '',
  );
  const at = textOf(fieldOf(data, 'finishedAt') ?? fieldOf(context, 'timestamp'));
  return isDeployment && at !== null ? parseInstant(at) : null;
}
