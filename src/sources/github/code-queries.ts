/** Pull requests from the newest change down, with their commits and reviews. */
export const pullRequestsQuery = `query PullRequests($owner: String!, $repo: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequests(first: $first, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id number title body state createdAt updatedAt mergedAt closedAt headRefName
        author { __typename login }
        labels(first: 50) { nodes { name } }
        mergeCommit { oid }
        closingIssuesReferences(first: 20) { nodes { number repository { nameWithOwner } } }
        reviews(first: 100) { nodes { author { __typename login } submittedAt } }
        commits(first: 100) { ...Commits }
      }
    }
  }
}
fragment Commits on PullRequestCommitConnection {
  pageInfo { hasNextPage endCursor }
  nodes { commit { oid authoredDate message } }
}`;

/** What came after the first hundred commits of a pull request. */
export const pullRequestCommitsQuery = `query Commits($id: ID!, $after: String) {
  node(id: $id) { ... on PullRequest { commits(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { commit { oid authoredDate message } }
  } } }
}`;

const deployment = `fragment Told on Deployment {
  id createdAt commitOid environment task description
  ref { name prefix }
  statuses(first: 50) { nodes { state createdAt } }
}`;

/** Deployments to some environments by time of birth, in either direction. */
export const deploymentsQuery = `query Deployments($owner: String!, $repo: String!, $first: Int!, $after: String, $environments: [String!], $direction: OrderDirection!) {
  repository(owner: $owner, name: $repo) {
    deployments(first: $first, after: $after, environments: $environments, orderBy: { field: CREATED_AT, direction: $direction }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { ...Told }
    }
  }
}
${deployment}`;

export const deploymentsByIdQuery = `query DeploymentsById($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Deployment { ...Told } }
}
${deployment}`;

/** Releases from the newest down; a draft is born before it is published. */
export const releasesQuery = `query Releases($owner: String!, $repo: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    releases(first: $first, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id tagName isDraft isPrerelease createdAt publishedAt tagCommit { oid } }
    }
  }
}`;
