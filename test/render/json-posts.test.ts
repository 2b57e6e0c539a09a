import { describe, expect, it } from 'vitest';
import { validateMessage } from '../../src/demo/slack/validate-blocks.ts';
import { jsonPosts, mostJsonCharacters } from '../../src/render/json-posts.ts';
import { jsonOf } from '../jobs/seen.ts';
import * as fc from '../property.ts';

function postsOf(data: object) {
  const posts = jsonPosts(data);
  if (typeof posts === 'number') throw new Error(`too long: ${posts}`);
  for (const block of posts) expect(validateMessage({ text: '…', blocks: [block] }).error).toBeNull();
  return posts.map((block) => ({ blocks: [block] }));
}

const row = { name: 'a "quoted"\n{name}, 🚀', days: [1, 2.5, null], isOpen: true };

describe('data as JSON in posts', () => {
  it('of a size that one post holds is indented', () => {
    expect(postsOf(row)).toHaveLength(1);
    expect(jsonOf(postsOf(row))).toBe(JSON.stringify(row, null, 1));
  });

  it('is cut between values, so that line breaks between the posts do no harm', () => {
    const data = Array.from({ length: 400 }, (_, index) => ({ ...row, index }));
    const posts = postsOf(data);
    expect(posts.length).toBe(4);
    expect(JSON.parse(jsonOf(posts))).toEqual(data);
    expect(JSON.parse(posts.map((post) => jsonOf([post])).join('\n'))).toEqual(data);
  });

  it('parses as the data when put together, whatever is in it and wherever it is cut', () => {
    const text = fc.tuple(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 900 }));
    const data = fc.array(fc.oneof(text, fc.jsonValue()), { maxLength: 12 });
    fc.assert(
      fc.property(data, (values) => {
        const long = values.map((value) => (isText(value) ? value[0].repeat(value[1]) : value));
        fc.pre(typeof jsonPosts(long) !== 'number');
        expect(JSON.stringify(JSON.parse(jsonOf(postsOf(long))))).toBe(JSON.stringify(long));
      }),
      { numRuns: 100 },
    );
  });

  it('cuts a text that no post holds, between letters', () => {
    const data = { before: 'x', text: '🚀'.repeat(25_000), after: 'y' };
    const posts = postsOf(data);
    expect(posts.map((post) => jsonOf([post]).isWellFormed())).not.toContain(false);
    expect(JSON.parse(jsonOf(posts))).toEqual(data);
  });

  it('beyond what anybody copies is only its length', () => {
    expect(jsonPosts(['x'.repeat(mostJsonCharacters - 6)])).toHaveLength(5);
    expect(jsonPosts(['x'.repeat(mostJsonCharacters - 5)])).toBe(mostJsonCharacters + 1);
  });
});

function isText(value: unknown): value is [string, number] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'number';
}
