import type { SourceRecord } from '../../core/model/record.ts';
import type { WorkItem } from '../../core/model/work-item.ts';
import { inlineHistories, normalizeHistories } from '../jira/normalize-history.ts';
import { issueRef, normalizeIssue } from '../jira/normalize-issue.ts';
import { ownValue } from '../reading/values.ts';
import type { Plan } from './plan-records.ts';
import type { Line } from '../reading/read-lines.ts';
import type { ExportScopes } from './scopes.ts';
import type { Survey } from './survey.ts';
import { parseLine } from './survey.ts';

/** What came of one line. `isKnown` is false when a damaged line does not even tell which issue it was. */
export interface LineRecords {
  readonly records: readonly SourceRecord[];
  readonly isKnown: boolean;
}

/** Turns the lines of one export into records. `startedAt` names the census that this reading is. */
export function createIssueReader(parts: {
  readonly file: string;
  readonly survey: Survey;
  readonly plan: Plan;
  readonly scopes: ExportScopes;
  readonly startedAt: number;
}): (line: Line) => LineRecords {
  const { file, survey, plan, scopes, startedAt } = parts;

  function unusableLine(line: Line, ref: string, reason: string, itemId: string | null): LineRecords {
    const records: SourceRecord[] = [
      { kind: 'set-aside', scope: null, entity: 'item', ref, reason: `${file} line ${line.number}: ${reason}` },
    ];
    // It is there, although it cannot be read: the census must not call it gone.
    if (itemId !== null)
      for (const scope of scopes.ids) records.push({ kind: 'census', scope, startedAt, itemIds: [itemId] });
    return { records, isKnown: itemId !== null };
  }

  return (line) => {
    if (line.text.trim() === '') return { records: [], isKnown: true };
    const raw = parseLine(line.text);
    if (raw === undefined) {
      return unusableLine(
        line,
        `line ${line.number}`,
        `expected JSON, found ${JSON.stringify(line.text.slice(0, 60))}`,
        null,
      );
    }
    const { value, setAside } = normalizeIssue(raw, survey.fieldMap);
    if (!value) {
      const reason = setAside[0]?.reason ?? 'no issue';
      const ref = issueRef(raw);
      return unusableLine(line, ref === '?' ? `line ${line.number}` : ref, reason, idOf(raw));
    }
    const owners = scopes.scopesOf(value.projectKey);
    if (owners.length === 0) return { records: [], isKnown: true };
    const item = withSprints(value, plan.membership.get(value.key) ?? []);
    const records: SourceRecord[] = owners.map((scope) => ({ kind: 'item', scope, item }));
    for (const aside of setAside) records.push({ kind: 'set-aside', scope: owners[0]!, ...aside });
    const inline = inlineHistories(raw);
    const history = normalizeHistories(inline?.histories ?? [], survey.fieldMap, value.key);
    records.push({
      kind: 'history',
      itemId: value.id,
      changes: history.value,
      isComplete: inline?.isComplete ?? false,
    });
    for (const aside of history.setAside) records.push({ kind: 'set-aside', scope: owners[0]!, ...aside });
    return { records, isKnown: true };
  };
}

function withSprints(item: WorkItem, sprintIds: readonly string[]): WorkItem {
  const missing = sprintIds.filter((id) => !item.sprintIds.includes(id));
  return missing.length === 0 ? item : { ...item, sprintIds: [...item.sprintIds, ...missing] };
}

function idOf(raw: unknown): string | null {
  const id = ownValue(raw, 'id');
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}
