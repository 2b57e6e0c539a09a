import { buildSchema } from 'graphql';

/** The part of Linear's published schema that Vigie asks about, field for field. */
export const schema = buildSchema(/* GraphQL */ `
  scalar DateTime
  scalar DateTimeOrDuration
  scalar TimelessDate
  scalar JSONObject

  enum PaginationOrderBy {
    createdAt
    updatedAt
  }

  type Query {
    viewer: User!
    organization: Organization!
    teams(after: String, first: Int, includeArchived: Boolean, filter: TeamFilter): TeamConnection!
    workflowStates(
      after: String
      before: String
      filter: WorkflowStateFilter
      first: Int
      includeArchived: Boolean
      last: Int
      orderBy: PaginationOrderBy
    ): WorkflowStateConnection!
    cycles(
      after: String
      before: String
      filter: CycleFilter
      first: Int
      includeArchived: Boolean
      last: Int
      orderBy: PaginationOrderBy
    ): CycleConnection!
    projects(after: String, filter: ProjectFilter, first: Int, includeArchived: Boolean): ProjectConnection!
    projectMilestones(
      after: String
      filter: ProjectMilestoneFilter
      first: Int
      includeArchived: Boolean
    ): ProjectMilestoneConnection!
    issues(
      after: String
      filter: IssueFilter
      first: Int
      includeArchived: Boolean
      orderBy: PaginationOrderBy
    ): IssueConnection!
    issue(id: String!): Issue!
  }

  input IdComparator {
    eq: ID
    in: [ID!]
  }
  input EntityIdentifierIdComparator {
    eq: ID
    in: [ID!]
  }
  input StringComparator {
    eq: String
    eqIgnoreCase: String
  }
  input DateComparator {
    gte: DateTimeOrDuration
    lte: DateTimeOrDuration
  }
  input TeamFilter {
    id: IdComparator
    key: StringComparator
  }
  input TeamCollectionFilter {
    some: TeamFilter
  }
  input WorkflowStateFilter {
    team: TeamFilter
  }
  input CycleFilter {
    team: TeamFilter
  }
  input ProjectFilter {
    id: EntityIdentifierIdComparator
    slugId: StringComparator
    name: StringComparator
    accessibleTeams: TeamCollectionFilter
  }
  input NullableProjectFilter {
    id: EntityIdentifierIdComparator
  }
  input ProjectMilestoneFilter {
    project: NullableProjectFilter
  }
  input IssueFilter {
    team: TeamFilter
    project: NullableProjectFilter
    updatedAt: DateComparator
  }

  type PageInfo {
    startCursor: String
    endCursor: String
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
  }
  type User {
    id: ID!
    name: String!
  }
  type Organization {
    name: String!
    urlKey: String!
  }
  type Team {
    id: ID!
    key: String!
    name: String!
  }
  type TeamConnection {
    nodes: [Team!]!
    pageInfo: PageInfo!
  }
  type WorkflowState {
    id: ID!
    name: String!
    description: String
    type: String!
    color: String!
    position: Float!
    team: Team!
    inheritedFrom: WorkflowState
    createdAt: DateTime!
    updatedAt: DateTime!
    archivedAt: DateTime
  }
  type WorkflowStateConnection {
    nodes: [WorkflowState!]!
    pageInfo: PageInfo!
  }
  type Cycle {
    id: ID!
    number: Float!
    name: String
    description: String
    startsAt: DateTime!
    endsAt: DateTime!
    completedAt: DateTime
    isActive: Boolean!
    isFuture: Boolean!
    isPast: Boolean!
    isNext: Boolean!
    isPrevious: Boolean!
    team: Team!
    inheritedFrom: Cycle
    progress: Float!
    scopeHistory: [Float!]!
    issueCountHistory: [Float!]!
    completedScopeHistory: [Float!]!
    completedIssueCountHistory: [Float!]!
    inProgressScopeHistory: [Float!]!
    createdAt: DateTime!
    updatedAt: DateTime!
    archivedAt: DateTime
    autoArchivedAt: DateTime
  }
  type CycleConnection {
    nodes: [Cycle!]!
    pageInfo: PageInfo!
  }
  type Project {
    id: ID!
    name: String!
    slugId: String!
    startDate: TimelessDate
    targetDate: TimelessDate
    completedAt: DateTime
    canceledAt: DateTime
    archivedAt: DateTime
    trashed: Boolean
    teams(first: Int): TeamConnection!
  }
  type ProjectConnection {
    nodes: [Project!]!
    pageInfo: PageInfo!
  }
  enum ProjectMilestoneStatus {
    done
    next
    overdue
    unstarted
  }
  type ProjectMilestone {
    id: ID!
    name: String!
    targetDate: TimelessDate
    status: ProjectMilestoneStatus!
    archivedAt: DateTime
    project: Project!
  }
  type ProjectMilestoneConnection {
    nodes: [ProjectMilestone!]!
    pageInfo: PageInfo!
  }
  type IssueLabel {
    id: ID!
    name: String!
    parent: IssueLabel
  }
  type IssueLabelConnection {
    nodes: [IssueLabel!]!
    pageInfo: PageInfo!
  }
  type IssueRelation {
    id: ID!
    type: String!
    createdAt: DateTime!
    issue: Issue!
    relatedIssue: Issue!
  }
  type IssueRelationConnection {
    nodes: [IssueRelation!]!
    pageInfo: PageInfo!
  }
  type Issue {
    id: ID!
    identifier: String!
    title: String!
    createdAt: DateTime!
    updatedAt: DateTime!
    completedAt: DateTime
    canceledAt: DateTime
    archivedAt: DateTime
    trashed: Boolean
    dueDate: TimelessDate
    estimate: Float
    priority: Float!
    previousIdentifiers: [String!]!
    state: WorkflowState!
    team: Team!
    assignee: User
    cycle: Cycle
    project: Project
    projectMilestone: ProjectMilestone
    parent: Issue
    labels(first: Int, after: String): IssueLabelConnection!
    relations(first: Int, after: String): IssueRelationConnection!
    inverseRelations(first: Int, after: String): IssueRelationConnection!
    history(first: Int, after: String): IssueHistoryConnection!
  }
  type IssueConnection {
    nodes: [Issue!]!
    pageInfo: PageInfo!
  }
  type IssueHistory {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    actorId: String
    fromStateId: String
    toStateId: String
    fromAssigneeId: String
    toAssigneeId: String
    fromCycleId: String
    toCycleId: String
    fromProjectId: String
    toProjectId: String
    fromTeamId: String
    toTeamId: String
    fromEstimate: Float
    toEstimate: Float
    fromPriority: Float
    toPriority: Float
    fromDueDate: TimelessDate
    toDueDate: TimelessDate
    fromTitle: String
    toTitle: String
    fromParent: Issue
    toParent: Issue
    fromProjectMilestone: ProjectMilestone
    toProjectMilestone: ProjectMilestone
  }
  type IssueHistoryConnection {
    nodes: [IssueHistory!]!
    pageInfo: PageInfo!
  }
`);
