import type { History, HistoryItem, LoggedField, Site } from '../portfolio/site.ts';
import { siteTime } from '../portfolio/site-zone.ts';
import { customFields } from './field-list.ts';
import type { Json, Mode } from './field-list.ts';
import { issueTypeIds, priorityIds } from './present-issue.ts';
import type { PlanPresenter } from './present-plan.ts';

/** Histories as Jira writes them, with its odd ways: numbers only as text, ids of fields often missing. */
export function createHistoryPresenter(site: Site, mode: Mode, { user }: PlanPresenter) {
  const fields = customFields[mode];
  const isCloud = mode === 'cloud';

  const logged: Readonly<Record<LoggedField, { field: string; fieldId?: string; custom?: true }>> = {
    status: { field: 'status', fieldId: 'status' },
    resolution: { field: 'resolution', fieldId: 'resolution' },
    assignee: { field: 'assignee', fieldId: 'assignee' },
    sprint: { field: 'Sprint', fieldId: fields.sprint, custom: true },
    fixVersion: { field: 'Fix Version', fieldId: 'fixVersions' },
    affectsVersion: { field: 'Version', fieldId: 'versions' },
    points: { field: 'Story Points', fieldId: fields.points, custom: true },
    estimate: { field: 'timeestimate', fieldId: 'timeestimate' },
    dueDate: { field: 'duedate', fieldId: 'duedate' },
    startDate: { field: 'Start date', fieldId: fields.startDate, custom: true },
    parent: isCloud
      ? { field: 'IssueParentAssociation' }
      : { field: 'Epic Link', fieldId: fields.epicLink, custom: true },
    flagged: { field: 'Flagged', fieldId: fields.flagged, custom: true },
    priority: { field: 'priority', fieldId: 'priority' },
    summary: { field: 'summary', fieldId: 'summary' },
    type: { field: 'issuetype', fieldId: 'issuetype' },
    labels: { field: 'labels', fieldId: 'labels' },
    link: { field: 'Link' },
    project: { field: 'project', fieldId: 'project' },
    key: { field: 'Key' },
  };

  function historyItem(item: HistoryItem): Json {
    const { field, fieldId, custom } = logged[item.field];
    let { from, fromText, to, toText } = item;
    if (item.field === 'assignee' && !isCloud) {
      from = from && (site.people.get(from)?.login ?? from);
      to = to && (site.people.get(to)?.login ?? to);
    }
    if (['points', 'summary', 'labels'].includes(item.field)) from = to = null;
    if (item.field === 'dueDate') {
      fromText = fromText && `${fromText} 00:00:00.0`;
      toText = toText && `${toText} 00:00:00.0`;
    }
    if (item.field === 'resolution') [from, to] = [from && '1', to && '1'];
    if (item.field === 'priority') [from, to] = [from && (priorityIds[from] ?? '3'), to && (priorityIds[to] ?? '3')];
    if (item.field === 'type') [from, to] = [typeId(from), typeId(to)];
    return {
      field,
      fieldtype: custom ? 'custom' : 'jira',
      ...(isCloud && fieldId ? { fieldId } : {}),
      from,
      fromString: fromText,
      to,
      toString: toText,
    };
  }

  /** `epoch`: the bulk endpoint gives milliseconds where the others give text. */
  function history(value: History, created: 'text' | 'epoch'): Json {
    return {
      id: String(value.id),
      author: user(value.by),
      created: created === 'epoch' ? value.at : siteTime(value.at),
      items: value.items.map(historyItem),
    };
  }

  /** Whether a filter by field ids keeps this item: those that carry no id are left out, as on the real thing. */
  const hasFieldId = (item: HistoryItem, ids: ReadonlySet<string>) => ids.has(logged[item.field].fieldId ?? '');
  return { history, hasFieldId };
}

function typeId(name: string | null): string | null {
  return name === null ? null : (issueTypeIds[name as keyof typeof issueTypeIds] ?? null);
}
