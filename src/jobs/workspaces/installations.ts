import type { Installation } from '@slack/oauth';
import type { Config } from '../../config/load.ts';
import { secondMs } from '../../core/time/instant.ts';
import { createSeal } from '../../lib/seal.ts';
import type { Directory } from '../../slack/directory.ts';
import type { Installations } from '../../slack/installed-client.ts';
import { inTransaction } from '../../store/dialect.ts';
import {
  deleteInstallation,
  findInstallation,
  findTeam,
  leaseInstallation,
  listInstallations,
  noteTeam,
  releaseInstallation,
  saveInstallation,
} from '../../store/installations.ts';
import type { Db } from '../../store/tables.ts';
import { closeTrouble } from '../../store/troubles.ts';
import type { JobContext } from '../context.ts';

/** A renewal that takes longer has failed. */
const leaseMs = 30 * secondMs;

/** What workspaces gave us when they installed the app; null where the config has no `oauth`. */
export function openInstallations(
  { slack }: Config,
  { db, clock }: Pick<JobContext, 'db' | 'clock'>,
): Installations | null {
  if (slack?.oauth === undefined) return null;
  const { encryptionSecret } = slack.oauth;
  const seal = encryptionSecret === undefined ? null : createSeal(encryptionSecret);
  return {
    async find(team) {
      const found = await findInstallation(db, team);
      if (found === null) return null;
      // What was kept before there was a secret is plain, and is sealed with the next token.
      const isPlain = found.body.startsWith('{');
      const body = isPlain ? found.body : (seal?.open(found.body) ?? null);
      if (body === null)
        throw new Error(`the tokens of ${team} cannot be read: is slack.oauth.encryptionSecret another one?`);
      return JSON.parse(body) as Installation<'v2'>;
    },
    teams: async () => (await listInstallations(db)).map(({ team }) => team),
    async save(team, installation) {
      const json = JSON.stringify(installation);
      const body = seal ? seal.close(json) : json;
      await inTransaction(db, async (tx) => {
        await saveInstallation(tx, { team, name: installation.team?.name ?? team, installedAt: clock.now(), body });
        await closeTrouble(tx, workspaceSubject(team));
      });
    },
    remove: (team) => deleteInstallation(db, team),
    async alone(team, work) {
      const now = clock.now();
      if (!(await leaseInstallation(db, team, { now, until: now + leaseMs }))) return null;
      try {
        return await work();
      } finally {
        await releaseInstallation(db, team);
      }
    },
  };
}

/** What a workspace that is gone is called among troubles. */
export function workspaceSubject(team: string): string {
  return `workspace:${team}`;
}

/** The workspace of a channel: as the config says, or where it was heard of; null leaves it to the only one. */
export async function teamOfChannel({ slack, channels }: Config, db: Db, channel: string): Promise<string | null> {
  if (slack?.oauth === undefined) return null;
  return channels[channel]?.workspace ?? (await findTeam(db, channel));
}

/** Direct conversations that are opened there are remembered to be of that workspace. */
export function hearing(db: Db, directory: (team: string | null) => Directory, team: string | null): Directory {
  const inner = directory(team);
  if (team === null) return inner;
  return {
    ...inner,
    async directWith(person) {
      const channel = await inner.directWith(person);
      if (channel !== null) await noteTeam(db, channel, team);
      return channel;
    },
  };
}
