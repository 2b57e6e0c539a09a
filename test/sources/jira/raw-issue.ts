import { findFields } from '../../../src/sources/jira/fields.ts';
import type { JiraField } from '../../../src/sources/jira/schema.ts';

const custom = (id: string, name: string, type: string, plugin: string): JiraField => ({
  id,
  name,
  schema: { type, custom: plugin },
});
const types = 'com.atlassian.jira.plugin.system.customfieldtypes';

/** A field list as a Cloud site has it: a company-managed and a team-managed field for story points. */
export const fieldList: readonly JiraField[] = [
  { id: 'summary', name: 'Summary', schema: { type: 'string', system: 'summary' } },
  { id: 'duedate', name: 'Due date', schema: { type: 'date', system: 'duedate' } },
  custom('customfield_10020', 'Sprint', 'array', 'com.pyxis.greenhopper.jira:gh-sprint'),
  custom('customfield_10016', 'Story point estimate', 'number', 'com.pyxis.greenhopper.jira:jsw-story-points'),
  custom('customfield_10026', 'Story Points', 'number', `${types}:float`),
  custom('customfield_10014', 'Epic Link', 'any', 'com.pyxis.greenhopper.jira:gh-epic-link'),
  custom('customfield_10021', 'Flagged', 'array', `${types}:multicheckboxes`),
  custom('customfield_10015', 'Start date', 'date', `${types}:datepicker`),
  custom('customfield_10099', 'Sprint wishes', 'string', `${types}:textfield`),
];
export const fields = findFields(fieldList);

/** An issue of Cloud with everything in order; `over` replaces fields, undefined takes one away. */
export function rawIssue(over: Readonly<Record<string, unknown>> = {}, top: Readonly<Record<string, unknown>> = {}) {
  const values = {
    summary: 'Pay by card',
    issuetype: { id: '10001', name: 'Story', subtask: false, hierarchyLevel: 0 },
    project: { id: '10000', key: 'APO', name: 'Apollo' },
    created: '2026-01-05T10:00:00.000+0100',
    updated: '2026-11-20T09:30:00.000+0100',
    status: { id: '3', name: 'In Progress', statusCategory: { id: 4, key: 'indeterminate' } },
    resolution: null,
    resolutiondate: null,
    assignee: { accountId: '5b10', displayName: 'Someone', emailAddress: null },
    fixVersions: [{ id: '20001', name: '1.4' }],
    versions: [],
    duedate: '2026-12-12',
    labels: ['payments'],
    components: [{ id: '1', name: 'Checkout' }],
    priority: { id: '2', name: 'High' },
    issuelinks: [],
    ...over,
  };
  const kept = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  return { id: '10214', key: 'APO-214', fields: kept, ...top };
}
