import { buildSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';

/** The part of GitHub's public schema that Vigie asks about, field for field; an Enterprise Server lacks what is newest. */
export function schemaOf({ isOld }: { readonly isOld: boolean }): GraphQLSchema {
  return buildSchema(`${commonOf(isOld)}
  type Issue implements Node {
    id: ID!
    number: Int!
    title: String!
    state: IssueState!
    stateReason${isOld ? '' : '(enableDuplicate: Boolean = false)'}: IssueStateReason
    createdAt: DateTime!
    updatedAt: DateTime!
    closedAt: DateTime
    repository: Repository!
    assignees(after: String, first: Int): UserConnection!
    labels(after: String, first: Int): LabelConnection
    milestone: Milestone
    projectItems(after: String, first: Int): ProjectV2ItemConnection!
    timelineItems(after: String, first: Int, itemTypes: [IssueTimelineItemsItemType!]): IssueTimelineItemsConnection!
    ${isOld ? '' : newest}
  }
  union IssueTimelineItems = ${events
    .filter(({ isNew }) => !isOld || !isNew)
    .map(({ type }) => type)
    .join(' | ')}
  enum IssueTimelineItemsItemType { ${events
    .filter(({ isNew }) => !isOld || !isNew)
    .map(({ name }) => name)
    .join(' ')} }
  ${events
    .filter(({ isNew }) => !isOld || !isNew)
    .map(({ type, fields }) => `type ${type} implements Node { id: ID! createdAt: DateTime! actor: Actor ${fields} }`)
    .join('\n')}
`);
}

const newest = `
    issueType: IssueType
    parent: Issue
    blockedBy(after: String, first: Int): IssueConnection!
    blocking(after: String, first: Int): IssueConnection!`;

/** What `itemTypes` calls an event, and what its type is called. */
export const events: readonly { name: string; type: string; fields: string; isNew?: boolean }[] = [
  { name: 'CLOSED_EVENT', type: 'ClosedEvent', fields: 'stateReason: IssueStateReason' },
  { name: 'REOPENED_EVENT', type: 'ReopenedEvent', fields: 'stateReason: IssueStateReason' },
  { name: 'LABELED_EVENT', type: 'LabeledEvent', fields: 'label: Label!' },
  { name: 'UNLABELED_EVENT', type: 'UnlabeledEvent', fields: 'label: Label!' },
  { name: 'MILESTONED_EVENT', type: 'MilestonedEvent', fields: 'milestoneTitle: String!' },
  { name: 'DEMILESTONED_EVENT', type: 'DemilestonedEvent', fields: 'milestoneTitle: String!' },
  { name: 'ASSIGNED_EVENT', type: 'AssignedEvent', fields: 'assignee: Assignee' },
  { name: 'UNASSIGNED_EVENT', type: 'UnassignedEvent', fields: 'assignee: Assignee' },
  { name: 'RENAMED_TITLE_EVENT', type: 'RenamedTitleEvent', fields: 'previousTitle: String! currentTitle: String!' },
  {
    name: 'MARKED_AS_DUPLICATE_EVENT',
    type: 'MarkedAsDuplicateEvent',
    fields: 'canonical: IssueOrPullRequest duplicate: IssueOrPullRequest',
  },
  { name: 'ISSUE_TYPE_ADDED_EVENT', type: 'IssueTypeAddedEvent', fields: 'issueType: IssueType', isNew: true },
  {
    name: 'ISSUE_TYPE_CHANGED_EVENT',
    type: 'IssueTypeChangedEvent',
    fields: 'issueType: IssueType prevIssueType: IssueType',
    isNew: true,
  },
  { name: 'ISSUE_TYPE_REMOVED_EVENT', type: 'IssueTypeRemovedEvent', fields: 'issueType: IssueType', isNew: true },
  { name: 'PARENT_ISSUE_ADDED_EVENT', type: 'ParentIssueAddedEvent', fields: 'parent: Issue', isNew: true },
  { name: 'PARENT_ISSUE_REMOVED_EVENT', type: 'ParentIssueRemovedEvent', fields: 'parent: Issue', isNew: true },
  { name: 'BLOCKED_BY_ADDED_EVENT', type: 'BlockedByAddedEvent', fields: 'blockingIssue: Issue', isNew: true },
  { name: 'BLOCKED_BY_REMOVED_EVENT', type: 'BlockedByRemovedEvent', fields: 'blockingIssue: Issue', isNew: true },
  { name: 'BLOCKING_ADDED_EVENT', type: 'BlockingAddedEvent', fields: 'blockedIssue: Issue', isNew: true },
  { name: 'BLOCKING_REMOVED_EVENT', type: 'BlockingRemovedEvent', fields: 'blockedIssue: Issue', isNew: true },
  {
    name: 'PROJECT_V2_ITEM_STATUS_CHANGED_EVENT',
    type: 'ProjectV2ItemStatusChangedEvent',
    fields: 'previousStatus: String! status: String! project: ProjectV2 wasAutomated: Boolean!',
    isNew: true,
  },
  {
    name: 'REMOVED_FROM_PROJECT_V2_EVENT',
    type: 'RemovedFromProjectV2Event',
    fields: 'project: ProjectV2',
    isNew: true,
  },
];

const connections = [
  'User',
  'Label',
  'Issue',
  'PullRequest',
  'PullRequestCommit',
  'PullRequestReview',
  'Deployment',
  'DeploymentStatus',
  'Release',
  'ProjectV2Item',
  'ProjectV2ItemFieldValue',
  'ProjectV2FieldConfiguration',
  'IssueTimelineItems',
]
  .map((type) => `type ${type}Connection { nodes: [${type}] pageInfo: PageInfo! totalCount: Int! }`)
  .join('\n');

const commonOf = (isOld: boolean) => `
  scalar DateTime
  scalar Date
  scalar GitObjectID
  interface Node { id: ID! }
  interface Actor { login: String! }
  interface RepositoryOwner { login: String! }
  interface ProjectV2Owner { id: ID! projectV2(number: Int!): ProjectV2 }
  interface ProjectV2FieldCommon { name: String! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type User implements Node & Actor & RepositoryOwner & ProjectV2Owner { id: ID! login: String! projectV2(number: Int!): ProjectV2 }
  type Organization implements Node & Actor & RepositoryOwner & ProjectV2Owner { id: ID! login: String! projectV2(number: Int!): ProjectV2 }
  type Bot implements Node & Actor { id: ID! login: String! }
  type Mannequin implements Node & Actor { id: ID! login: String! }
  union Assignee = Bot | Mannequin | Organization | User
  union IssueOrPullRequest = Issue | PullRequest
  type Label { name: String! }
  type IssueType { name: String! }
  type Milestone { number: Int! title: String! }
  type Ref { name: String! prefix: String! }
  type Commit { oid: GitObjectID! authoredDate: DateTime! message: String! }
  enum IssueState { OPEN CLOSED }
  enum IssueStateReason { COMPLETED DUPLICATE NOT_PLANNED REOPENED }
  enum PullRequestState { OPEN CLOSED MERGED }
  enum OrderDirection { ASC DESC }
  enum IssueOrderField { CREATED_AT UPDATED_AT COMMENTS }
  input IssueOrder { field: IssueOrderField! direction: OrderDirection! }
  input IssueFilters { since: DateTime }
  enum DeploymentOrderField { CREATED_AT }
  input DeploymentOrder { field: DeploymentOrderField! direction: OrderDirection! }
  enum ReleaseOrderField { CREATED_AT NAME }
  input ReleaseOrder { field: ReleaseOrderField! direction: OrderDirection! }
  enum DeploymentStatusState { ERROR FAILURE INACTIVE IN_PROGRESS PENDING QUEUED SUCCESS WAITING }
  type PullRequestCommit { commit: Commit! }
  type PullRequestReview { author: Actor submittedAt: DateTime }
  type PullRequest implements Node {
    id: ID! number: Int! title: String! body: String! state: PullRequestState!
    createdAt: DateTime! updatedAt: DateTime! mergedAt: DateTime closedAt: DateTime
    headRefName: String! author: Actor mergeCommit: Commit
    labels(after: String, first: Int): LabelConnection
    closingIssuesReferences(after: String, first: Int): IssueConnection
    reviews(after: String, first: Int): PullRequestReviewConnection
    commits(after: String, first: Int): PullRequestCommitConnection!
  }
  type DeploymentStatus { state: DeploymentStatusState! createdAt: DateTime! }
  type Deployment implements Node {
    id: ID! createdAt: DateTime! commitOid: String! environment: String task: String description: String ref: Ref
    statuses(after: String, first: Int): DeploymentStatusConnection
  }
  type Release implements Node {
    id: ID! tagName: String! isDraft: Boolean! isPrerelease: Boolean! createdAt: DateTime! publishedAt: DateTime tagCommit: Commit
  }
  type ProjectV2 implements Node {
    id: ID! title: String! number: Int!
    fields(after: String, first: Int): ProjectV2FieldConfigurationConnection!
    items(after: String, first: Int${isOld ? '' : ', query: String'}): ProjectV2ItemConnection!
  }
  type ProjectV2Field implements ProjectV2FieldCommon { name: String! }
  type ProjectV2SingleSelectFieldOption { name: String! }
  type ProjectV2SingleSelectField implements ProjectV2FieldCommon { name: String! options: [ProjectV2SingleSelectFieldOption!]! }
  type ProjectV2IterationFieldIteration { id: String! title: String! startDate: Date! duration: Int! }
  type ProjectV2IterationFieldConfiguration {
    iterations: [ProjectV2IterationFieldIteration!]! completedIterations: [ProjectV2IterationFieldIteration!]!
  }
  type ProjectV2IterationField implements ProjectV2FieldCommon { name: String! configuration: ProjectV2IterationFieldConfiguration! }
  union ProjectV2FieldConfiguration = ProjectV2Field | ProjectV2IterationField | ProjectV2SingleSelectField
  type DraftIssue { id: ID! }
  union ProjectV2ItemContent = DraftIssue | Issue | PullRequest
  type ProjectV2ItemFieldSingleSelectValue { name: String updatedAt: DateTime! field: ProjectV2FieldConfiguration! }
  type ProjectV2ItemFieldIterationValue { iterationId: String! title: String! updatedAt: DateTime! field: ProjectV2FieldConfiguration! }
  type ProjectV2ItemFieldNumberValue { number: Float updatedAt: DateTime! field: ProjectV2FieldConfiguration! }
  type ProjectV2ItemFieldDateValue { date: Date updatedAt: DateTime! field: ProjectV2FieldConfiguration! }
  union ProjectV2ItemFieldValue = ProjectV2ItemFieldDateValue | ProjectV2ItemFieldIterationValue | ProjectV2ItemFieldNumberValue | ProjectV2ItemFieldSingleSelectValue
  type ProjectV2Item implements Node {
    id: ID! updatedAt: DateTime! project: ProjectV2! content: ProjectV2ItemContent
    fieldValues(after: String, first: Int): ProjectV2ItemFieldValueConnection!
  }
  type Repository implements Node {
    id: ID! databaseId: Int nameWithOwner: String!
    issues(after: String, first: Int, filterBy: IssueFilters, orderBy: IssueOrder): IssueConnection!
    pullRequests(after: String, first: Int, orderBy: IssueOrder): PullRequestConnection!
    deployments(after: String, first: Int, environments: [String!], orderBy: DeploymentOrder): DeploymentConnection!
    releases(after: String, first: Int, orderBy: ReleaseOrder): ReleaseConnection!
  }
  type Query {
    repository(owner: String!, name: String!): Repository
    repositoryOwner(login: String!): RepositoryOwner
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
  }
  ${connections}
`;
