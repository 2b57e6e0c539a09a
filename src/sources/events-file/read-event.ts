import { readChange } from './change-merged.ts';
import { isCdEvent, readCdEvent } from './cd-event.ts';
import type { DeliveryEvent, OtherEvent } from './event.ts';
import { UnusableEvent } from './event.ts';
import { describe, fieldOf, fieldsOf, textOf } from './fields.ts';
import type { Fields } from './fields.ts';
import { readPlainEvent } from './plain-event.ts';

/** One event, bare or in the envelope of CloudEvents. Throws UnusableEvent when nothing can be made of it. */
export function readEvent(raw: unknown, service: string): DeliveryEvent | OtherEvent {
  const given = fieldsOf(raw);
  if (given === null)
    throw new UnusableEvent(
      { entity: 'deployment', id: null },
      `expected an event as an object, found ${describe(raw)}`,
    );
  const fields = unwrap(given);
  if (textOf(fieldOf(fields, 'type'))?.toLowerCase() === 'change.merged')
    return { kind: 'change', service: textOf(fieldOf(fields, 'service')) ?? service, pullRequest: readChange(fields) };
  return isCdEvent(fields) ? readCdEvent(fields, service) : readPlainEvent(fields, service);
}

function unwrap(given: Fields): Fields {
  const data = fieldOf(given, 'specversion') === undefined ? null : fieldsOf(fieldOf(given, 'data'));
  if (data === null) return given;
  return { type: fieldOf(given, 'type'), id: fieldOf(given, 'id'), ...data };
}
