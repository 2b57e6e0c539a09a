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

/**
 * When the cards of a board were last changed. GitHub cannot be asked for those that were; but a closed issue is closed
 * wherever its card stands, so that only open ones are looked at, which an older GitHub cannot tell apart.
 */
export function boardItemsQuery({ isOld }: { readonly isOld: boolean }): string {
  return `query BoardItems($id: ID!, $after: String) {
  node(id: $id) {
    ... on ProjectV2 {
      items(first: 100, after: $after${isOld ? '' : ', query: "is:issue is:open"'}) {
        pageInfo { hasNextPage endCursor }
        nodes { updatedAt content { __typename ... on Issue { id } } }
      }
    }
  }
}`;
}

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
