import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/lib/errors.ts';
import { stripMarks } from '../../src/render/escape-markdown.ts';
import { loadTemplates, renderTemplate } from '../../src/render/templates.ts';
import { toText } from '../../src/render/text.ts';
import { aFolder } from './folder.ts';

/** 24 Nov 2026 07:12 UTC, which is 08:12 in Paris. */
const asOf = Date.UTC(2026, 10, 24, 7, 12);
const item = { key: 'APO-214', summary: 'Pay with *stars* & <tags>', url: 'https://jira.test/browse/APO-214' };
const data = {
  asOf,
  zone: 'Europe/Paris',
  name: '1.4 "Payments"',
  on: '2026-12-01',
  nextYear: '2027-12-12',
  september: '2026-09-30',
  midnight: Date.UTC(2026, 10, 23, 23, 5),
  none: null,
  zero: 0,
  one: 1,
  many: 1234.56,
  share: 0.854,
  sure: 1,
  almost: 0.9991,
  less: -3,
  empty: [],
  words: ['a', 'b', 'c'],
  code: 'AGED_WIP',
  item,
  items: [item, { ...item, key: 'APO-3', url: null }],
  facts: { days: 9 },
};

function write(template: string, locale: string, more: Readonly<Record<string, string>> = {}): string {
  const folder = aFolder({
    'en/t.hbs': template,
    'fr/t.hbs': template,
    ...Object.fromEntries(
      Object.entries(more).flatMap(([name, text]) => [
        [`en/${name}`, text],
        [`fr/${name}`, text],
      ]),
    ),
  });
  return toText(renderTemplate(loadTemplates([folder]), 't', data, locale)).trimEnd();
}

