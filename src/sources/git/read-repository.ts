import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RemoteError } from '../../lib/errors.ts';

const run = promisify(execFile);

/** The two lists that a repository comes down to, as tab-separated lines. */
export interface Repository {
  /** sha, parents, authored, committed, subject. */
  readonly commits: readonly string[];
  /** Name, object, commit (empty for a lightweight tag), at. */
  readonly tags: readonly string[];
  /** The same as long as nothing has changed. */
  readonly fingerprint: string;
}

const commitFormat = '--format=%H%x09%P%x09%aI%x09%cI%x09%s';

/** Output of a repository with a hundred thousand commits. */
const mostBytes = 256 * 1024 * 1024;

/** Lists by git itself from a clone, or from the two files of a folder. Throws RemoteError when it is neither. */
export async function readRepository(path: string): Promise<Repository> {
  const found = await isFile(join(path, 'commits.tsv'));
  const [commits, tags] = found ? await readFiles(path) : await askGit(path);
  const fingerprint = createHash('sha256').update(commits).update('\0').update(tags).digest('hex');
  return { commits: linesOf(commits), tags: linesOf(tags), fingerprint };
}

async function readFiles(path: string): Promise<readonly [string, string]> {
  const tags = join(path, 'tags.tsv');
  if (!(await isFile(tags)))
    throw new RemoteError('git', `${path} holds commits.tsv and no tags.tsv`, {
      todo: 'put tags.tsv beside it: name, object, commit and time of each tag, separated by tabs',
    });
  return [await readFile(join(path, 'commits.tsv'), 'utf8'), await readFile(tags, 'utf8')];
}

type Git = (...args: string[]) => Promise<string>;

const gitIn =
  (path: string): Git =>
  async (...args) =>
    (await run('git', ['-C', path, ...args], { maxBuffer: mostBytes })).stdout;

/** Whether git keeps the newest part of a past only: what a release brought is then not known. */
export async function isShallow(path: string): Promise<boolean> {
  if (await isFile(join(path, 'commits.tsv'))) return false;
  return (await gitIn(path)('rev-parse', '--is-shallow-repository')).trim() === 'true';
}

/**
 * The branch that is released from: that of the remote, as a clone that is only fetched stays on the commit of its first
 * day; else the one that is checked out.
 */
async function mainOf(git: Git): Promise<string | null> {
  for (const ref of ['refs/remotes/origin/HEAD', 'HEAD']) {
    const found = await git('rev-parse', '--quiet', '--verify', ref).catch(() => '');
    if (found !== '') return ref;
  }
  return null;
}

/** What is on no branch that is released from, and was never released, is work under way, and no change yet. */
async function askGit(path: string): Promise<readonly [string, string]> {
  const git = gitIn(path);
  try {
    const main = await mainOf(git);
    return [
      await git('log', ...(main === null ? ['--all'] : [main, '--tags']), '--no-show-signature', commitFormat),
      await git(
        'for-each-ref',
        'refs/tags',
        '--format=%(refname:short)%09%(objectname)%09%(*objectname)%09%(creatordate:iso-strict)',
      ),
    ];
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim() || (error as Error).message;
    throw new RemoteError('git', `${path} cannot be read: ${said}`, {
      todo: 'set `path` of this source to a clone, or to a folder with commits.tsv and tags.tsv; it is relative to the working directory',
      cause: error,
    });
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== '');
}
