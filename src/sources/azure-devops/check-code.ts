import { RemoteError } from '../../lib/errors.ts';
import { ownValue } from '../reading/values.ts';
import type { SourceProblem } from '../source.ts';
import { allPages } from './code-client.ts';
import type { CodeClient } from './code-client.ts';
import { productionTest } from './deployment-records.ts';
import type { AzureDevopsSettings } from './settings.ts';

const leaveAlone = 'or set `code: false` where the code lives elsewhere';

/** Whether repositories and deployments of a project can be read, and whether any environment is one that reaches users. */
export async function checkCode(
  client: CodeClient,
  settings: AzureDevopsSettings,
  { what, project }: { readonly what: string; readonly project: string },
): Promise<SourceProblem[]> {
  const { deployments, environments } = settings;
  const problems: SourceProblem[] = [];
  const warn = (expected: string, found: string, todo: string) =>
    void problems.push({ severity: 'warning', what, expected, found, todo });
  const refused = await refusalOf(() => client.repositories(project));
  if (refused !== null)
    warn('repositories that can be read', refused, `give the token the scope Code (Read), ${leaveAlone}`);
  if (deployments === 'builds') {
    const closed = await refusalOf(() => client.builds(project, 0, null));
    if (closed !== null)
      warn('runs of pipelines that can be read', closed, `give the token the scope Build (Read), ${leaveAlone}`);
  } else if (deployments === 'releases') {
    const closed = await refusalOf(() => client.releaseDeployments(project, 0, null));
    if (closed !== null)
      warn('releases that can be read', closed, `give the token the scope Release (Read), ${leaveAlone}`);
  } else {
    let names: readonly string[] = [];
    const closed = await refusalOf(async () => {
      const found = await allPages((next) => client.environments(project, next));
      names = found.map((raw) => ownValue(raw, 'name')).filter((name) => typeof name === 'string');
    });
    if (closed !== null) {
      warn(
        'environments that can be read',
        closed,
        `give the token the scope Environment (Read & manage), ${leaveAlone}`,
      );
    } else if (names.length > 0 && !names.some(productionTest(environments))) {
      const expected = `an environment called ${environments?.join(' or ') ?? 'production, prod or live'}`;
      warn(
        expected,
        names.slice(0, 5).join(', '),
        'name those that reach users in `environments` of this source, or set `deployments`',
      );
    }
  }
  return problems;
}

async function refusalOf(read: () => Promise<unknown>): Promise<string | null> {
  try {
    await read();
    return null;
  } catch (error) {
    if (!(error instanceof RemoteError) || error.status === null) throw error;
    return error.message;
  }
}
