import { UnusableEvent } from '../events-file/event.ts';
import { fieldOf, fieldsOf, textOf } from '../events-file/fields.ts';
import type { Fields } from '../events-file/fields.ts';
import { readChange } from '../events-file/change-merged.ts';
import { readGithub } from './github.ts';
import { readGitlab } from './gitlab.ts';
import type { EventsSettings } from './settings.ts';
import type { Told } from './told.ts';
import type { Signed } from './verify.ts';

/** Reads the body of a genuine request. Throws UnusableEvent with what was expected when nothing can be made of it. */
export function readWebhook(settings: EventsSettings, { headers, body }: Signed, service: string): Told {
  const fields = fieldsOf(parse(body));
  if (fields === null) throw new UnusableEvent({ entity: 'deployment', id: null }, 'expected one JSON object');
  if (settings.from === 'github') return readGithub(headers['x-github-event'] ?? '', fields, service);
  if (settings.from === 'gitlab') return readGitlab(headers['x-gitlab-event'] ?? '', fields, service);
  return readGeneric(fields, headers, service);
}

/** No event is so deep; what walks over one that is falls off the stack. */
const mostNested = 100;

function parse(body: string): unknown {
  const value = parseJson(body);
  if (depthOf(body) <= mostNested) return value;
  throw new UnusableEvent(
    { entity: 'deployment', id: null },
    `expected at most ${mostNested} levels of JSON, found more`,
  );
}

/** How deep JSON is nested. */
function depthOf(json: string): number {
  let depth = 0;
  let most = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    most = Math.max(most, depth);
  }
  return most;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    const isForm = body.startsWith('payload=');
    throw new UnusableEvent(
      { entity: 'deployment', id: null },
      `expected JSON${isForm ? ', found a form; set the content type of the webhook to application/json' : ''}`,
    );
  }
}

/** Our own shapes, or CDEvents: in an envelope, or with the envelope in the headers (CloudEvents, binary mode). */
function readGeneric(given: Fields, headers: Signed['headers'], service: string): Told {
  const type = headers['ce-type'];
  const fields = type === undefined ? given : { specversion: '1.0', type, id: headers['ce-id'], data: given };
  if (textOf(fieldOf(fields, 'type'))?.toLowerCase() === 'change.merged')
    return { kind: 'change', service: textOf(fieldOf(fields, 'service')) ?? service, pullRequest: readChange(fields) };
  return { kind: 'event', ref: refOf(fields), event: fields };
}

/** Events about one thing are put together: by the id of the thing, which CDEvents call the subject's. */
function refOf(fields: Fields): string {
  const data = fieldsOf(fieldOf(fields, 'data')) ?? fields;
  const subject = fieldsOf(fieldOf(data, 'subject'));
  const id = textOf(fieldOf(subject ?? data, 'id')) ?? textOf(fieldOf(fields, 'id'));
  if (id === null)
    throw new UnusableEvent({ entity: 'deployment', id: null }, 'id: expected a name of its own, found nothing');
  return id.slice(0, 200);
}
