/**
 * The one Handlebars engine. `templates/<locale>/<name>.hbs` writes Markdown; `templates/<locale>/partials/**.hbs` are
 * pieces of it, called `{{> name}}` (`{{> folder/name}}`). Everything is compiled at start and fails there.
 *
 * How to write them
 * - `{{value}}` is text, whatever is in it: it cannot become markup. `null` prints as "–"; a name that the report does
 *   not have, an object or a fraction (use `number`) throws. `{{{ }}}` is refused.
 * - A line break inside a paragraph is a blank; a backslash at the end of the line keeps it. Indenting does nothing but
 *   nest lists. `# ` is the title. `:::note` … `:::` is small print, `:::thread` … `:::` goes into the thread on Slack
 *   (at the top level, each marker on a line of its own). No raw HTML, no images; `**bold**`, `*italic*`, `` `code` ``,
 *   tables, lists, quotes and rules are there. Links are made by `item`, `link` or a fixed `[text](https://…)`.
 * - A partial is spliced in without its last line break, in the middle of a line as well as on its own line.
 *
 * Helpers
 *   dates    day (12 Dec | 12 décembre) · dayLong (Mon 1 Dec | lundi 1er décembre) · month (Dec | décembre) · instant (24 Nov 08:12 |
 *            24 novembre à 8 h 12) · time · week (ISO number). Days and instants both; the zone is the report's; the
 *            year is shown when it is not the year of as-of.
 *   numbers  number n [digits=1] · percent share [digits=0] (never 0 % or 100 % unless it is) · signed n · abs ·
 *            money minor currency [significant=3] (€1,250) ·
 *            plus · minus · plural n one="# item" other="# items" [zero="none"] · ordinal n one="#st" … other="#th"
 *   lists    list texts [type="or"] [truncate=40] (a, b and c) · itemLinks items [type="or"] · first list n · rest list n · last list n ·
 *            size list · keys list (APO-3, 7, 9–12; HER-1)
 *   words    shape colour (● ▲ ■ ○) · truncate text n · concat … · item ref [summary=60] · link label url ·
 *            partial folder code: the name of the partial for a code, in kebab case (`{{> (partial "reasons" code)}}`
 *            takes `reasons/aged-wip` for AGED_WIP or agedWip), or of `<folder>/other` where there is none such
 *   logic    eq ne lt lte gt gte (false with null) · and · or · not · has record name · includes list value;
 *            if, unless, each, with throw on a name that does not exist. Empty lists are false.
 *   blocks   {{#line [by=" · "] [lead="**Next** "]}} … {{/line}}: joins its lines, drops the empty ones, is nothing
 *            (without the lead) when all are · {{#capital}} … {{/capital}}: first letter as a capital
 * A field that is called like a helper is read as `this.first`.
 */
import { readdirSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import Handlebars from 'handlebars';
import type { AnyReport } from '../core/reports/any-report.ts';
import { ConfigError } from '../lib/errors.ts';
import type { Problem } from '../lib/errors.ts';
import type { Document } from './document.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import type { Helper, Helpers } from './helper.ts';
import { HelperError, Markdown, absent, textOf } from './helper.ts';
import { createLocaleFormat } from './locale-format.ts';
import { isTruthy, logicHelpers } from './logic-helpers.ts';
import { parseMarkdown } from './markdown.ts';
import { createMarkdownHelpers } from './markdown-helpers.ts';
import { checkTemplate } from './template-check.ts';
import { createTextHelpers } from './text-helpers.ts';

export interface Templates {
  /** Languages that there are templates for, sorted. */
  readonly locales: readonly string[];
  /** Names of templates; every locale has all of them. */
  readonly names: readonly string[];
  /** What a template says about `data`, as Markdown. Throws on a mistake of the template, with its file. */
  write(name: string, locale: string, data: object): string;
}

/** A report in words of `locale`; `fr-CA` is served by `fr` where there is no closer one. */
export function render(templates: Templates, report: AnyReport, locale: string): Document {
  return renderTemplate(templates, report.kind, report, locale);
}

/** The same for templates that are no report: answers and notices. Dates in `data` need its `asOf` and `zone`. */
export function renderTemplate(templates: Templates, name: string, data: object, locale: string): Document {
  const markdown = templates.write(name, locale, data);
  try {
    return parseMarkdown(markdown, locale);
  } catch (error) {
    throw new Error(`template ${name} (${locale}): ${(error as Error).message}`, { cause: error });
  }
}

/** A template or partial as it stands in a file. */
interface Source {
  readonly locale: string;
  /** `project-digest`, or `reasons/aged-wip` for a partial. */
  readonly name: string;
  readonly isPartial: boolean;
  readonly path: string;
}

type Write = (data: object) => string;

/** Said aloud, else Handlebars warns on standard error at each try. */
const plainDataOnly = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

/**
 * Reads and compiles all templates of these folders; one in a later folder replaces its namesake in an earlier one.
 * Throws ConfigError with every problem: file, line and column, what was expected.
 */
export function loadTemplates(dirs: readonly string[]): Templates {
  const sources = dirs.flatMap(findSources);
  const problems: Problem[] = missing(sources);
  if (sources.length === 0) {
    problems.push({
      where: dirs.join(', '),
      path: '',
      expected: 'templates as <locale>/<name>.hbs',
      found: 'none',
    });
  }
  const locales = [...new Set(sources.map((source) => source.locale))].sort();
  const writers = new Map(
    locales.map((locale) => {
      const own = sources.filter((source) => source.locale === locale);
      return [locale, compileLocale(locale, own, problems)];
    }),
  );
  if (problems.length > 0) throw new ConfigError(problems);
  const names = [...new Set(sources.filter((source) => !source.isPartial).map((source) => source.name))].sort();
  return {
    locales,
    names,
    write: (name, locale, data) => {
      const writer = writers.get(closest(locale, locales))?.get(name);
      if (!writer) throw new Error(`expected one of the templates ${names.join(', ')}, found ${name}`);
      return writer(data);
    },
  };
}

function closest(wanted: string, locales: readonly string[]): string {
  const language = wanted.split(/[-_]/)[0]!;
  const found = [wanted, language].find((locale) => locales.includes(locale));
  if (found === undefined) throw new Error(`expected one of the locales ${locales.join(', ')}, found ${wanted}`);
  return found;
}

function findSources(dir: string): Source[] {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'))
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const [locale = '', ...folders] = relative(dir, entry.parentPath).split(sep);
      const isPartial = folders[0] === 'partials';
      if (locale === '' || (!isPartial && folders.length > 0)) return [];
      const name = [...folders.slice(1), basename(entry.name, '.hbs')].join('/');
      return [{ locale, name, isPartial, path }];
    });
}

/** What one language says, all must say: a code without words would only be found on the day that it occurs. */
function missing(sources: readonly Source[]): Problem[] {
  const problems: Problem[] = [];
  const keyOf = (source: Source) => `${source.isPartial ? 'partials/' : ''}${source.name}.hbs`;
  for (const locale of new Set(sources.map((source) => source.locale))) {
    const own = new Set(sources.filter((source) => source.locale === locale).map(keyOf));
    const others = new Map(sources.map((source) => [keyOf(source), source.path]));
    for (const [key, path] of others) {
      if (own.has(key)) continue;
      const hint = `translate ${path}`;
      problems.push({ where: `${locale}/${key}`, path: '', expected: 'a template', found: 'none', hint });
    }
  }
  return problems;
}

