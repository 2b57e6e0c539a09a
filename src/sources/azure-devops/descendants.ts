import type { SourceRecord } from '../../core/model/record.ts';
import { ifThere } from '../pulling/refusals.ts';
import { ownValue } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';
import { itemsAtOnce } from './client.ts';
import { field } from './fields.ts';
import { itemRecords } from './item-records.ts';
import { childrenOf } from './links.ts';
import type { StreamOf } from './revisions.ts';
import type { Run } from './run.ts';
import { isInArea } from './targets.ts';
import { wholeHistory } from './updates.ts';

/** A level more than any process has. */
const mostLevels = 8;

/**
 * What stands below items that were put under another: their milestones are others now, and no revision of their own says
 * so. Only where work items are milestones; their histories come along, for the milestones of the past stand in them.
 */
export async function descendantRecords(run: Run, how: StreamOf, moved: ReadonlySet<number>): Promise<SourceRecord[]> {
  if (run.settings.milestones.types.length === 0 || moved.size === 0) return [];
  const seen = new Set(moved);
  const records: SourceRecord[] = [];
  let level: readonly number[] = [...moved];
  for (let depth = 0; level.length > 0 && depth < mostLevels; depth++) {
    const raws = await readItems(run, level);
    if (depth > 0) records.push(...(await recordsOf(run, how, raws)));
    level = [...new Set(raws.flatMap(childrenOf))].filter((id) => !seen.has(id));
    for (const id of level) seen.add(id);
  }
  return records;
}

async function readItems(run: Run, ids: readonly number[]): Promise<readonly unknown[]> {
  const raws: unknown[] = [];
  for (let from = 0; from < ids.length; from += itemsAtOnce)
    raws.push(...(await run.client.items(ids.slice(from, from + itemsAtOnce))));
  return raws.filter((raw) => raw !== null);
}

async function recordsOf(run: Run, { targets, context, ancestry }: StreamOf, raws: readonly unknown[]) {
  const work = raws.filter((raw) => context.process.isWork(textOf(ownValue(raw, 'fields'), field.type) ?? ''));
  const records: SourceRecord[] = [];
  for (const { scope, target } of targets) {
    const own = work.filter((raw) => isInArea(target, textOf(ownValue(raw, 'fields'), field.area)));
    records.push(...(await itemRecords(run, { id: scope, context, ancestry, toldVersions: new Set() }, own)));
  }
  const ids = work.map((raw) => ownValue(raw, 'id')).filter((id) => typeof id === 'number');
  const histories = await Promise.all(ids.map((id) => ifThere(() => wholeHistory(run, id, context))));
  for (const [index, history] of histories.entries()) {
    if (!history) continue;
    const itemId = run.names.item(ids[index]!);
    records.push({ kind: 'history', itemId, changes: history.changes, isComplete: true });
  }
  return records;
}
