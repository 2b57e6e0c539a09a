/** What of issues is asked for: the more, the dearer, and not every GitHub knows everything. */
export interface IssueParts {
  /** Where labels are statuses, their history is asked for. */
  readonly hasStatusLabels: boolean;
  readonly hasBoard: boolean;
  /** An Enterprise Server may know neither types, parents and blockers of issues nor the history of boards. */
  readonly isOld: boolean;
}

/** Issues of a repository from the newest change down, with all that is told of them. */
export function issuesQuery(parts: IssueParts): string {
  return `query Issues($owner: String!, $repo: String!, $first: Int!, $after: String, $since: DateTime) {
  repository(owner: $owner, name: $repo) {
    issues(first: $first, after: $after, filterBy: { since: $since }, orderBy: { field: UPDATED_AT, direction: DESC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { ...Told }
    }
  }
}
${fragments(parts)}`;
}

/** The same of issues by their ids. */
export function issuesByIdQuery(parts: IssueParts): string {
  return `query IssuesById($ids: [ID!]!) {
  nodes(ids: $ids) { __typename ... on Issue { repository { databaseId } ...Told } }
}
${fragments(parts)}`;
}

/** What came after the first hundred events of an issue. */
export function eventsQuery(parts: IssueParts): string {
  return `query Events($id: ID!, $after: String) {
  node(id: $id) { ... on Issue { timelineItems(first: 100, after: $after, itemTypes: [${eventTypes(parts).join(' ')}]) { ...Events } } }
}
${eventFragment(parts)}`;
}

function fragments(parts: IssueParts): string {
  const own = parts.isOld
    ? ''
    : `
  issueType { name }
  parent { number repository { nameWithOwner } }
  blockedBy(first: 50) { nodes { number repository { nameWithOwner } } }
  blocking(first: 50) { nodes { number repository { nameWithOwner } } }`;
  return `fragment Told on Issue {
  id number title state ${parts.isOld ? 'stateReason' : 'stateReason(enableDuplicate: true)'} createdAt updatedAt closedAt
  assignees(first: 10) { nodes { login } }
  labels(first: 50) { nodes { name } }
  milestone { number title }${own}${parts.hasBoard ? board : ''}
  timelineItems(first: 100, itemTypes: [${eventTypes(parts).join(' ')}]) { ...Events }
}
${eventFragment(parts)}`;
}

const board = `
  projectItems(first: 10) {
    nodes {
      updatedAt
      project { id }
      fieldValues(first: 50) {
        nodes {
          ... on ProjectV2ItemFieldSingleSelectValue { name updatedAt field { ... on ProjectV2FieldCommon { name } } }
          ... on ProjectV2ItemFieldIterationValue { iterationId title updatedAt field { ... on ProjectV2FieldCommon { name } } }
          ... on ProjectV2ItemFieldNumberValue { number updatedAt field { ... on ProjectV2FieldCommon { name } } }
          ... on ProjectV2ItemFieldDateValue { date updatedAt field { ... on ProjectV2FieldCommon { name } } }
        }
      }
    }
  }`;

interface EventType {
  readonly type: string;
  readonly on: string;
  readonly fields: string;
}

const always: readonly EventType[] = [
  { type: 'CLOSED_EVENT', on: 'ClosedEvent', fields: 'stateReason' },
  { type: 'REOPENED_EVENT', on: 'ReopenedEvent', fields: '' },
  { type: 'MILESTONED_EVENT', on: 'MilestonedEvent', fields: 'milestoneTitle' },
  { type: 'DEMILESTONED_EVENT', on: 'DemilestonedEvent', fields: 'milestoneTitle' },
  { type: 'ASSIGNED_EVENT', on: 'AssignedEvent', fields: 'assignee { ... on Actor { login } }' },
  { type: 'UNASSIGNED_EVENT', on: 'UnassignedEvent', fields: 'assignee { ... on Actor { login } }' },
  { type: 'RENAMED_TITLE_EVENT', on: 'RenamedTitleEvent', fields: 'previousTitle currentTitle' },
  {
    type: 'MARKED_AS_DUPLICATE_EVENT',
    on: 'MarkedAsDuplicateEvent',
    fields: 'canonical { ... on Issue { number repository { nameWithOwner } } }',
  },
];

const labels: readonly EventType[] = [
  { type: 'LABELED_EVENT', on: 'LabeledEvent', fields: 'label { name }' },
  { type: 'UNLABELED_EVENT', on: 'UnlabeledEvent', fields: 'label { name }' },
];

const other = 'number repository { nameWithOwner }';
const recent: readonly EventType[] = [
  { type: 'ISSUE_TYPE_ADDED_EVENT', on: 'IssueTypeAddedEvent', fields: 'issueType { name }' },
  {
    type: 'ISSUE_TYPE_CHANGED_EVENT',
    on: 'IssueTypeChangedEvent',
    fields: 'prevIssueType { name } issueType { name }',
  },
  { type: 'ISSUE_TYPE_REMOVED_EVENT', on: 'IssueTypeRemovedEvent', fields: 'issueType { name }' },
  { type: 'PARENT_ISSUE_ADDED_EVENT', on: 'ParentIssueAddedEvent', fields: `parent { ${other} }` },
  { type: 'PARENT_ISSUE_REMOVED_EVENT', on: 'ParentIssueRemovedEvent', fields: `parent { ${other} }` },
  { type: 'BLOCKED_BY_ADDED_EVENT', on: 'BlockedByAddedEvent', fields: `blockingIssue { ${other} }` },
  { type: 'BLOCKED_BY_REMOVED_EVENT', on: 'BlockedByRemovedEvent', fields: `blockingIssue { ${other} }` },
  { type: 'BLOCKING_ADDED_EVENT', on: 'BlockingAddedEvent', fields: `blockedIssue { ${other} }` },
  { type: 'BLOCKING_REMOVED_EVENT', on: 'BlockingRemovedEvent', fields: `blockedIssue { ${other} }` },
];

const onBoard: readonly EventType[] = [
  {
    type: 'PROJECT_V2_ITEM_STATUS_CHANGED_EVENT',
    on: 'ProjectV2ItemStatusChangedEvent',
    fields: 'previousStatus status project { id }',
  },
  { type: 'REMOVED_FROM_PROJECT_V2_EVENT', on: 'RemovedFromProjectV2Event', fields: 'project { id }' },
];

function eventsOf({ hasStatusLabels, hasBoard, isOld }: IssueParts): readonly EventType[] {
  return [
    ...always,
    ...(hasStatusLabels ? labels : []),
    ...(isOld ? [] : recent),
    ...(hasBoard && !isOld ? onBoard : []),
  ];
}

const eventTypes = (parts: IssueParts) => eventsOf(parts).map(({ type }) => type);

function eventFragment(parts: IssueParts): string {
  const told = eventsOf(parts).map(({ on, fields }) => `    ... on ${on} { id createdAt actor { login } ${fields} }`);
  return `fragment Events on IssueTimelineItemsConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    __typename
${told.join('\n')}
  }
}`;
}
