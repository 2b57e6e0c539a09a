import { silentLogger } from '../../../src/lib/logger.ts';
import { azureDevops } from '../../../src/sources/azure-devops/index.ts';
import type { Scope } from '../../../src/sources/source.ts';
import { jumpingClock } from '../../lib/jumping-clock.ts';
import type { Rig } from '../contract.ts';
import type { ItemSummary, Summary } from '../facts.ts';
import { startAzure, token } from './server.ts';
import type { AzureServer } from './server.ts';
import { reopen, stateOf, tellWorld } from './story.ts';
import { fieldsOf, timeOf } from './world.ts';
import type { Item, World } from './world.ts';

export const start = Date.parse('2026-11-24T08:30:00Z');

export const shopScope: Scope = { id: 'SHOP', project: 'Shop', jql: null, board: null };

export interface AzureRig extends Rig {
  readonly server: AzureServer;
  readonly world: World;
  readonly clock: ReturnType<typeof jumpingClock>;
}

export interface RigOptions {
  readonly count?: number;
  readonly scopes?: readonly Scope[];
  readonly settings?: object;
  readonly prefix?: string;
  readonly version?: string;
  readonly batchSize?: number;
  /** Before the server is up. */
  readonly prepare?: (world: World) => void;
}

/** A simulated organization with `count` work items in the project Shop, and the real source in front of it. */
export async function azureRig(options: RigOptions = {}): Promise<AzureRig> {
  const clock = jumpingClock(start);
  const { count = 40, scopes = [shopScope], settings, prepare, ...how } = options;
  const world = tellWorld(count, start - 3_600_000);
  prepare?.(world);
  const server = await startAzure(world, { clock, ...how });
  const config = azureDevops.config.parse({ host: server.url, token, timeout: 5, code: false, ...settings });
  return {
    server,
    world,
    clock,
    violations: server.violations,
    open: () => azureDevops.open(config, { id: 'ado', scopes, clock, log: silentLogger }),
    truth: () => truthOf(world),
    takeRequests: () => server.requests.splice(0).length,
    refuseNext: () => void server.faults.push({ kind: 'rate-limit' }),
    cutNext: () => void server.faults.push({ kind: 'cut' }),
    touch() {
      clock.advance(1_000);
      reopen(
        world,
        world.items.find((item) => stateOf(item) === 'Closed' && isPayments(item))!,
        clock.now(),
      );
      clock.advance(1_000);
    },
    close: () => server.close(),
  };
}

const isPayments = (item: Item) => fieldsOf(item)['System.AreaPath'] === 'Shop\\Payments';

/** What the world holds, read past HTTP and past our code: of the project, or of one area. */
export function truthOf(world: World, area = 'Shop'): Summary {
  const items = world.items.filter(
    (item) => !item.isDeleted && `${String(fieldsOf(item)['System.AreaPath'])}\\`.startsWith(`${area}\\`),
  );
  return {
    items: Object.fromEntries(items.map((item) => [`ado:${item.id}`, truthOfItem(item)])),
    versions: { 'ado:10': '2026-10-30', 'ado:20': '2026-12-18' },
    sprints: { 'ado:11': 'closed', 'ado:12': 'closed', 'ado:21': 'active', 'ado:22': 'future' },
    incomplete: [],
  };
}

function truthOfItem(item: Item): ItemSummary {
  const statusChanges: string[] = [];
  const ids: string[] = [];
  let before: string | null = null;
  for (const { rev, fields } of item.revisions) {
    const state = String(fields['System.State']);
    if (before !== null && before !== state)
      statusChanges.push(`${Date.parse(String(fields['System.ChangedDate']))} ado:${state}`);
    before = state;
    if (rev > 1) ids.push(String(rev));
  }
  return {
    key: `AB#${item.id}`,
    status: `ado:${stateOf(item)}`,
    updatedAt: timeOf(item),
    statusChanges,
    historyIds: ids.toSorted((a, b) => (a < b ? -1 : 1)),
  };
}
