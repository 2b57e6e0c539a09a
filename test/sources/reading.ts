import type { Change } from '../../src/core/model/change.ts';
import type { Commit, Deployment, Incident, PullRequest } from '../../src/core/model/delivery.ts';
import type { SourceRecord } from '../../src/core/model/record.ts';
import type { Cursor, PullOptions } from '../../src/sources/source.ts';
import type { Rig } from './contract.ts';
import { Facts } from './facts.ts';

/** A tool over HTTP with its requests. */
interface ServedRig extends Pick<Rig, 'open' | 'clock'> {
  readonly server: { readonly requests: string[] };
}

/** A store in small that pulls when it is told to, and keeps what services did beside the items. */
export class Reading {
  readonly facts = new Facts();
  readonly pullRequests = new Map<string, PullRequest>();
  readonly deployments = new Map<string, Deployment>();
  readonly incidents = new Map<string, Incident>();
  readonly commits = new Map<string, Commit>();
  cursor: Cursor | null = null;
  /** Of the last pull. */
  records: SourceRecord[] = [];
  requests: string[] = [];
  pages = 0;
  readonly #rig: ServedRig;

  constructor(rig: ServedRig) {
    this.#rig = rig;
  }

  /** Pulls from where it stands; a failure comes after what was read until then is kept. */
  async pull(options: Partial<PullOptions> & { readonly pages?: number } = {}): Promise<this> {
    this.records = [];
    this.#rig.server.requests.length = 0;
    this.pages = 0;
    const source = this.#rig.open();
    try {
      const { signal } = new AbortController();
      for await (const page of source.pull(this.cursor, { isFull: options.isFull ?? false }, signal)) {
        this.#take(page.records);
        this.cursor = JSON.parse(JSON.stringify(page.cursor)) as Cursor;
        if (++this.pages === options.pages) break;
      }
    } finally {
      this.requests = [...this.#rig.server.requests];
    }
    return this;
  }

  #take(records: readonly SourceRecord[]): void {
    this.records.push(...records);
    this.facts.apply(records, this.#rig.clock.now());
    for (const record of records) {
      if (record.kind === 'pull-request') this.pullRequests.set(record.pullRequest.id, record.pullRequest);
      if (record.kind === 'deployment') this.deployments.set(record.deployment.id, record.deployment);
      if (record.kind === 'incident') this.incidents.set(record.incident.id, record.incident);
      if (record.kind === 'commit') this.commits.set(record.commit.sha, record.commit);
    }
  }

  /** Keys of the items of the last pull. */
  told(): string[] {
    return this.records.flatMap((record) => (record.kind === 'item' ? [record.item.key] : []));
  }

  /** What the last pull told of services; the plan is told by each. */
  delivered(): SourceRecord[] {
    return this.records.filter(({ kind }) => ['pull-request', 'deployment', 'commit', 'incident'].includes(kind));
  }

  item(key: string) {
    return [...this.facts.items.values()].find((item) => item.key === key)!;
  }

  changesOf(key: string): Change[] {
    const { id } = this.item(key);
    return [...(this.facts.changes.get(id)?.values() ?? [])].sort((a, b) => a.at - b.at);
  }
}
