import { createReadStream } from 'node:fs';
import { explainIssues, formatPath, nearest } from '../config/explain-issue.ts';
import { calculations } from '../core/calc/registry.ts';
import type { CalcName } from '../core/calc/registry.ts';
import { formatProblem } from '../lib/errors.ts';
import type { Problem } from '../lib/errors.ts';
import { calcSchemas } from './calc/schemas.ts';
import type { ExitCode, Io } from './io.ts';

export interface CalcArguments {
  readonly name: string;
  /** Read instead of standard input. */
  readonly file?: string;
  /** One document a line in, one a line out. */
  readonly lines?: boolean;
}

type Answer = { readonly text: string } | { readonly problems: readonly Problem[] };

/**
 * `vigie calc NAME`: one JSON document in, one out, no database, no network, no clock. With `lines`, a bad line is told
 * by its number and the others go on. Answers 2 when anything was wrong.
 */
export async function calc(
  { name, file, lines = false }: CalcArguments,
  io: Pick<Io, 'stdin' | 'stdout' | 'stderr'>,
): Promise<ExitCode> {
  const tell = (problems: readonly Problem[]): ExitCode => {
    // One line a problem, whatever stands in a key or in a parser's message.
    for (const problem of problems) io.stderr(`${formatProblem(problem).replace(/\p{Cc}+/gu, ' ')}\n`);
    return problems.length > 0 ? 2 : 0;
  };
  const say = (answer: Answer): ExitCode => {
    if ('problems' in answer) return tell(answer.problems);
    io.stdout(`${answer.text}\n`);
    return 0;
  };
  if (!isCalcName(name)) return tell([unknownName(name)]);
  try {
    const documents = file === undefined ? io.stdin : createReadStream(file);
    if (!lines) return say(answer(name, await readAll(documents), ''));
    let exit: ExitCode = 0;
    let number = 0;
    for await (const line of readLines(documents)) {
      number++;
      if (line.trim() !== '' && say(answer(name, line, `line ${number}`)) !== 0) exit = 2;
    }
    return exit;
  } catch (error) {
    if (file === undefined || !isFileError(error)) throw error;
    return tell([{ where: '--file', path: '', expected: 'a file that can be read', found: `${file} (${error.code})` }]);
  }
}

function isCalcName(name: string): name is CalcName {
  return Object.hasOwn(calculations, name);
}

function unknownName(name: string): Problem {
  const names = Object.keys(calculations);
  const near = nearest(name, names);
  return {
    where: 'name',
    path: '',
    expected: `one of ${names.join(', ')}`,
    found: JSON.stringify(name),
    ...(near ? { hint: `did you mean "${near}"?` } : {}),
  };
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** One document's answer, or everything that is wrong with it. `where` stands before each path. */
function answer(name: CalcName, text: string, where: string): Answer {
  const whole = where || 'input';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const found = text.trim() === '' ? 'nothing' : (error as Error).message;
    return { problems: [{ where: whole, path: '', expected: 'one JSON document', found }] };
  }
  const schema = calcSchemas[name];
  const checked = schema.safeParse(value);
  if (!checked.success)
    return {
      problems: explainIssues(schema, value, checked.error.issues).map(({ path, ...problem }) =>
        path.length > 0 ? { where, path: formatPath(path), ...problem } : { where: whole, path: '', ...problem },
      ),
    };
  // The schema of a name is typed by the input of its calculation; only the union of all hides it here.
  const calculate = calculations[name] as (input: unknown) => unknown;
  try {
    return { text: JSON.stringify(calculate(checked.data)) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return {
      problems: [{ where: whole, path: '', expected: 'values that can be reckoned with', found: error.message }],
    };
  }
}

async function readAll(chunks: AsyncIterable<Buffer | string>): Promise<string> {
  let text = '';
  for await (const piece of decode(chunks)) text += piece;
  return text;
}

async function* readLines(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of decode(chunks)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  yield rest;
}

/** UTF-8 whose characters may be cut by the chunks; a byte order mark is dropped. */
async function* decode(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
