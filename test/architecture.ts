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
    for (const match of file.text.matchAll(importStatement)) {
      const target = match[1] ?? match[2] ?? match[3]!;
      if (!target.startsWith('.')) {
        const bare = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : target.split('/')[0]!;
        if (room === 'core' && !corePackages.includes(bare)) found.push(`${file.path} -> ${target}`);
        continue;
      }
      const path = normalize(join(dirname(file.path), target))
        .split(sep)
        .join('/');
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

/** All TypeScript files under `root`, with paths from there. */
export function readSources(root: string): SourceFile[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }));
}
