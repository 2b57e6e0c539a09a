import { RemoteError } from '../../lib/errors.ts';
import type { SourceProblem } from '../source.ts';
import { collectEvents } from './collect-events.ts';
import { readEventsFile, markOf } from './read-file.ts';
import type { EventsFileSettings } from './settings.ts';

/** Can the file be read, does it tell anything, and how much of it cannot be used? */
export async function checkEvents(settings: EventsFileSettings, service: string): Promise<readonly SourceProblem[]> {
  const { path, environments } = settings;
  try {
    await markOf(path);
    const { elements } = await readEventsFile(path, new AbortController().signal);
    const { told, elsewhere } = collectEvents(elements, { path, service, environments });
    const bad = told.flatMap(({ record }) => (record.kind === 'set-aside' ? [record] : []));
    const good = told.length - bad.length;
    const problems: SourceProblem[] = [];
    if (bad.length > 0)
      problems.push({
        severity: good === 0 ? 'error' : 'warning',
        what: path,
        expected: 'deployments and incidents only',
        found: `${bad.length} of ${elements.length} events that cannot be used; the first: ${bad[0]!.reason}`,
        todo: 'mend these lines; they are set aside, everything else is read',
      });
    if (good === 0 && bad.length === 0) problems.push(nothingTold(settings, elements.length, elsewhere));
    return problems;
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    const { message, todo } = error;
    return [{ severity: 'error', what: path, expected: 'a file of events', found: message, todo: todo ?? '' }];
  }
}

function nothingTold(
  { path, environments }: EventsFileSettings,
  count: number,
  elsewhere: ReadonlyMap<string, number>,
): SourceProblem {
  const named = [...elsewhere.keys()].join(', ');
  return {
    severity: 'warning',
    what: path,
    expected: `deployments or incidents of ${environments.join(', ')}`,
    found: named ? `only events of ${named}` : `${count} events, none of them one`,
    todo: named
      ? 'name the environments where your users are in `environments` of this source'
      : 'see "Connect your code and pipelines" in README.md for the shape of an event',
  };
}
