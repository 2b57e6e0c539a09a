import { formatInstant } from '../../core/time/instant.ts';
import { checkClock } from '../checking/check-clock.ts';
import { problemOf } from '../checking/problem-of.ts';
import { checkTokenEnd } from '../checking/check-token-end.ts';
import type { SourceDeps, SourceProblem } from '../source.ts';
import { checkRepository, checkScope, warning } from './check-target.ts';
import type { Checking } from './check-target.ts';
import { openClient } from './client.ts';
import type { GithubClient, TokenFacts } from './client.ts';
import { connect } from './connect.ts';
import type { GithubSettings } from './settings.ts';

/** Reach, token with its scopes and its end, clock, and for each scope and repository what can be seen of it. */
export async function checkGithub(settings: GithubSettings, deps: SourceDeps): Promise<SourceProblem[]> {
  const http = connect(settings, deps);
  let client: GithubClient;
  let token: TokenFacts;
  try {
    client = await openClient(http, settings, { log: deps.log });
    token = await client.token();
  } catch (error) {
    return [problemOf('reach', `a GitHub at ${settings.host} that accepts the credentials`, error)];
  }
  const checking: Checking = { client, settings, deps };
  const problems = [...checkClock(http, 'GitHub'), ...checkToken(token, deps.clock.now())];
  for (const scope of deps.scopes) problems.push(...(await checkScope(checking, scope)));
  for (const name of settings.code ? settings.repositories : [])
    problems.push(...(await checkRepository(checking, `repository ${name}`, name, false)));
  return problems;
}

function checkToken({ scopes, endsAt }: TokenFacts, now: number): SourceProblem[] {
  const problems: SourceProblem[] = [];
  const excess = (scopes ?? []).filter((scope) => /^(admin:|delete_repo|write:|workflow)/.test(scope));
  if (excess.length > 0) {
    problems.push(
      warning('scopes of the token', {
        expected: 'repo and read:project, which are enough',
        found: excess.join(', '),
        todo: 'create a token without them, best a fine-grained one that only reads',
      }),
    );
  }
  if (endsAt !== null) problems.push(...checkTokenEnd(endsAt, formatInstant(endsAt).slice(0, 10), now));
  return problems;
}
