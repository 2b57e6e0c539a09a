import { afterEach, describe, expect, it } from 'vitest';
import { linear } from '../../../src/sources/linear/index.ts';
import { engScope, linearRig } from './linear-rig.ts';
import type { LinearRig, RigOptions } from './linear-rig.ts';

const rigs: LinearRig[] = [];
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

async function check(options: RigOptions = {}, disturb: (rig: LinearRig) => void = () => undefined) {
  const rig = await linearRig({ count: 3, ...options });
  rigs.push(rig);
  disturb(rig);
  return rig.open().check();
}

describe('check of a Linear source', () => {
  it('tells of a key that Linear does not take', async () => {
    const [problem] = await check({ settings: { token: 'lin_api_wrong' } });
    expect(problem).toMatchObject({ severity: 'error', what: 'credentials' });
    expect(problem!.found).toContain('Authentication required');
    expect(problem!.found).not.toContain('lin_api_wrong');
    expect(problem!.todo).toContain('create a token');
  });

  it('names a team or project that is not there', async () => {
    const [problem] = await check({ scopes: [{ ...engScope, project: 'NOPE' }] });
    expect(problem).toMatchObject({ severity: 'error', what: 'scope of ENG' });
    expect(problem!.found).toContain('no team with the key NOPE');
  });

  it('asks for the address where two projects have one name', async () => {
    const prepare: RigOptions['prepare'] = ({ projects }) => void (projects[1]!['name'] = 'checkout');
    const [problem] = await check({ prepare, scopes: [{ ...engScope, project: 'Checkout' }] });
    expect(problem!.found).toContain('several projects');
    expect(problem!.todo).toContain('address');
  });

  it('refuses a scope by jql, and warns of a board', async () => {
    const scopes = [
      { ...engScope, project: null, jql: 'project = ENG' },
      { ...engScope, board: '7' },
    ];
    const problems = await check({ scopes });
    expect(problems.map(({ severity }) => severity)).toEqual(['error', 'warning']);
    expect(problems[0]!.todo).toContain('no `jql`');
    expect(problems[1]!.found).toBe('`board: 7`');
  });

  it('says which workspace to write, and is content without case', async () => {
    const [problem] = await check({ settings: { workspace: undefined } });
    expect(problem).toMatchObject({ severity: 'warning', what: 'workspace', found: 'none' });
    expect(problem!.todo).toContain('`workspace: acme`');
    expect(await check({ settings: { workspace: 'ACME' } })).toEqual([]);
  });

  it('tells of an address that gives a page instead of an API', async () => {
    const [problem] = await check({}, (rig) => rig.server.faults.push({ kind: 'html' }));
    expect(problem!.found).toContain('login page');
  });
});

describe('settings of a Linear source', () => {
  it.each([
    [{}, 'token'],
    [{ token: 'Bearer lin_oauth_x' }, 'without blanks'],
    [{ token: 'x', workspace: 'https://linear.app/acme' }, 'name of the workspace'],
    [{ token: 'x', host: 'api.linear.app' }, 'an address'],
    [{ token: 'x', team: 'ENG' }, 'team'],
  ])('refuses %j', (settings, words) => {
    const { success, error } = linear.config.safeParse(settings);
    expect(success).toBe(false);
    expect(JSON.stringify(error!.issues)).toContain(words);
  });

  it('knows where people look at an issue, as soon as it knows the workspace', () => {
    const config = linear.config.parse({ token: 'x', workspace: 'acme' });
    expect(linear.itemUrl!(config, 'ENG-12')).toBe('https://linear.app/acme/issue/ENG-12');
    expect(linear.itemUrl!(config, 'group/app#12')).toBeNull();
    expect(linear.itemUrl!(linear.config.parse({ token: 'x' }), 'ENG-12')).toBeNull();
  });
});
