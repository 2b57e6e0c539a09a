import { RemoteError } from '../../lib/errors.ts';

interface ListPage {
  readonly items: readonly unknown[];
  readonly nextPage: number | null;
}

const mostPages = 1_000;

/** Reads all elements of a list that is short enough to be held, page by page. */
export function readerOfAll(service: string, name: string) {
  return async (read: (page: number) => Promise<ListPage>): Promise<unknown[]> => {
    const items: unknown[] = [];
    for (let page: number | null = 1; page !== null;) {
      const answer: ListPage = await read(page);
      items.push(...answer.items);
      page = answer.nextPage;
      if (page !== null && page > mostPages) {
        throw new RemoteError(service, `${name} gives more than ${mostPages} pages of one list; it would never end`, {
          todo: 'pull again; if it stays, tell the authors of Vigie',
        });
      }
    }
    return items;
  };
}
