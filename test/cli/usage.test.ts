import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { calculations } from '../../src/core/calc/registry.ts';
import { chartNames } from '../../src/core/reports/charts/chart-names.ts';
import { reportKinds } from '../../src/core/reports/report-kinds.ts';
import { runHere } from '../e2e/vigie-process.ts';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
  readonly engines: { readonly node: string };
};
const folder = mkdtempSync(join(tmpdir(), 'vigie-usage-'));
writeFileSync(join(folder, 'vigie.yaml'), '{}\n');
afterAll(() => rmSync(folder, { recursive: true }));
const vigie = (...args: readonly string[]) => runHere(args, {});

describe('the command line', () => {
  it('tells its version', async () => {
    expect(await vigie('--version')).toMatchObject({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it.each([
    ['run', reportKinds],
    ['preview', reportKinds],
    ['chart', chartNames],
    ['calc', Object.keys(calculations)],
    ['db', ['migrate', 'backup', 'verify']],
  ])('names in the help of %s all that it takes', async (command, names) => {
    const { code, stdout } = await vigie(command, '--help');
    expect(code).toBe(0);
    const said = stdout.replace(/\s+/g, ' ');
    expect(names.filter((name) => !new RegExp(`[ (]${name}[, )]`).test(said))).toEqual([]);
  });

  it('sends who forgot a word to the help of that command', async () => {
    const { code, stderr } = await vigie('preview');
    expect([code, stderr]).toEqual([
      2,
      "error: missing required argument 'report'\n(vigie preview --help says what it takes)\n",
    ]);
    expect((await vigie('replay', '--help')).stdout).not.toContain('default: []');
  });

  it('refuses a level of logs that there is not', async () => {
    const { code, stderr } = await runHere(['--config', folder, 'sync'], { LOG_LEVEL: 'loud' });
    expect([code, stderr]).toEqual([
      2,
      'LOG_LEVEL: expected one of trace, debug, info, warn, error, fatal, silent, found "loud"\n',
    ]);
  });

  it('says what to add where the config names no project', async () => {
    const environment = { DATABASE_URL: `file:${join(folder, 'vigie.db')}` };
    const { code, stderr } = await runHere(['--config', folder, 'preview', 'project-digest'], environment);
    expect([code, stderr]).toEqual([
      2,
      'project-digest: expected projects in the config, found none; add them under `projects:` (see "Configuration" in README.md)\n',
    ]);
  });

  it.each([
    [
      'demo --keep',
      ['demo', '--once', '--keep', join(folder, 'vigie.yaml')],
      /^--keep: expected a folder that can be made or is there, found .*vigie\.yaml \(EEXIST\)\n$/,
    ],
    ['demo --port', ['demo', '--once', '--port', 'abc'], /^--port: expected a port from 0 to 65535, found "abc"\n$/],
    ['demo --port too high', ['demo', '--port', '70000'], /^--port: expected a port from 0 to 65535, found "70000"\n$/],
    [
      'db',
      ['db', 'migrat'],
      /^vigie db: expected migrate, backup or verify, found "migrat"; did you mean "migrate"\?\n$/,
    ],
  ])('refuses what %s cannot take', async (_, args, expected) => {
    const { code, stdout, stderr } = await vigie(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(expected);
  });
});

const main = new URL('../../src/vigie.js', import.meta.url).pathname;

async function ended(child: ReturnType<typeof spawn>) {
  let stderr = '';
  child.stderr!.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}

describe('the process', () => {
  it('ends without a word when nobody reads on, as under `| head`', async () => {
    const child = spawn(process.execPath, [main, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    expect(await ended(child)).toEqual({ code: 0, stderr: '' });
  });

  it.each([
    ['with the mark of Windows editors', '\uFEFFLOG_LEVEL=loud\r\n', /^LOG_LEVEL: expected .*, found "loud"\n$/],
    [
      'in UTF-16',
      Buffer.from('\uFEFFLOG_LEVEL=info', 'utf16le'),
      /^\.env: expected a text file in UTF-8, found other bytes \(is it UTF-16\?\); save it as UTF-8\n$/,
    ],
    ['that is a folder', null, /^\.env: expected a file that can be read, found EISDIR\n$/],
  ])('reads .env %s, or says why not', async (_, content, expected) => {
    const place = mkdtempSync(join(folder, 'env-'));
    if (content === null) mkdirSync(join(place, '.env'));
    else writeFileSync(join(place, '.env'), content);
    const child = spawn(process.execPath, [main, '--config', folder, 'sync'], {
      cwd: place,
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { code, stderr } = await ended(child);
    expect(stderr).toMatch(expected);
    expect(code).toBe(2);
  });

  it('is in no zone of the machine, with its threads', async () => {
    const thread = "console.error('offset', new Date(0).getTimezoneOffset())";
    const after = `import { Worker } from 'node:worker_threads';
      process.once('beforeExit', () => new Worker(${JSON.stringify(thread)}, { eval: true }));`;
    const child = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(after)}`, main, '-h'],
      {
        env: { PATH: process.env['PATH'], TZ: 'Europe/Paris' },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    expect(await ended(child)).toEqual({ code: 0, stderr: 'offset 0\n' });
  });

  it('says which Node it needs when it is started with an old one', async () => {
    const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.19.1' } })";
    const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(older)}`, main], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { code, stderr } = await ended(child);
    const needed = manifest.engines.node.replace('>=', '');
    expect(code).toBe(2);
    expect(stderr).toBe(
      `Vigie needs Node ${needed} or newer, found 22.19.1. \`npm ci\` brings one: npm run --silent vigie -- …\n`,
    );
  });
});
