import type { SourceRecord } from '../../core/model/record.ts';
import { RemoteError } from '../../lib/errors.ts';
import type { Cursor, Page, PullOptions, SourceDeps } from '../source.ts';
import { findExport } from './export-files.ts';
import type { ExportFiles } from './export-files.ts';
import { createIssueReader } from './issue-records.ts';
import { readPlan } from './plan-records.ts';
import { CutFile, readLines } from '../reading/read-lines.ts';
import type { Line } from '../reading/read-lines.ts';
import type { ExportScopes } from './scopes.ts';
import type { ExportSettings } from './settings.ts';
import { parseLine, surveyExport } from './survey.ts';

/** Where the reading of an export stands. */
interface Place {
  readonly files: string;
  readonly scopes: string;
  /** The last line that is stored. */
  readonly line: number;
  readonly startedAt: number;
  readonly isDone: boolean;
  /** Damaged lines so far that do not tell which issue they were. */
  readonly unknownLines: number;
}

// Each page is one transaction; ten thousand rows in one would stop everything else for too long.
const mostIssues = 250;
const mostChanges = 3000;

/** An unchanged export is not read again, a reading that was killed goes on, a changed export is read anew as a whole. */
export async function* pullExport(
  settings: ExportSettings,
  scopes: ExportScopes,
  deps: SourceDeps,
  request: { cursor: Cursor | null; options: PullOptions; signal: AbortSignal },
): AsyncGenerator<Page> {
  const files = await findExport(settings.path);
  if (!files) throw missing(settings.path);
  const signature = `${scopes.signature} ${JSON.stringify(settings.fields)}`;
  const before = readPlace(request.cursor);
  const isSame = before?.files === files.fingerprint && before.scopes === signature;
  if (isSame && before.isDone && !request.options.isFull) {
    const progress = { step: 'unchanged', done: before.line, total: before.line };
    yield { records: [], cursor: { ...before }, progress };
    return;
  }
  const start: Place =
    isSame && !before.isDone
      ? before
      : {
          files: files.fingerprint,
          scopes: signature,
          line: 0,
          startedAt: deps.clock.now(),
          isDone: false,
          unknownLines: 0,
        };
  yield* readExport(files, settings, scopes, { start, deps, signal: request.signal });
}

async function* readExport(
  files: ExportFiles,
  settings: ExportSettings,
  scopes: ExportScopes,
  run: { start: Place; deps: SourceDeps; signal: AbortSignal },
): AsyncGenerator<Page> {
  const { signal, deps } = run;
  const survey = await surveyExport(files, settings.fields, signal);
  const plan = await readPlan(files, survey, scopes);
  const readIssue = createIssueReader({ file: files.issues, survey, plan, scopes, startedAt: run.start.startedAt });
  let place = run.start;
  let records: SourceRecord[] = [];
  const seenProjects = new Set(survey.projectKeys.values());
  for (const [scope, keys] of scopes.wantedKeys) {
    const absent = keys.filter((key) => !seenProjects.has(key));
    if (absent.length > 0) {
      deps.log.warn(
        { source: deps.id, scope, absent, found: [...seenProjects] },
        'the export holds no issue of this project',
      );
    }
  }
  const page = (isDone = false): Page => {
    place = { ...place, isDone };
    const progress = { step: 'issues', done: place.line, total: survey.lines };
    const full = { records, cursor: { ...place }, progress };
    records = [];
    return full;
  };

  yield {
    records: plan.records,
    cursor: { ...place },
    progress: { step: 'plan', done: place.line, total: survey.lines },
  };
  let issues = 0;
  let changes = 0;
  try {
    for await (const batch of readLines(files.issues, signal)) {
      for (const line of batch) {
        if (line.number <= place.line) continue;
        refuseCutLine(line);
        const read = readIssue(line);
        records.push(...read.records);
        place = { ...place, line: line.number, unknownLines: place.unknownLines + Number(!read.isKnown) };
        issues++;
        changes += read.records.reduce(
          (sum, record) => sum + (record.kind === 'history' ? record.changes.length : 0),
          0,
        );
        if (issues < mostIssues && changes < mostChanges) continue;
        yield page();
        signal.throwIfAborted();
        issues = 0;
        changes = 0;
      }
    }
  } catch (error) {
    if (!(error instanceof CutFile)) throw error;
    if (records.length > 0) yield page();
    throw cutShort(files.issues, place.line, error);
  }
  if (place.unknownLines > 0) {
    deps.log.warn(
      { source: deps.id, lines: place.unknownLines },
      'lines that name no issue: nothing is taken for deleted',
    );
  } else {
    for (const scope of scopes.ids) records.push({ kind: 'census-end', scope, startedAt: place.startedAt });
  }
  yield page(true);
}

/** A last line without a line break that is no JSON was not written to its end. */
function refuseCutLine(line: Line): void {
  if (line.isUnended && parseLine(line.text) === undefined)
    throw new CutFile(`the file ends in the middle of line ${line.number}`);
}

function readPlace(cursor: Cursor | null): Place | null {
  if (!cursor || typeof cursor['line'] !== 'number' || typeof cursor['startedAt'] !== 'number') return null;
  return cursor as unknown as Place;
}

function missing(path: string): RemoteError {
  return new RemoteError('jira-export', `${path} holds no issues.jsonl or issues.jsonl.gz`, {
    todo: 'set `path` of this source to the folder of the export; it is relative to the working directory',
  });
}

function cutShort(file: string, line: number, cause: CutFile): RemoteError {
  const kept = line === 0 ? 'no issue was kept' : `its first ${line} lines are kept`;
  return new RemoteError('jira-export', `${file} cannot be read to its end: ${cause.message}; ${kept}`, {
    todo: 'copy or export this file again; the next sync then reads it anew',
    cause,
  });
}
