import { inTransaction } from '../../store/dialect.ts';
import { deleteInstallation, findInstallation } from '../../store/installations.ts';
import { openTrouble } from '../../store/troubles.ts';
import type { JobContext } from '../context.ts';
import { workspaceSubject } from './installations.ts';
import { tellOperator } from '../operator/tell-operator.ts';

const gone = 'workspace-gone';

/**
 * A workspace has taken the app out, or its token away: what it gave us is forgotten, nothing is posted there any more,
 * and the operator is told. It is over when it installs the app again.
 */
export async function forgetWorkspace(context: JobContext, team: string): Promise<void> {
  const { db, clock } = context;
  const name = (await findInstallation(db, team))?.name ?? team;
  const since = clock.now();
  const note = tellOperator(context, {
    key: `workspace:${team}:${since}`,
    what: gone,
    data: { team, name },
  });
  await inTransaction(db, async (tx) => {
    await deleteInstallation(tx, team);
    const trouble = { subject: workspaceSubject(team), code: gone, since, detail: { team, name } };
    if (await openTrouble(tx, trouble)) await note.enqueue(tx);
  });
}
