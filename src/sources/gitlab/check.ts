import { checkClock } from '../checking/check-clock.ts';
import { ownValue, readDay } from '../reading/values.ts';
import { problemOf } from '../checking/problem-of.ts';
import { checkTokenEnd } from '../checking/check-token-end.ts';
import type { SourceDeps, SourceProblem } from '../source.ts';
import { checkScope, checkTarget } from './check-target.ts';
import { openClient } from './client.ts';
import type { GitlabClient } from './client.ts';
import { connect } from './connect.ts';
import { hasStatus } from '../pulling/refusals.ts';
import type { GitlabSettings } from './settings.ts';

/** Reach, token with its scopes and its end, clock, and for each scope what can be seen of it. */
export async function checkGitlab(settings: GitlabSettings, deps: SourceDeps): Promise<SourceProblem[]> {
  const http = connect(settings, deps);
  const client = await openClient(http);
  try {
    await client.version();
  } catch (error) {
    // An older GitLab has no such address; what it is, the first project tells.
    if (!hasStatus(error, 403, 404)) return [problemOf('reach', `a GitLab at ${settings.host}`, error)];
  }
  const problems = [...checkClock(http, 'GitLab'), ...(await checkToken(client, deps.clock.now()))];
  for (const scope of deps.scopes) problems.push(...(await checkScope(client, settings, scope)));
  for (const target of settings.code ? settings.repositories : [])
    problems.push(
      ...(await checkTarget(client, settings, { what: `repository ${target}`, target, isPlanned: false })).problems,
    );
  return problems;
}

/** What the token itself tells; a GitLab before 15.5 has no address for it. */
async function checkToken(client: GitlabClient, now: number): Promise<SourceProblem[]> {
  let token: unknown;
  try {
    token = await client.token();
  } catch (error) {
    if (hasStatus(error, 403, 404)) return [];
    return [problemOf('credentials', 'a token that GitLab accepts', error)];
  }
  const problems: SourceProblem[] = [];
  const given = ownValue(token, 'scopes');
  const scopes = Array.isArray(given) ? given.map(String) : [];
  if (!scopes.includes('read_api') && !scopes.includes('api')) {
    problems.push({
      severity: 'error',
      what: 'scopes of the token',
      expected: 'read_api',
      found: scopes.join(', ') || 'none',
      todo: 'create a token with the scope `read_api`',
    });
  } else if (scopes.includes('api')) {
    problems.push({
      severity: 'warning',
      what: 'scopes of the token',
      expected: 'read_api, which is enough',
      found: `${scopes.join(', ')}: it may write`,
      todo: 'create a token with the scope `read_api` alone',
    });
  }
  const endsOn = readDay(ownValue(token, 'expires_at'));
  if (endsOn !== null) problems.push(...checkTokenEnd(Date.parse(endsOn), endsOn, now));
  return problems;
}
