import { expect, it } from 'vitest';
import { createTurns } from '../../src/lib/turns.ts';

it('lets what waits for the event loop come between one turn and the next, in the order of asking', async () => {
  const turn = createTurns();
  const heard: string[] = [];
  const work = ['a', 'b', 'c'].map(async (name) => {
    await turn();
    heard.push(name);
    setImmediate(() => heard.push(`after ${name}`));
  });
  await Promise.all(work);
  expect(heard.indexOf('after a')).toBeGreaterThan(heard.indexOf('a'));
  expect(heard.indexOf('after a')).toBeLessThan(heard.indexOf('c'));
  expect(heard.filter((name) => name.length === 1)).toEqual(['a', 'b', 'c']);
});