describe('helpers', () => {
  it.each([
    ['{{day on}}', '1 Dec', '1er décembre'],
    ['{{day nextYear}}', '12 Dec 2027', '12 décembre 2027'],
    ['{{day september}}', '30 Sep', '30 septembre'],
    ['{{day midnight}}', '24 Nov', '24 novembre'],
    ['{{dayLong on}}', 'Tue 1 Dec', 'mardi 1er décembre'],
    ['{{instant asOf}}', '24 Nov 08:12', '24 novembre à 8\u00A0h\u00A012'],
    ['{{instant midnight}}', '24 Nov 00:05', '24 novembre à 0\u00A0h\u00A005'],
    ['{{time asOf}}', '08:12', '8\u00A0h\u00A012'],
    ['{{week on}}', '49', '49'],
    ['{{day none}} {{number none}} {{none}}', '– – –', '– – –'],
    ['{{number many}}', '1,234.6', '1\u202F234,6'],
    ['{{number many digits=0}}', '1,235', '1\u202F235'],
    [
      '{{percent share}} {{percent sure}} {{percent almost}}',
      '85\u00A0% 100\u00A0% 99\u00A0%',
      '85\u00A0% 100\u00A0% 99\u00A0%',
    ],
    ['{{percent almost digits=1}}', '99.9\u00A0%', '99,9\u00A0%'],
    ['{{signed less}} {{signed one}} {{signed zero}}', '−3 +1 0', '−3 +1 0'],
    ['{{number (abs less)}} {{number (plus one less)}} {{number (minus one less)}}', '3 -2 4', '3 -2 4'],
    ['{{plural zero one="# day" other="# days"}}', '0 days', '0 day'],
    ['{{plural one one="# day" other="# days"}}', '1 day', '1 day'],
    ['{{plural zero zero="nothing" one="# day" other="# days"}}', 'nothing', 'nothing'],
    ['{{plural many one="# day" other="# days"}}', '1,234.6 days', '1\u202F234,6 days'],
    ['{{ordinal one one="#st" other="#th"}}', '1st', '1st'],
    ['{{list words}} / {{list words type="or"}}', 'a, b and c / a, b or c', 'a, b et c / a, b ou c'],
    ['{{size words}} {{list (first words 2)}} {{list (rest words 2)}}', '3 a and b c', '3 a et b c'],
    ['{{shape "green"}}{{shape "amber"}}{{shape "red"}}{{shape "unknown"}}', '●▲■○', '●▲■○'],
    ['{{truncate name 7}}', '1.4 "P…', '1.4 "P…'],
    ['{{item item}}', 'APO-214', 'APO-214'],
    ['{{item item summary=20}}', 'APO-214 Pay with *stars* &…', 'APO-214 Pay with *stars* &…'],
    ['{{itemLinks items}}', 'APO-214 and APO-3', 'APO-214 et APO-3'],
    ['{{link name "https://x.test/"}}', '1.4 "Payments" <https://x.test/>', '1.4 "Payments" <https://x.test/>'],
    ['{{#capital}}**{{> w}}**{{/capital}}', 'À risque', 'À risque'],
    ['{{> (partial "reasons" code)}}, {{> (partial "reasons" "agedWip")}}', 'too old, too old', 'too old, too old'],
    ['{{> (partial "reasons" "NEW_ONE")}}', 'other', 'other'],
    [
      '{{#line lead="Next: "}}\n{{#if one}}\na\n{{/if}}\n\n{{#if zero}}b{{/if}}\nc\n{{/line}}',
      'Next: a · c',
      'Next: a · c',
    ],
    ['x{{#line lead="Next: "}}\n{{#if zero}}b{{/if}}\n{{/line}}', 'x', 'x'],
    ['{{#line by=", "}}a\nb{{/line}}', 'a, b', 'a, b'],
    ['{{#if (and one (or zero words) (not empty))}}yes{{else}}no{{/if}}', 'yes', 'yes'],
    ['{{#if empty}}yes{{else}}no{{/if}}{{#unless zero}}!{{/unless}}', 'no!', 'no!'],
    ['{{#if (gt none 1)}}yes{{else}}no{{/if}}{{#if (lte one 1)}}!{{/if}}', 'no!', 'no!'],
    ['{{#if (eq none null)}}unknown{{/if}} {{#if (ne code "x")}}other{{/if}}', 'unknown other', 'unknown other'],
    ['{{#if (has facts "days")}}{{facts.days}}{{/if}}{{#if (has facts "x")}}no{{/if}}', '9', '9'],
    ['{{#if (includes words "b")}}yes{{/if}}', 'yes', 'yes'],
    ['{{#each words}}{{this}}{{#unless @last}}-{{/unless}}{{/each}}', 'a-b-c', 'a-b-c'],
  ])('%s', (template, en, fr) => {
    const more = {
      'partials/w.hbs': 'à risque\n',
      'partials/reasons/aged-wip.hbs': 'too old\n',
      'partials/reasons/other.hbs': 'other\n',
    };
    expect(write(template, 'en', more)).toBe(en);
    expect(write(template, 'fr', more)).toBe(fr);
  });

  it('splices partials into lines and as blocks', () => {
    const more = { 'partials/p.hbs': '{{#if one}}\nP {{code}}\n{{/if}}\n', 'partials/list.hbs': '* a\n* b\n' };
    const text = write(
      'a {{> p}}, b\n\n{{> p}}\n\n{{> list}}\n{{#each words}}\n{{> p one=1 code=this}}\n{{/each}}\nend',
      'en',
      more,
    );
    expect(text).toBe('a P AGED_WIP, b\n\nP AGED_WIP\n\n• a\n• b P a P b P c end');
  });

  it.each([
    ['{{typo}}', /t\.hbs: "typo" not defined.* - 1:2/],
    ['{{day typo}}', /t\.hbs: \{\{day\}\}: expected a text, found nothing/],
    ['{{#if typo}}x{{/if}}', /\{\{#if\}\}: expected a value that the report has/],
    ['{{#each typo}}x{{/each}}', /\{\{#each\}\}/],
    ['{{#if (eq typo 1)}}x{{/if}}', /\{\{eq\}\}/],
    ['{{facts}}', /expected a text or a whole number to print, found object/],
    ['{{many}}', /use \{\{number\}\}/],
    ['{{day name}}', /expected a day, found "1.4/],
    ['{{plural one many="x"}}', /expected forms such as/],
    ['{{link name "javascript:alert(1)"}}', /http or https/],
    ['[x](https://x.test/{{code}})', /helper `link`/],
    ['<b>{{code}}</b>', /t \(en\).* html/],
    ['{{> p}}', /p\.hbs: "typo" not defined/],
    ['{{> (partial "reasons" code)}}', /expected a partial reasons\/aged-wip/],
    ['{{constructor}}', /not defined|text or a whole number/],
    ['{{#with facts}}{{toString}}{{/with}}', /text or a whole number/],
  ])('says what is wrong with %s', (template, message) => {
    expect(() => write(template, 'en', { 'partials/p.hbs': '{{typo}}' })).toThrow(message);
  });

  it('takes no value for Markdown, whatever object it comes in', () => {
    const folder = aFolder({ 'en/t.hbs': '{{safe}}' });
    expect(() => loadTemplates([folder]).write('t', 'en', { safe: { toHTML: () => '**x**', text: 'x' } })).toThrow(
      /object/,
    );
  });
});

describe('loadTemplates', () => {
  const problemsOf = (files: Readonly<Record<string, string>>): readonly string[] => {
    const folder = aFolder(files);
    try {
      loadTemplates([folder]);
    } catch (error) {
      return (error as ConfigError).message.replaceAll(`${folder}/`, '').split('\n');
    }
    return [];
  };

  it.each([
    ['{{#if a}}x', 'en/t.hbs:1: expected a Handlebars expression, found {{#if a}}x'],
    ['x\n{{{a}}}', 'en/t.hbs:2:1: expected {{ }}, so that values stay text, found {{{ }}} or {{& }}'],
    ['{{> nowhere}}', 'en/t.hbs:1:1: expected the name of a partial, found {{> nowhere}}'],
    ['{{dya on}}', 'en/t.hbs:1:1: expected the name of a helper, found dya; did you mean day?'],
    ['{{#dya on}}{{/dya}}', /^en\/t\.hbs:1:1: expected a block helper \(if, .*\), found \{\{#dya\}\}/],
    ['{{#if (eqq on 1)}}x{{/if}}', 'en/t.hbs:1:7: expected the name of a helper, found eqq; did you mean eq?'],
    ['{{#*inline "x"}}{{/inline}}', /no decorators|file under partials/],
    ['{{#> p}}{{/p}}', /expected \{\{> partial\}\}/],
  ])('refuses %s at once', (template, problem) => {
    const found = problemsOf({ 'en/t.hbs': template });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(problem);
  });

  it('names every template and partial that one language has and another lacks', () => {
    const found = problemsOf({ 'en/a.hbs': 'a', 'en/partials/x/y.hbs': 'b', 'fr/c.hbs': '{{{d}}}' });
    expect(found.map((line) => line.replace(/;.*/, ''))).toEqual([
      'en/c.hbs: expected a template, found none',
      'fr/a.hbs: expected a template, found none',
      'fr/partials/x/y.hbs: expected a template, found none',
      'fr/c.hbs:1:1: expected {{ }}, so that values stay text, found {{{ }}} or {{& }}',
    ]);
  });

  it('refuses folders without templates', () => {
    expect(() => loadTemplates([aFolder({ 'readme.txt': 'x' }), '/nowhere'])).toThrow(ConfigError);
  });

  it('lets a later folder replace a template of an earlier one', () => {
    const ours = aFolder({ 'en/t.hbs': 'ours {{> p}}', 'en/partials/p.hbs': 'p' });
    const theirs = aFolder({ 'en/t.hbs': 'theirs {{> p}}' });
    const templates = loadTemplates([ours, theirs]);
    expect(stripMarks(templates.write('t', 'en', {}))).toBe('theirs p');
    expect(templates.names).toEqual(['t']);
  });

  it('serves a region by its language, and names what there is for anything else', () => {
    const templates = loadTemplates([aFolder({ 'en/t.hbs': 'a', 'fr/t.hbs': 'b' })]);
    expect(templates.locales).toEqual(['en', 'fr']);
    expect(templates.write('t', 'fr-CA', {})).toBe('b');
    expect(() => templates.write('t', 'de', {})).toThrow('expected one of the locales en, fr, found de');
    expect(() => templates.write('x', 'en', {})).toThrow('expected one of the templates t, found x');
  });

  it('writes dates of other languages as they are written there', () => {
    const templates = loadTemplates([aFolder({ 'de/t.hbs': '{{day on}}, {{dayLong nextYear}}, {{instant asOf}}' })]);
    expect(stripMarks(templates.write('t', 'de', data))).toBe(
      '1. Dezember, Sonntag, 12. Dezember 2027, 24. November, 08&#58;12',
    );
  });
});
