/** A board, by its owner and the number in its address, with its fields. */
export const boardQuery = `query Board($login: String!, $number: Int!) {
  repositoryOwner(login: $login) {
    ... on ProjectV2Owner {
      projectV2(number: $number) {
        id title number
        fields(first: 100) {
          nodes {
            ... on ProjectV2FieldCommon { name }
            ... on ProjectV2SingleSelectField { options { name } }
            ... on ProjectV2IterationField {
              configuration {
                iterations { id title startDate duration }
                completedIterations { id title startDate duration }
              }
            }
          }
        }
      }
    }
  }
}`;

/** When the items of a board were last changed; GitHub can be asked for no less than all of them. */
export const boardItemsQuery = `query BoardItems($id: ID!, $after: String) {
  node(id: $id) {
    ... on ProjectV2 {
      items(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { updatedAt content { __typename ... on Issue { id } } }
      }
    }
  }
}`;

/** Numbers of the issues of a repository, in order of birth. */
export const issueNumbersQuery = `query IssueNumbers($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    issues(first: 100, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { number }
    }
  }
}`;
