import type { SourceRecord } from '../../core/model/record.ts';
import { anyGlob } from '../reading/globs.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import { ownValue } from '../reading/values.ts';
import type { Ancestry } from './ancestry.ts';
import { parentOf } from './links.ts';
import { incidentOf, normalizeItem } from './normalize-item.ts';
import type { Run } from './run.ts';
import { namedVersion, tagsIn, versionsOf } from './snapshot.ts';
import type { ProjectContext } from './snapshot.ts';

export interface ItemScope {
  readonly id: string;
  readonly context: ProjectContext;
  readonly ancestry: Ancestry;
  /** Milestones that are names alone, and that this pull has told already. */
  readonly toldVersions: Set<string>;
}

/** Items, the milestones that they are or name, and incidents among them; their histories come as a stream of their own. */
export async function itemRecords(run: Run, scope: ItemScope, raws: readonly unknown[]): Promise<SourceRecord[]> {
  await scope.ancestry.load(raws.map(parentOf).filter((id) => id !== null));
  return raws.flatMap((raw) => recordsOfItem(run, scope, raw));
}

function recordsOfItem(run: Run, { id: scope, context, toldVersions }: ItemScope, raw: unknown): SourceRecord[] {
  const { value: item, setAside } = normalizeItem(raw, context);
  const records: SourceRecord[] = setAsideRecords(scope, setAside);
  if (!item) return records;
  const { milestones, incidentTypes } = run.settings;
  const base = { projectKey: item.projectKey, startOn: null, isArchived: false };
  if (milestones.types.includes(item.type.name)) {
    const isReleased = item.resolution === 'Done';
    const isArchived = item.resolution !== null && !isReleased;
    const dates = { startOn: item.startOn, releaseOn: item.dueOn };
    records.push({
      kind: 'version',
      scope,
      version: { ...base, ...dates, id: item.id, name: item.summary, isReleased, isArchived },
    });
  }
  for (const name of namesOfVersions(run, raw, context)) {
    const id = namedVersion(run.names, name);
    if (toldVersions.has(id)) continue;
    toldVersions.add(id);
    records.push({ kind: 'version', scope, version: { ...base, id, name, releaseOn: null, isReleased: false } });
  }
  records.push({ kind: 'item', scope, item });
  const incident = incidentOf(item, anyGlob(incidentTypes));
  const services = incident ? run.servicesOfIncident(item.labels) : [];
  return [
    ...records,
    ...services.map((service) => ({ kind: 'incident' as const, incident: { ...incident!, service } })),
  ];
}

function namesOfVersions(run: Run, raw: unknown, context: ProjectContext): readonly string[] {
  const fields = ownValue(raw, 'fields');
  const field = run.settings.milestones.field;
  const told = field === undefined ? null : ownValue(fields, field);
  const candidates = [...tagsIn(fields), ...(typeof told === 'string' && told !== '' ? [told] : [])];
  const versions = versionsOf(fields, context);
  return candidates.filter((name) => versions.has(namedVersion(run.names, name)));
}
