export type Mode = 'cloud' | 'data-center';
export type Json = Readonly<Record<string, unknown>>;

/** Ids of custom fields: they differ from site to site, hence between the two modes. */
export const customFields = {
  cloud: {
    sprint: 'customfield_10020',
    points: 'customfield_10016',
    flagged: 'customfield_10021',
    startDate: 'customfield_10015',
    epicLink: 'customfield_10014',
  },
  'data-center': {
    sprint: 'customfield_10104',
    points: 'customfield_10106',
    flagged: 'customfield_10105',
    startDate: 'customfield_10110',
    epicLink: 'customfield_10100',
  },
} as const;

/** What `/field` answers: Jira's own fields, and the custom ones with their plugin's name. */
export function fieldList(mode: Mode): Json[] {
  const ids = customFields[mode];
  const system = (id: string, name: string, type: string, items?: string): Json => ({
    id,
    ...(mode === 'cloud' ? { key: id } : {}),
    name,
    custom: false,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [id],
    schema: { type, ...(items ? { items } : {}), system: id },
  });
  const custom = (id: string, name: string, plugin: string, type: string, items?: string): Json => ({
    id,
    ...(mode === 'cloud' ? { key: id } : {}),
    name,
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [`cf[${id.slice(12)}]`, name],
    schema: { type, ...(items ? { items } : {}), custom: plugin, customId: Number(id.slice(12)) },
  });
  const fieldTypes = 'com.atlassian.jira.plugin.system.customfieldtypes';
  return [
    system('summary', 'Summary', 'string'),
    system('issuetype', 'Issue Type', 'issuetype'),
    system('project', 'Project', 'project'),
    system('status', 'Status', 'status'),
    system('resolution', 'Resolution', 'resolution'),
    system('resolutiondate', 'Resolved', 'datetime'),
    system('created', 'Created', 'datetime'),
    system('updated', 'Updated', 'datetime'),
    system('assignee', 'Assignee', 'user'),
    system('reporter', 'Reporter', 'user'),
    system('creator', 'Creator', 'user'),
    system('priority', 'Priority', 'priority'),
    system('labels', 'Labels', 'array', 'string'),
    system('components', 'Components', 'array', 'component'),
    system('fixVersions', 'Fix versions', 'array', 'version'),
    system('versions', 'Affects versions', 'array', 'version'),
    system('duedate', 'Due date', 'date'),
    system('timeoriginalestimate', 'Original estimate', 'number'),
    system('timeestimate', 'Remaining Estimate', 'number'),
    system('timespent', 'Time Spent', 'number'),
    system('issuelinks', 'Linked Issues', 'array', 'issuelinks'),
    system('description', 'Description', 'string'),
    {
      id: 'parent',
      ...(mode === 'cloud' ? { key: 'parent' } : {}),
      name: 'Parent',
      custom: false,
      orderable: false,
      navigable: true,
      searchable: false,
      clauseNames: ['parent'],
    },
    custom(ids.sprint, 'Sprint', 'com.pyxis.greenhopper.jira:gh-sprint', 'array', mode === 'cloud' ? 'json' : 'string'),
    custom(ids.points, 'Story Points', `${fieldTypes}:float`, 'number'),
    custom(ids.flagged, 'Flagged', `${fieldTypes}:multicheckboxes`, 'array', 'option'),
    custom(ids.startDate, 'Start date', `${fieldTypes}:datepicker`, 'date'),
    custom(ids.epicLink, 'Epic Link', 'com.pyxis.greenhopper.jira:gh-epic-link', 'any'),
    custom('customfield_10300', 'Sprint wishes', `${fieldTypes}:textfield`, 'string'),
  ];
}
