import { access, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RemoteError } from '../../lib/errors.ts';

const sideFiles = ['versions', 'sprints', 'statuses', 'fields', 'board'] as const;
type SideFile = (typeof sideFiles)[number];

/** The files of one export that are there. */
export interface ExportFiles {
  readonly folder: string;
  readonly issues: string;
  /** Names, sizes and times of all files: the same text means the same export. */
  readonly fingerprint: string;
}

/** Null when the folder holds no issues. */
export async function findExport(path: string): Promise<ExportFiles | null> {
  const folder = resolve(path);
  const candidates = ['issues.jsonl', 'issues.jsonl.gz'].map((name) => join(folder, name));
  const issues = (await existing(candidates))[0];
  if (!issues) return null;
  const files = [issues, ...(await existing(sideFiles.map((name) => join(folder, `${name}.json`))))];
  const marks = await Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs } = await stat(file);
      return `${file.slice(folder.length + 1)}:${size}:${Math.round(mtimeMs)}`;
    }),
  );
  return { folder, issues, fingerprint: marks.join('|') };
}

async function existing(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => path,
        () => null,
      ),
    ),
  );
  return found.filter((path) => path !== null);
}

/**
 * The elements of one file beside the issues, null when there is none. Jira gives some of these as a list, some as
 * pages with `values`, one board as an object: all are taken.
 */
export async function readSideFile(files: ExportFiles, name: SideFile): Promise<readonly unknown[] | null> {
  const path = join(files.folder, `${name}.json`);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw unreadable(path, error);
  }
  try {
    return elements(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    throw unreadable(path, error);
  }
}

function elements(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json.flatMap((page: unknown) => valuesOf(page) ?? [page]);
  return valuesOf(json) ?? [json];
}

function valuesOf(page: unknown): readonly unknown[] | null {
  return typeof page === 'object' && page !== null && 'values' in page && Array.isArray(page.values)
    ? page.values
    : null;
}

function unreadable(path: string, error: unknown): RemoteError {
  const reason = error instanceof Error ? error.message : String(error);
  return new RemoteError('jira-export', `${path} cannot be read: ${reason}; nothing of this export was kept`, {
    todo: 'export this file again, or take it away',
    cause: error,
  });
}
