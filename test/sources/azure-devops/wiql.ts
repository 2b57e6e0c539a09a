import { fieldsOf } from './world.ts';
import type { Item, World } from './world.ts';

const hidden: Readonly<Record<string, string>> = {
  'Microsoft.HiddenCategory': 'Test Suite',
  'Microsoft.TestCaseCategory': 'Test Case',
};

const tests: readonly (readonly [RegExp, (value: unknown, wanted: string) => boolean])[] = [
  [/^= '(.*)'$/, (value, wanted) => String(value).toLowerCase() === wanted.toLowerCase()],
  [/^UNDER '(.*)'$/, (value, wanted) => `${String(value)}\\`.toLowerCase().startsWith(`${wanted}\\`.toLowerCase())],
  [/^NOT IN GROUP '(.*)'$/, (value, wanted) => hidden[wanted] !== value],
  [/^NOT IN \((.*)\)$/, (value, wanted) => !wanted.includes(`'${String(value)}'`)],
  [/^>= '(.*)'$/, (value, wanted) => Date.parse(String(value)) >= Date.parse(wanted)],
  [/^> (\d+)$/, (value, wanted) => Number(value) > Number(wanted)],
];

/** Answers the queries that Vigie writes; anything else in them is an error, as it is in Azure Boards. */
export function runWiql(world: World, query: string): readonly Item[] | string {
  const found = /^SELECT \[System\.Id\] FROM WorkItems WHERE (.+?)( ORDER BY \[System\.Id\])?$/.exec(query);
  if (!found) return `TF51005: The query references something that does not exist: ${query}`;
  const conditions = found[1]!.split(/ AND (?=\[)/).map((text) => /^\[([\w.]+)\] (.+)$/.exec(text));
  const checks: ((item: Item) => boolean)[] = [];
  for (const condition of conditions) {
    const operator = tests.find(([pattern]) => pattern.test(condition?.[2] ?? ''));
    if (!condition || !operator) return `TF51006: The query statement is missing an operator: ${found[1]}`;
    const wanted = operator[0].exec(condition[2]!)![1]!.replaceAll("''", "'");
    checks.push((item) => operator[1](fieldsOf(item)[condition[1]!], wanted));
  }
  return world.items
    .filter((item) => !item.isDeleted && checks.every((check) => check(item)))
    .sort((a, b) => a.id - b.id);
}
