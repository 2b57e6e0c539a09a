import { RemoteError } from '../../lib/errors.ts';
import { problemOf } from '../checking/problem-of.ts';
import { checkClock } from '../checking/check-clock.ts';
import { ownValue } from '../reading/values.ts';
import type { Scope, SourceDeps, SourceProblem } from '../source.ts';
import { openBoards } from './client.ts';
import type { BoardsClient } from './client.ts';
import { checkCode } from './check-code.ts';
import { connect } from './connect.ts';
import { openPipes } from './open-pipes.ts';
import { revisionFields } from './fields.ts';
import type { AzureDevopsSettings } from './settings.ts';
import { idsQuery, resolveTarget } from './targets.ts';
import type { Target } from './targets.ts';

/** Reach, token, clock, and for each scope what can be seen of it; the settings that name types and fields. */
export async function checkAzureDevops(settings: AzureDevopsSettings, deps: SourceDeps): Promise<SourceProblem[]> {
  const http = connect(settings, deps);
  const client = await openBoards(http, settings.host);
  const problems: SourceProblem[] = [];
  for (const scope of deps.scopes) {
    const { found, project } = await checkScope(client, settings, scope);
    problems.push(...found);
    if (settings.code && project !== null) {
      const code = await openPipes(settings, deps, { http });
      problems.push(...(await checkCode(code, settings, { what: `scope of ${scope.id}`, project })));
    }
    // One word about a token that nothing takes is enough.
    if (found.some(({ what }) => what === 'credentials')) break;
  }
  return [...checkClock(http, 'Azure DevOps'), ...problems];
}

interface Checked {
  readonly found: readonly SourceProblem[];
  /** Its id; null when it was not found. */
  readonly project: string | null;
}

async function checkScope(client: BoardsClient, settings: AzureDevopsSettings, scope: Scope): Promise<Checked> {
  const what = `scope of ${scope.id}`;
  let target: Target;
  try {
    target = await resolveTarget(client, scope, undefined);
  } catch (error) {
    const isToken = error instanceof RemoteError && error.status === 401;
    const problem = isToken
      ? problemOf('credentials', 'a token that Azure DevOps accepts', error)
      : problemOf(what, `a project or area called ${scope.project ?? '?'}`, error);
    return { found: [problem], project: null };
  }
  const problems: SourceProblem[] = [];
  try {
    const { id } = target.project;
    await client.itemIds(idsQuery(target, { after: 0, since: null }), id);
    problems.push(...(await checkTypes(client, settings, { what, project: id })));
    problems.push(...(await checkFields(client, settings, { what, project: id })));
  } catch (error) {
    const expected = `work items of ${target.project.name} that can be read`;
    problems.push({
      ...problemOf(what, expected, error),
      todo: 'give the token the scope Work Items (Read), and its owner the right to view work items of the project',
    });
  }
  if (scope.board !== null) {
    problems.push({
      severity: 'warning',
      what,
      expected: 'no `board`: the columns are the states of the process',
      found: `\`board: ${scope.board}\``,
      todo: 'take `board` out of the scope; for the work of one team name its area, `project: Shop/Payments`',
    });
  }
  return { found: problems, project: target.project.id };
}

interface Where {
  readonly what: string;
  readonly project: string;
}

async function checkTypes(
  client: BoardsClient,
  { milestones, incidentTypes }: AzureDevopsSettings,
  { what, project }: Where,
): Promise<SourceProblem[]> {
  const named = [...milestones.types, ...incidentTypes.filter((type) => !/[*?]/.test(type))];
  if (named.length === 0) return [];
  const types = (await client.types(project)).map((raw) => ownValue(raw, 'name'));
  const missing = named.filter((type) => !types.includes(type));
  return missing.map((type) => ({
    severity: 'warning' as const,
    what,
    expected: `a type of work items called ${type}`,
    found: types
      .filter((one) => typeof one === 'string')
      .slice(0, 8)
      .join(', '),
    todo: 'correct `milestones.types` or `incidentTypes` of the source; capitals count',
  }));
}

/** A field that is not there would end every pull. */
async function checkFields(
  client: BoardsClient,
  { points, milestones }: AzureDevopsSettings,
  { what, project }: Where,
): Promise<SourceProblem[]> {
  const custom = [points, milestones.field].filter((name) => name !== undefined);
  try {
    await client.revisions(project, [...revisionFields, ...custom], null);
    return [];
  } catch (error) {
    if (custom.length === 0 || !(error instanceof RemoteError) || error.status !== 400) throw error;
    return [
      {
        ...problemOf(what, `fields called ${custom.join(' and ')}`, error),
        todo: 'write the reference name of the field, such as Custom.Release, into `points` or `milestones.field`',
      },
    ];
  }
}
