import type { Change } from '../../src/core/model/change.ts';
import type { SourceRecord } from '../../src/core/model/record.ts';
import type { WorkItem } from '../../src/core/model/work-item.ts';
import type { Worklog } from '../../src/core/model/worklog.ts';

/** What a store knows after these pages, in a few maps: the meaning of the records, without a database. */
export class Facts {
  readonly items = new Map<string, WorkItem>();
  readonly changes = new Map<string, Map<string, Change>>();
  readonly incomplete = new Set<string>();
  readonly gone = new Set<string>();
  readonly versions = new Map<string, string | null>();
  readonly sprints = new Map<string, string>();
  readonly statuses = new Map<string, string>();
  readonly boards = new Set<string>();
  readonly worklogs = new Map<string, Worklog>();
  readonly setAside: string[] = [];
  readonly #counted = new Map<string, Set<string>>();
  readonly #seenAt = new Map<string, number>();

  apply(records: readonly SourceRecord[], at: number): void {
    for (const record of records) this.#take(record, at);
  }

  #take(record: SourceRecord, at: number): void {
    switch (record.kind) {
      case 'item':
        this.items.set(record.item.id, record.item);
        this.gone.delete(record.item.id);
        this.#seenAt.set(record.item.id, at);
        break;
      case 'history': {
        const changes = this.changes.get(record.itemId) ?? new Map<string, Change>();
        for (const change of record.changes) changes.set(`${change.id}.${change.part}`, change);
        this.changes.set(record.itemId, changes);
        if (record.isComplete) this.incomplete.delete(record.itemId);
        else this.incomplete.add(record.itemId);
        break;
      }
      case 'gone':
        this.gone.add(record.itemId);
        break;
      case 'census': {
        const counted = this.#counted.get(`${record.scope} ${record.startedAt}`) ?? new Set<string>();
        for (const id of record.itemIds) {
          counted.add(id);
          this.gone.delete(id);
        }
        this.#counted.set(`${record.scope} ${record.startedAt}`, counted);
        break;
      }
      case 'census-end': {
        const counted = this.#counted.get(`${record.scope} ${record.startedAt}`);
        for (const id of this.items.keys()) {
          if (!counted?.has(id) && this.#seenAt.get(id)! < record.startedAt) this.gone.add(id);
        }
        break;
      }
      case 'version':
        this.versions.set(record.version.id, record.version.releaseOn);
        break;
      case 'sprint':
        this.sprints.set(record.sprint.id, record.sprint.state);
        break;
      case 'status':
        this.statuses.set(record.status.id, record.status.category);
        break;
      case 'board':
        this.boards.add(record.board.id);
        break;
      // What services did is kept beside the items, and has tests of its own.
      case 'commit':
      case 'pull-request':
      case 'deployment':
      case 'incident':
        return;
      case 'worklog':
        this.worklogs.set(record.worklog.id, record.worklog);
        break;
      case 'worklog-gone':
        this.worklogs.delete(record.worklogId);
        break;
      case 'set-aside':
        this.setAside.push(`${record.ref}: ${record.reason}`);
        break;
    }
  }

  /** What of it has to be the same as in the tool. */
  summary(): Summary {
    const present = [...this.items.values()].filter((item) => !this.gone.has(item.id));
    return {
      items: Object.fromEntries(
        present
          .map((item) => [
            item.id,
            {
              key: item.key,
              status: item.status?.id ?? null,
              updatedAt: item.updatedAt,
              statusChanges: [...(this.changes.get(item.id)?.values() ?? [])]
                .filter((change) => change.field === 'status')
                .sort((a, b) => a.at - b.at)
                .map((change) => `${change.at} ${change.to}`),
              historyIds: [
                ...new Set([...(this.changes.get(item.id)?.values() ?? [])].map((change) => change.id)),
              ].sort(),
            },
          ])
          .sort(([a], [b]) => Number(a) - Number(b)) as [string, ItemSummary][],
      ),
      versions: Object.fromEntries(this.versions),
      sprints: Object.fromEntries(this.sprints),
      incomplete: [...this.incomplete],
    };
  }
}

export interface ItemSummary {
  readonly key: string;
  readonly status: string | null;
  readonly updatedAt: number;
  readonly statusChanges: readonly string[];
  readonly historyIds: readonly string[];
}

export interface Summary {
  readonly items: Readonly<Record<string, ItemSummary>>;
  readonly versions: Readonly<Record<string, string | null>>;
  readonly sprints: Readonly<Record<string, string>>;
  readonly incomplete: readonly string[];
}
