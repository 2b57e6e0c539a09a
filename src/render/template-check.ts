import { readFileSync } from 'node:fs';
import { closest } from 'fastest-levenshtein';
import Handlebars from 'handlebars';
import type { Problem } from '../lib/errors.ts';

export interface TemplateRules {
  /** Names of all partials of the language. */
  readonly partials: ReadonlySet<string>;
  readonly options: CompileOptions;
}

export interface CheckedTemplate {
  /** Null when the template cannot be used. */
  readonly program: hbs.AST.Program | null;
  readonly problems: readonly Problem[];
}

/** Parses and compiles a template once, so that what is wrong with it is known at start and not on a Monday at 9. */
export function checkTemplate(engine: typeof Handlebars, path: string, rules: TemplateRules): CheckedTemplate {
  let program: hbs.AST.Program;
  const visitor = new Rules(path, rules);
  try {
    program = engine.parse(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'), { srcName: path });
    visitor.accept(program);
    if (visitor.problems.length === 0) engine.precompile(program, rules.options);
  } catch (error) {
    return { program: null, problems: [...visitor.problems, problemOf(path, error as Error)] };
  }
  return { program: visitor.problems.length === 0 ? program : null, problems: visitor.problems };
}

/** Handlebars says `Parse error on line 3:`, an excerpt with an arrow, and what it expected; or ` - 3:7` at the end. */
function problemOf(path: string, error: Error): Problem {
  const [first = '', excerpt = ''] = error.message.split('\n');
  const line = /^Parse error on line (\d+)/.exec(first)?.[1];
  if (line !== undefined) {
    return { where: `${path}:${line}`, path: '', expected: 'a Handlebars expression', found: excerpt.trim() };
  }
  const place = / - (\d+:\d+)$/.exec(first);
  const found = place ? first.slice(0, place.index) : error.message;
  return { where: place ? `${path}:${place[1]}` : path, path: '', expected: 'a template that compiles', found };
}

class Rules extends Handlebars.Visitor {
  readonly problems: Problem[] = [];
  readonly #path: string;
  readonly #rules: TemplateRules;
  readonly #helpers: readonly string[];
  constructor(path: string, rules: TemplateRules) {
    super();
    this.#path = path;
    this.#rules = rules;
    this.#helpers = Object.keys(rules.options.knownHelpers ?? {});
  }

  #report(node: hbs.AST.Node, expected: string, found: string): void {
    const { line, column } = node.loc.start;
    this.problems.push({ where: `${this.#path}:${line}:${column + 1}`, path: '', expected, found });
  }

  override Program(program: hbs.AST.Program): void {
    for (const [index, statement] of program.body.entries()) {
      if (statement.type === 'PartialStatement') keepLineBreak(statement, program.body[index + 1]);
    }
    super.Program(program);
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    if (!mustache.escaped) this.#report(mustache, '{{ }}, so that values stay text', '{{{ }}} or {{& }}');
    this.#checkHelper(mustache);
    super.MustacheStatement(mustache);
  }

  override SubExpression(expression: hbs.AST.SubExpression): void {
    this.#checkHelper(expression);
    super.SubExpression(expression);
  }

  /** With arguments it can only be a helper; a bare name may be a field of the report. */
  #checkHelper(call: hbs.AST.MustacheStatement | hbs.AST.SubExpression): void {
    const { original: name } = call.path as hbs.AST.PathExpression;
    const hasArguments = call.params.length > 0 || (call.hash?.pairs.length ?? 0) > 0;
    if (!hasArguments || name === 'lookup' || this.#helpers.includes(name)) return;
    this.#report(call, 'the name of a helper', `${name}; did you mean ${closest(name, this.#helpers)}?`);
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const name = block.path.original;
    const known = ['if', 'unless', 'each', 'with', 'line', 'capital'];
    if (!known.includes(name)) this.#report(block, `a block helper (${known.join(', ')})`, `{{#${name}}}`);
    super.BlockStatement(block);
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    const { name } = partial;
    if (name.type === 'PathExpression' && !this.#rules.partials.has(name.original)) {
      this.#report(partial, 'the name of a partial', `{{> ${name.original}}}`);
    }
    super.PartialStatement(partial);
  }

  override PartialBlockStatement(partial: hbs.AST.PartialBlockStatement): void {
    this.#report(partial, '{{> partial}}', '{{#> partial}}');
  }

  override Decorator(decorator: hbs.AST.Decorator): void {
    this.#report(decorator, 'no decorators', '{{* }}');
  }

  override DecoratorBlock(decorator: hbs.AST.DecoratorBlock): void {
    this.#report(decorator, 'a file under partials/', '{{#* }}');
  }
}

interface Content extends hbs.AST.Statement {
  value: string;
  original: string;
  rightStripped?: boolean;
}

/**
 * Handlebars swallows the line break after a partial that stands alone on its line, trusting that the partial ends
 * with one. Ours do not, so that the same partial serves in the middle of a line: the break is given back.
 */
function keepLineBreak(statement: hbs.AST.Statement, next: hbs.AST.Statement | undefined): void {
  if (next?.type !== 'ContentStatement') return;
  const content = next as Content;
  const lineBreak = /^[ \t]*\n/.exec(content.original);
  const isTrimmed = (statement as hbs.AST.PartialStatement).strip.close;
  if (lineBreak && content.rightStripped === true && !isTrimmed) content.value = lineBreak[0] + content.value;
}