/** All templates of a language on one engine; problems are added to `problems`. */
function compileLocale(locale: string, sources: readonly Source[], problems: Problem[]): Map<string, Write> {
  Handlebars.Utils.escapeExpression = escapeValue;
  const engine = Handlebars.create();
  const partials = new Set(sources.filter((source) => source.isPartial).map((source) => source.name));
  const format = createLocaleFormat(locale);
  const helpers: Helpers = {
    ...createTextHelpers(format),
    ...createMarkdownHelpers(format),
    ...logicHelpers,
    partial: ([folder, code]) => partialName(partials, textOf(folder), textOf(code)),
  };
  for (const [name, helper] of Object.entries(helpers)) engine.registerHelper(name, adapt(name, helper));
  for (const name of ['if', 'unless', 'each', 'with'] as const) requireArgument(engine, name);

  const known = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));
  const options = {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: known,
  } satisfies CompileOptions;
  const writers = new Map<string, Write>();
  for (const source of sources) {
    const { program, problems: found } = checkTemplate(engine, source.path, { partials, options });
    problems.push(...found);
    if (program === null) continue;
    const write = naming(source.path, engine.compile<object>(program, options));
    if (source.isPartial) engine.registerPartial(source.name, withoutLastBreak(write));
    else writers.set(source.name, (data) => write(data, plainDataOnly));
  }
  return writers;
}

/** What stands for a value in Markdown. Process-wide in Handlebars, hence set here and nowhere else. */
function escapeValue(value: unknown): string {
  if (value instanceof Markdown) return value.text;
  if (value === null) return absent;
  if (typeof value === 'string') return escapeMarkdown(value);
  if (typeof value === 'number' && Number.isInteger(value)) return escapeMarkdown(String(value));
  const found = typeof value === 'number' ? `${value} (use {{number}})` : typeof value;
  throw new HelperError(`expected a text or a whole number to print, found ${found}`);
}

function adapt(name: string, helper: Helper): Handlebars.HelperDelegate {
  return function (this: unknown, ...given: unknown[]) {
    const options = given.pop() as Handlebars.HelperOptions;
    const data = options.data as { root: Record<string, unknown> };
    const body = () => (typeof options.fn === 'function' ? options.fn(this) : '');
    try {
      return helper(given, { named: options.hash as Record<string, unknown>, root: data.root, body });
    } catch (error) {
      if (error instanceof HelperError && !error.message.startsWith('{{')) {
        throw new HelperError(`{{${name}}}: ${error.message}`, { cause: error });
      }
      throw error;
    }
  };
}

/** Handlebars takes a misspelt name in `{{#if}}` for false and in `{{#each}}` for an empty list. */
function requireArgument(engine: typeof Handlebars, name: 'if' | 'unless' | 'each' | 'with'): void {
  const original = engine.helpers[name]!;
  engine.registerHelper(name, function (this: unknown, value: unknown, options: Handlebars.HelperOptions) {
    if (value === undefined) throw new HelperError(`{{#${name}}}: expected a value that the report has, found nothing`);
    const argument = name === 'if' || name === 'unless' ? isTruthy(value) : value;
    return original.call(this, argument, options) as unknown;
  });
}

function partialName(partials: ReadonlySet<string>, folder: string, code: string): string {
  const kebab = code
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
  const found = [kebab, 'other'].map((name) => `${folder}/${name}`).find((name) => partials.has(name));
  if (found === undefined)
    throw new HelperError(`expected a partial ${folder}/${kebab} or ${folder}/other, found none`);
  return found;
}

type Compiled = HandlebarsTemplateDelegate<object>;

/** Puts the file's name before the message of whatever goes wrong in it; the innermost file wins. */
function naming(path: string, compiled: Compiled): Compiled {
  return (data, options) => {
    try {
      return compiled(data, options);
    } catch (error) {
      if (error instanceof TemplateError) throw error;
      throw new TemplateError(`${path}: ${(error as Error).message}`, { cause: error });
    }
  };
}

class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

function withoutLastBreak(compiled: Compiled): Compiled {
  return (data, options) => compiled(data, options).replace(/\n+$/, '');
}
