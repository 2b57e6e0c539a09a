import { afterEach, describe, expect, it } from 'vitest';
import { azureDevops } from '../../../src/sources/azure-devops/index.ts';
import { releaseHost } from '../../../src/sources/azure-devops/connect.ts';
import { azureRig, shopScope, start } from './azure-rig.ts';
import type { AzureRig, RigOptions } from './azure-rig.ts';
import { tellCode } from './code-story.ts';

const rigs: AzureRig[] = [];
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

async function check(options: RigOptions = {}, disturb: (rig: AzureRig) => void = () => undefined) {
  const rig = await azureRig({ count: 3, ...options });
  rigs.push(rig);
  disturb(rig);
  return rig.open().check();
}

describe('check of an Azure DevOps source', () => {
  it('tells once of a token that is not taken, and of what to create', async () => {
    const scopes = [shopScope, { ...shopScope, id: 'OTHER' }];
    const problems = await check({ scopes, settings: { token: 'expired0123456789' } });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: 'error', what: 'credentials' });
    expect(problems[0]!.found).toContain('page for signing in (203)');
    expect(problems[0]!.found).not.toContain('expired0123456789');
    expect(problems[0]!.todo).toContain('Work Items');
  });

  it('names a project, and an area, that is not there', async () => {
    const [project] = await check({ scopes: [{ ...shopScope, project: 'Nope' }] });
    expect(project!.found).toContain('TF200016');
    const [area] = await check({ scopes: [{ ...shopScope, project: 'Shop/Payment' }] });
    expect(area!.found).toBe('the project Shop has no area Payment');
    expect(area!.todo).toContain('areas stand in');
  });

  it('tells of work items that may not be read', async () => {
    const [problem] = await check({}, (rig) => {
      // The versions of projects, the project, the versions of work items; then the question itself.
      rig.server.afterAnswer = (path) => {
        if (path.endsWith('/_apis/wit'))
          rig.server.faults.push({ kind: 'refused', status: 403, message: 'TF401027: no' });
      };
    });
    expect(problem).toMatchObject({ severity: 'error', what: 'scope of SHOP' });
    expect(problem!.todo).toContain('Work Items (Read)');
  });

  it('refuses a scope by jql, and warns of a board', async () => {
    const scopes = [
      { ...shopScope, project: null, jql: 'project = SHOP' },
      { ...shopScope, board: 'Stories' },
    ];
    const problems = await check({ scopes });
    expect(problems.map(({ severity }) => severity)).toEqual(['error', 'warning']);
    expect(problems[0]!.todo).toContain('no `jql`');
    expect(problems[1]!.todo).toContain('Shop/Payments');
  });

  it('tells what of code and deployments cannot be read, or reaches nobody', async () => {
    const tell = (off: readonly string[], settings: object) => {
      const prepare: RigOptions['prepare'] = ({ projects }) => {
        const code = tellCode(start, 2);
        for (const area of off) code.off.add(area);
        projects[0]!.code = code;
      };
      return check({ prepare, settings: { code: true, ...settings } });
    };
    expect(await tell([], {})).toEqual([]);
    const [environment] = await tell([], { environments: ['live-*'] });
    expect(environment).toMatchObject({
      severity: 'warning',
      expected: 'an environment called live-*',
      found: 'production, staging',
    });
    const closed = await tell(['git', 'release'], { deployments: 'releases' });
    expect(closed.map(({ todo }) => todo)).toEqual([
      expect.stringContaining('Code (Read)'),
      expect.stringContaining('Release (Read)'),
    ]);
    const [builds] = await tell(['build'], { deployments: 'builds' });
    expect(builds!.todo).toContain('Build (Read)');
  });

  it('names fields and types of the settings that are not there', async () => {
    const settings = { points: 'Custom.Points', milestones: { types: ['epic'] }, incidentTypes: ['Incident', 'Bug*'] };
    const problems = await check({ settings });
    expect(problems.map(({ expected }) => expected)).toEqual([
      'a type of work items called epic',
      'a type of work items called Incident',
      'fields called Custom.Points',
    ]);
    expect(problems[2]!.found).toContain('TF51535: Cannot find field Custom.Points');
  });
});

describe('settings of an Azure DevOps source', () => {
  const fine = { host: 'https://dev.azure.com/acme', token: 'x' };

  it.each([
    [{ token: 'x' }, 'host'],
    [{ ...fine, host: 'https://dev.azure.com' }, 'address of the organization'],
    [{ ...fine, host: 'https://dev.azure.com/acme/Shop' }, 'address of the organization'],
    [{ ...fine, host: 'dev.azure.com/acme' }, 'address of the organization'],
    [{ ...fine, token: 'a b' }, 'without blanks'],
    [{ ...fine, milestones: { tag: ['x'] } }, 'tag'],
  ])('refuses %j', (settings, words) => {
    const { success, error } = azureDevops.config.safeParse(settings);
    expect(success).toBe(false);
    expect(JSON.stringify(error!.issues)).toContain(words);
  });

  it.each(['https://dev.azure.com/acme/', 'https://acme.visualstudio.com', 'https://tfs.acme.local:8443/tfs/Main'])(
    'takes %s',
    (host) => {
      expect(azureDevops.config.safeParse({ ...fine, host }).success).toBe(true);
    },
  );

  it('knows where people look at a work item', () => {
    const config = azureDevops.config.parse({ ...fine, host: 'https://dev.azure.com/acme/' });
    expect(azureDevops.itemUrl!(config, 'AB#12')).toBe('https://dev.azure.com/acme/_workitems/edit/12');
    expect(azureDevops.itemUrl!(config, 'ENG-12')).toBeNull();
  });

  it.each([
    ['https://dev.azure.com/acme', 'https://vsrm.dev.azure.com/acme'],
    ['https://acme.visualstudio.com', 'https://acme.vsrm.visualstudio.com'],
    ['https://tfs.acme.local/tfs/Main', 'https://tfs.acme.local/tfs/Main'],
  ])('knows that releases of %s are at %s', (host, releases) => {
    expect(releaseHost(host)).toBe(releases);
  });
});
