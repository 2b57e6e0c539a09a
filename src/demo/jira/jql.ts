import type { Site, SiteIssue } from '../portfolio/site.ts';
import { fromSiteTime } from '../portfolio/site-zone.ts';

/** How one search stands: which issues, in which order. */
export interface Query {
  /** `updatedAt` is handed in because the search index may lag behind the issue. */
  matches(issue: SiteIssue, updatedAt: number): boolean;
  readonly order: readonly { readonly by: 'id' | 'created' | 'updated'; readonly isDescending: boolean }[];
  readonly isBounded: boolean;
}

/** What Jira answers 400 with. */
export class JqlError extends Error {
  override readonly name = 'JqlError';
}

type Test = (issue: SiteIssue, updatedAt: number) => boolean;
const token = /\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|!=|>=|<=|[=<>(),]|[\w.*-]+)/y;

/** The part of JQL that a pull needs: project, key, id, created, updated; AND, brackets, IN; ORDER BY. Else JqlError. */
export function parseJql(site: Site, jql: string): Query {
  const words = tokenize(jql);
  let index = 0;
  let restrictions = 0;
  const peek = () => words[index]?.toLowerCase() ?? '';
  const take = () => {
    const word = words[index++];
    if (word === undefined) throw new JqlError(`Error in the JQL Query: the query ended where a word was expected.`);
    return word;
  };
  const expect = (word: string) => {
    const found = take();
    if (found.toLowerCase() !== word)
      throw new JqlError(`Error in the JQL Query: Expecting '${word}' but got '${found}'.`);
  };

  function conjunction(): Test {
    const tests = [clause()];
    while (peek() === 'and') {
      index++;
      tests.push(clause());
    }
    return (issue, updatedAt) => tests.every((test) => test(issue, updatedAt));
  }

  function clause(): Test {
    if (peek() === '(') {
      index++;
      const inner = conjunction();
      expect(')');
      return inner;
    }
    const field = take().toLowerCase();
    let operator = take().toLowerCase();
    if (operator === 'not') {
      expect('in');
      operator = 'not in';
    }
    restrictions++;
    const values = operator.endsWith('in') ? list() : [take()];
    return compare(site, field, operator, values);
  }

  function list(): string[] {
    expect('(');
    const values = [take()];
    while (peek() === ',') {
      index++;
      values.push(take());
    }
    expect(')');
    return values;
  }

  const test: Test = words.length === 0 || peek() === 'order' ? () => true : conjunction();
  const order = peek() === 'order' ? readOrder(words.slice(index)) : [{ by: 'created' as const, isDescending: true }];
  if (peek() !== 'order' && index < words.length) {
    throw new JqlError(`Error in the JQL Query: Expecting either 'OR' or 'AND' but got '${words[index]}'.`);
  }
  return { matches: test, order, isBounded: restrictions > 0 };
}

function tokenize(jql: string): string[] {
  const words: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < jql.trimEnd().length) {
    const at = token.lastIndex;
    const match = token.exec(jql);
    if (!match) throw new JqlError(`Error in the JQL Query: The character '${jql[at]}' is a reserved JQL character.`);
    words.push(match[1]!);
  }
  return words;
}

function readOrder(words: readonly string[]): Query['order'] {
  if (words[1]?.toLowerCase() !== 'by') throw new JqlError("Error in the JQL Query: Expecting 'BY' after 'ORDER'.");
  const parts = words
    .slice(2)
    .join(' ')
    .split(/\s*,\s*/);
  if (parts.length > 7) throw new JqlError('Too many fields in ORDER BY: at most 7.');
  return parts.map((part) => {
    const [field = '', direction = 'asc', ...rest] = part.toLowerCase().split(' ');
    const by = { id: 'id', key: 'id', issuekey: 'id', created: 'created', updated: 'updated' }[field];
    if (!by || rest.length > 0 || !['asc', 'desc'].includes(direction)) {
      throw new JqlError(`Not able to sort using field '${field}'.`);
    }
    return { by: by as 'id' | 'created' | 'updated', isDescending: direction === 'desc' };
  });
}

function unquote(word: string): string {
  return /^["']/.test(word) ? word.slice(1, -1).replaceAll(/\\(.)/g, '$1') : word;
}

function compare(site: Site, field: string, operator: string, words: readonly string[]): Test {
  switch (field) {
    case 'project': {
      const keys = words.map((word) => projectKey(site, unquote(word)));
      const isIn = set(operator, field);
      return (issue) => keys.includes(issue.projectKey) === isIn;
    }
    case 'updated':
    case 'created': {
      const limit = instant(words[0]!, field);
      const test = comparison(operator, field);
      return field === 'updated' ? (_, updatedAt) => test(updatedAt, limit) : (issue) => test(issue.createdAt, limit);
    }
    case 'id':
    case 'key':
    case 'issue':
    case 'issuekey': {
      const ids = words.map((word) => issueId(site, unquote(word), field));
      if (/^[<>]/.test(operator)) {
        const test = comparison(operator, field);
        return (issue) => test(issue.id, ids[0]!);
      }
      const isIn = set(operator, field);
      const wanted = new Set(ids);
      return (issue) => wanted.has(issue.id) === isIn;
    }
    default:
      throw new JqlError(`Field '${field}' does not exist or you do not have permission to view it.`);
  }
}

function set(operator: string, field: string): boolean {
  if (operator === '=' || operator === 'in') return true;
  if (operator === '!=' || operator === 'not in') return false;
  throw new JqlError(`The operator '${operator}' is not supported by the '${field}' field.`);
}

function comparison(operator: string, field: string): (left: number, right: number) => boolean {
  switch (operator) {
    case '>=':
      return (left, right) => left >= right;
    case '>':
      return (left, right) => left > right;
    case '<=':
      return (left, right) => left <= right;
    case '<':
      return (left, right) => left < right;
    default:
      throw new JqlError(`The operator '${operator}' is not supported by the '${field}' field.`);
  }
}

function projectKey(site: Site, value: string): string {
  const found = [...site.projects.values()].find(
    (project) =>
      [project.key, project.id].includes(value.toUpperCase()) || project.name.toLowerCase() === value.toLowerCase(),
  );
  if (!found) throw new JqlError(`The value '${value}' does not exist for the field 'project'.`);
  return found.key;
}

function issueId(site: Site, value: string, field: string): number {
  const id = /^\d+$/.test(value) ? Number(value) : site.keys.get(value.toUpperCase());
  // An id that is gone can be compared with, a key cannot: Jira has nothing to look it up by.
  if (id === undefined) throw new JqlError(`An issue with key '${value}' does not exist for field '${field}'.`);
  return id;
}

/** Unquoted digits are epoch milliseconds; quoted text is a date in the caller's zone, to the minute. */
function instant(word: string, field: string): number {
  if (/^\d{9,}$/.test(word)) return Number(word);
  const text = unquote(word).replaceAll('/', '-');
  if (/^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$/.test(text)) return fromSiteTime(text);
  throw new JqlError(
    `Date value '${unquote(word)}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
  );
}
