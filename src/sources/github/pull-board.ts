import { overlapMs, pageOf } from '../pulling/page-of.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import type { Page } from '../source.ts';
import type { GithubBoard } from './board.ts';
import type { ScopePlace } from './cursor.ts';
import { issueRecords, partsOf } from './issue-records.ts';
import type { IssueScope } from './issue-records.ts';
import { issuesByIdQuery } from './issue-query.ts';
import { nextOf, nodesOf } from './names.ts';
import { boardItemsQuery } from './plan-queries.ts';
import { askAboutIssues, askAsNew } from './queries.ts';
import type { Run } from './run.ts';

const atOnce = 20;

/**
 * Issues that were moved on the board without being touched themselves: to move a card is no change of its issue. GitHub
 * cannot be asked for what moved, so that the times of all cards of open issues are read, a hundred at once.
 */
export async function* pullBoard(
  run: Run,
  { id, at, board }: { readonly id: string; readonly at: ScopePlace; readonly board: GithubBoard },
  scopes: ReadonlyMap<number, IssueScope>,
): AsyncGenerator<Page> {
  const next = run.serverNow() - overlapMs;
  const moved = await movedSince(run, at, board, at.board.watermark ?? next);
  for (let from = 0; from < moved.length; from += atOnce) {
    const [first] = scopes.values();
    const ids = moved.slice(from, from + atOnce);
    const nodes = ownValue(await askAboutIssues(run, partsOf(run, first!), issuesByIdQuery, { ids }), 'nodes');
    const told = await Promise.all(
      [...scopes].map(async ([repository, scope]) => {
        const own = (Array.isArray(nodes) ? nodes : []).filter(
          (node: unknown) => ownValue(ownValue(node, 'repository'), 'databaseId') === repository,
        );
        return issueRecords(run, scope, own);
      }),
    );
    const records = told.flat();
    const done = Math.min(from + atOnce, moved.length);
    if (records.length > 0) yield pageOf(run, records, { step: `${id} board`, done, total: moved.length });
  }
  at.board.watermark = next;
  at.board.recent = Object.fromEntries(Object.entries(at.board.recent).filter(([, changedAt]) => changedAt >= next));
}

async function movedSince(run: Run, at: ScopePlace, board: GithubBoard, since: number): Promise<readonly string[]> {
  const moved: string[] = [];
  for (let after: string | null = null, isOver = false; !isOver;) {
    const page: unknown = ownValue(await askAsNew(run, boardItemsQuery, { id: board.id, after }), 'node');
    for (const item of nodesOf(page, 'items')) {
      const issue = ownValue(ownValue(item, 'content'), 'id');
      const changedAt = readInstant(ownValue(item, 'updatedAt'));
      if (typeof issue !== 'string' || changedAt === null || changedAt < since) continue;
      if (at.board.recent[issue] !== changedAt) moved.push(issue);
    }
    const next: string | null = nextOf(page, 'items');
    isOver = next === null || next === after;
    after = next;
  }
  return moved;
}
