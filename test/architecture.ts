import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';

/** A source file by its path from `src/`, with its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const edges = ['sources', 'store', 'render', 'slack', 'web'];
const everything = [...edges, 'core', 'lib', 'config', 'jobs', 'demo', 'cli', 'app.ts', 'main.ts'];

/** The import table of src/README.md: what each folder may import besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  lib: [],
  sources: ['core', 'lib'],
  store: ['core', 'lib'],
  render: ['core', 'lib'],
  slack: ['core', 'lib'],
  web: ['core', 'lib'],
  config: ['core', 'lib'],
  jobs: ['core', 'lib', 'config', ...edges],
  demo: ['core', 'lib'],
  'app.ts': everything,
  cli: everything,
  'main.ts': everything,
};

/** `config` joins the slices of settings that the edges export, and nothing else of theirs. */
const configSlices = /^(sources\/(registry|source)\.ts|(store|render|slack|web)\/config\.ts)$/;
/** What the edges hand to one another passes through these files of types. */
const sharedTypes: readonly string[] = ['render/message.ts'];
/** None: dates are reckoned by our own arithmetic. */
const corePackages: readonly string[] = [];

const importStatement =
  /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g;

function roomOf(path: string): string {
  return path.split('/')[0]!;
}

/** What a file imports: files by their paths from `src/`, packages by their names; both as they are written, too. */
function importsOf(file: SourceFile): readonly { readonly written: string; readonly path: string | null }[] {
  return [...file.text.matchAll(importStatement)].map((match) => {
    const written = match[1] ?? match[2] ?? match[3]!;
    if (!written.startsWith('.')) return { written, path: null };
    return {
      written,
      path: normalize(join(dirname(file.path), written))
        .split(sep)
        .join('/'),
    };
  });
}

/** Every import that the table forbids, as `from -> to`. */
export function forbiddenImports(files: readonly SourceFile[]): string[] {
  const found: string[] = [];
  for (const file of files) {
    const room = roomOf(file.path);
    const allowed = mayImport[room];
    if (!allowed) {
      found.push(`${file.path} stands in a folder that the import table does not name`);
      continue;
    }
    for (const { written, path } of importsOf(file)) {
      if (path === null) {
        const bare = written.startsWith('@') ? written.split('/').slice(0, 2).join('/') : written.split('/')[0]!;
        if (room === 'core' && !corePackages.includes(bare)) found.push(`${file.path} -> ${written}`);
        continue;
      }
      if (path.startsWith('..')) continue;
      const targetRoom = roomOf(path);
      if (targetRoom === room || allowed.includes(targetRoom)) continue;
      if (room === 'slack' && sharedTypes.includes(path)) continue;
      if (room === 'config' && configSlices.test(path)) continue;
      found.push(`${file.path} -> ${path}`);
    }
  }
  return found;
}

/**
 * The rooms of a folder as the map has them: the names in the first column of the table that follows `heading`, in order.
 * Files that are named stand for those beside them.
 */
export function roomsOf(map: string, heading: string): readonly string[] {
  const [, after] = map.split(heading);
  if (after === undefined) throw new Error(`expected a line with "${heading}" in the map, found none`);
  const [, , , ...rows] = after.slice(after.indexOf('\n|')).split('\n');
  return rows
    .slice(
      0,
      rows.findIndex((row) => !row.startsWith('|')),
    )
    .flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
}

/** Every import from one room of a folder to another that comes after it, and every file in a room that has no name. */
export function upwardImports(files: readonly SourceFile[], folder: string, rooms: readonly string[]): string[] {
  const within = (path: string) => (path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null);
  const loose = rooms.findIndex((room) => room.endsWith('.ts'));
  const rankOf = (path: string) => {
    const rank = rooms.indexOf(roomOf(path));
    return rank === -1 && !path.includes('/') ? loose : rank;
  };
  return files.flatMap((file) => {
    const own = within(file.path);
    if (own === null) return [];
    const rank = rankOf(own);
    if (rank === -1) return [`${file.path} stands in a room that the map does not name`];
    return importsOf(file).flatMap(({ path }) => {
      const target = path === null ? null : within(path);
      return target !== null && rankOf(target) > rank ? [`${file.path} -> ${path}`] : [];
    });
  });
}

/** One folder a tool: what several have in common stands beside them. These two read what another tool wrote. */
const readsAlso: Readonly<Record<string, string>> = { 'jira-export': 'jira', events: 'events-file' };
const common: readonly string[] = ['pulling', 'checking', 'reading'];

/** Every import from the folder of one tool to that of another. */
export function toolsThatKnowOthers(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const [top, tool, ...rest] = file.path.split('/');
    if (top !== 'sources' || rest.length === 0) return [];
    return importsOf(file).flatMap(({ path }) => {
      const [targetTop, target, ...below] = path?.split('/') ?? [];
      const isFree = targetTop !== 'sources' || below.length === 0 || target === tool || common.includes(target!);
      return isFree || readsAlso[tool!] === target ? [] : [`${file.path} -> ${path}`];
    });
  });
}

/** All TypeScript files under `root`, with paths from there. */
export function readSources(root: string): SourceFile[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }));
}
