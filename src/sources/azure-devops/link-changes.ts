import type { Change, ChangeField } from '../../core/model/change.ts';
import type { SourceRecord } from '../../core/model/record.ts';
import { setAsideRecords, unusable } from '../reading/set-aside.ts';
import type { SetAside } from '../reading/set-aside.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';
import type { Page } from '../source.ts';
import { descendantRecords } from './descendants.ts';
import { linkKindOf } from './links.ts';
import { readBatch } from './revisions.ts';
import type { StreamOf } from './revisions.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';
import { keyOf } from './settings.ts';
import { personOf } from './snapshot.ts';

/**
 * Parents and links with their past, from the stream of all links of a project: each that was made or taken away. A link
 * makes a revision of both its ends, so that `told`, what the revisions told of, leaves out the items of other areas;
 * null where they were read in several parts, and all of it is told: what belongs to no item harms none.
 */
export async function* pullLinks(run: Run, how: StreamOf, told: ReadonlySet<number> | null): AsyncGenerator<Page> {
  const { place, context } = how;
  // The first reading tells of everything anyway.
  const isFirst = place.links === null;
  let done = 0;
  for (let isLast = false; !isLast;) {
    const batch = await readBatch(run, place, (token) => run.client.linkChanges(context.project.id, token), 'links');
    isLast = batch.isLast;
    const changes = new Map<number, Change[]>();
    const setAside: SetAside[] = [];
    for (const raw of batch.values)
      for (const [id, change] of changesOfLink(run, raw, setAside))
        if (told?.has(id) ?? true) changes.set(id, [...(changes.get(id) ?? []), change]);
    const moved = [...changes].filter(([, own]) => own.some((change) => change.field === 'parent')).map(([id]) => id);
    const below = isFirst ? [] : await descendantRecords(run, how, new Set(moved));
    place.links = batch.token ?? place.links;
    done += batch.values.length;
    const records: SourceRecord[] = [
      ...[...changes].map(([id, own]) => ({
        kind: 'history' as const,
        itemId: run.names.item(id),
        changes: own,
        isComplete: true,
      })),
      ...below,
      ...setAsideRecords(null, setAside),
    ];
    if (records.length > 0) yield pageOf(run, records, { step: `${place.name} links`, done, total: null });
  }
}

/** One link made or taken away, as both of its ends tell it. */
function changesOfLink(run: Run, raw: unknown, setAside: SetAside[]): readonly (readonly [number, Change])[] {
  const rel = textOf(raw, 'rel');
  const attributes = ownValue(raw, 'attributes');
  const source = ownValue(attributes, 'sourceId');
  const target = ownValue(attributes, 'targetId');
  const at = readInstant(ownValue(attributes, 'changedDate') ?? null);
  if (rel === null || typeof source !== 'number' || typeof target !== 'number' || at === null) {
    const ref = `link of ${typeof source === 'number' ? keyOf(source) : '?'}`;
    setAside.push(unusable('change', ref, 'a link with rel, sourceId, targetId and changedDate', raw));
    return [];
  }
  const isMade = ownValue(attributes, 'isActive') !== false;
  const by = personOf(ownValue(attributes, 'changedBy'), run.names);
  const change = (field: ChangeField, value: string, other: number): Change => ({
    // The same from whichever end it is told; parents of one moment are one change, in the order of its parts.
    id: field === 'parent' ? `parent-${at}` : `link-${value}-${other}-${at}`,
    // A parent that is changed for another is taken away and given in one moment, in this order.
    part: isMade ? 1 : 0,
    at,
    by,
    field,
    from: isMade ? null : value,
    to: isMade ? value : null,
    fromText: null,
    toText: null,
  });
  if (rel === 'System.LinkTypes.Hierarchy-Forward') return [[target, change('parent', keyOf(source), source)]];
  if (rel === 'System.LinkTypes.Hierarchy-Reverse') return [[source, change('parent', keyOf(target), target)]];
  const own = linkKindOf(rel);
  const back = linkKindOf(
    rel.endsWith('-Forward') ? rel.replace('-Forward', '-Reverse') : rel.replace('-Reverse', '-Forward'),
  );
  return [
    ...(own === null ? [] : [[source, change('link', `${own}:${keyOf(target)}`, target)] as const]),
    ...(back === null ? [] : [[target, change('link', `${back}:${keyOf(source)}`, source)] as const]),
  ];
}
