/**
 * What is asked of Linear, where the SDK's own documents would ask for more: they give labels, relations and history of
 * an issue by one request each, of 2,500 to 5,000 an hour, and every field, of which each costs a part of the points of
 * the hour. A page of 40 issues with twelve entries of history costs about 8,700 of the 10,000 points a query may cost.
 */
export const issuesPerPage = 40;

const issueFields = /* GraphQL */ `
  id
  identifier
  title
  createdAt
  updatedAt
  completedAt
  canceledAt
  trashed
  dueDate
  estimate
  priority
  previousIdentifiers
  state { id name type }
  team { id key }
  assignee { id }
  cycle { id }
  project { id }
  projectMilestone { id }
  parent { identifier }
`;

const historyFields = /* GraphQL */ `
  nodes {
    id
    createdAt
    actorId
    fromStateId
    toStateId
    fromAssigneeId
    toAssigneeId
    fromCycleId
    toCycleId
    fromProjectId
    toProjectId
    fromTeamId
    toTeamId
    fromEstimate
    toEstimate
    fromPriority
    toPriority
    fromDueDate
    toDueDate
    fromTitle
    toTitle
    fromParent { identifier }
    toParent { identifier }
    fromProjectMilestone { id name }
    toProjectMilestone { id name }
  }
  pageInfo { hasNextPage endCursor }
`;

const beside = (first: number) => /* GraphQL */ `
  labels(first: ${first}) { nodes { name parent { name } } pageInfo { hasNextPage } }
  relations(first: ${first}) {
    nodes { type relatedIssue { identifier } }
    pageInfo { hasNextPage }
  }
  inverseRelations(first: ${first}) {
    nodes { type issue { identifier } }
    pageInfo { hasNextPage }
  }
`;

export const issuesDocument = /* GraphQL */ `
  query VigieIssues($filter: IssueFilter, $first: Int, $after: String) {
    issues(filter: $filter, first: $first, after: $after, includeArchived: true, orderBy: createdAt) {
      nodes {
        ${issueFields}
        ${beside(10)}
        history(first: 12) { ${historyFields} }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

/** What did not fit into a page: labels and relations of one issue, as many as Linear gives at once. */
export const besideDocument = /* GraphQL */ `
  query VigieBeside($id: String!) {
    issue(id: $id) { ${beside(250)} }
  }
`;

export const historyDocument = /* GraphQL */ `
  query VigieHistory($id: String!, $after: String) {
    issue(id: $id) {
      history(first: 100, after: $after) { ${historyFields} }
    }
  }
`;

export const censusDocument = /* GraphQL */ `
  query VigieCensus($filter: IssueFilter, $after: String) {
    issues(filter: $filter, first: 250, after: $after, includeArchived: true, orderBy: createdAt) {
      nodes {
        id
        trashed
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const viewerDocument = /* GraphQL */ `
  query VigieViewer {
    viewer {
      id
      name
    }
    organization {
      name
      urlKey
    }
  }
`;

export const teamsDocument = /* GraphQL */ `
  query VigieTeams($after: String) {
    teams(first: 250, after: $after, includeArchived: true) {
      nodes {
        id
        key
        name
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const projectsDocument = /* GraphQL */ `
  query VigieProjects($filter: ProjectFilter, $after: String) {
    projects(filter: $filter, first: 50, after: $after, includeArchived: true) {
      nodes {
        id
        name
        slugId
        startDate
        targetDate
        completedAt
        canceledAt
        archivedAt
        trashed
        teams(first: 50) {
          nodes {
            id
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const milestonesDocument = /* GraphQL */ `
  query VigieMilestones($filter: ProjectMilestoneFilter, $after: String) {
    projectMilestones(filter: $filter, first: 250, after: $after, includeArchived: true) {
      nodes {
        id
        name
        targetDate
        status
        archivedAt
        project {
          id
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;
