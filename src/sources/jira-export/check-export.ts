import { RemoteError } from '../../lib/errors.ts';
import { ownValue } from '../reading/values.ts';
import type { SourceProblem } from '../source.ts';
import { findExport, readSideFile } from './export-files.ts';
import { readLines } from '../reading/read-lines.ts';
import type { ExportScopes } from './scopes.ts';
import type { ExportSettings } from './settings.ts';
import { parseLine } from './survey.ts';

// Enough to see whether the file is an export and which projects are in it, in a blink.
const sampleLines = 2000;

/** Is there an export, can it be read, and does it hold the projects that the config names? */
export async function checkExport(settings: ExportSettings, scopes: ExportScopes): Promise<readonly SourceProblem[]> {
  const files = await findExport(settings.path);
  if (!files) {
    return [
      {
        severity: 'error',
        what: `jira-export path ${settings.path}`,
        expected: 'a folder with issues.jsonl or issues.jsonl.gz',
        found: 'no such file',
        todo: 'set `path` to the folder of the export; it is relative to the working directory',
      },
    ];
  }
  const problems: SourceProblem[] = [];
  for (const name of ['versions', 'sprints', 'statuses', 'fields', 'board'] as const) {
    try {
      await readSideFile(files, name);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      const todo = error.todo ?? 'export this file again';
      problems.push({ severity: 'error', what: `${name}.json`, expected: 'JSON', found: error.message, todo });
    }
  }
  problems.push(...(await checkIssues(files.issues, scopes)));
  return problems;
}

async function checkIssues(file: string, scopes: ExportScopes): Promise<SourceProblem[]> {
  const { keys, good, isWhole, error } = await sample(file);
  if (good === 0) {
    const found = error ?? 'none in its first lines';
    const todo = 'give one issue a line, as the search of Jira answers it';
    return [{ severity: 'error', what: file, expected: 'issues as JSON, one a line', found, todo }];
  }
  const problems: SourceProblem[] = [];
  if (error) {
    const todo = 'copy or export this file again';
    problems.push({
      severity: 'error',
      what: file,
      expected: 'a file that can be read to its end',
      found: error,
      todo,
    });
  }
  for (const [scope, wanted] of scopes.wantedKeys) {
    for (const key of wanted) {
      if (keys.has(key)) continue;
      problems.push({
        severity: isWhole ? 'error' : 'warning',
        what: `project ${scope}`,
        expected: `issues of ${key} in ${file}`,
        found: `${isWhole ? 'only' : `in the first ${sampleLines}`} ${[...keys].join(', ')}`,
        todo: 'correct `scope.project`, or export that project too',
      });
    }
  }
  return problems;
}

async function sample(
  file: string,
): Promise<{ keys: Set<string>; good: number; isWhole: boolean; error: string | null }> {
  const keys = new Set<string>();
  let good = 0;
  try {
    for await (const batch of readLines(file, new AbortController().signal)) {
      for (const line of batch) {
        if (line.number > sampleLines) return { keys, good, isWhole: false, error: null };
        const key = ownValue(ownValue(ownValue(parseLine(line.text), 'fields'), 'project'), 'key');
        if (typeof key !== 'string') continue;
        good++;
        keys.add(key);
      }
    }
  } catch (error) {
    return { keys, good, isWhole: false, error: error instanceof Error ? error.message : String(error) };
  }
  return { keys, good, isWhole: true, error: null };
}
