import { z } from 'zod';
import { calendarRules, day, name, tell } from './values.ts';

/** `calc network`: every node has a duration, and nothing waits for itself, however far around. */
export const network = z
  .strictObject({
    durations: z.record(name, z.number().min(0)),
    predecessors: z.record(name, z.array(name)),
    planned: z
      .record(name, z.tuple([day, day]))
      .nullish()
      .transform((value) => value ?? {}),
    calendar: calendarRules,
  })
  .superRefine(({ durations, predecessors, planned }, context) => {
    const isNode = (node: string) => Object.hasOwn(durations, node);
    let isSound = true;
    const problem = (path: PropertyKey[], expected: string) => {
      isSound = false;
      tell(context, path, expected);
    };
    for (const [node, before] of Object.entries(predecessors)) {
      if (!isNode(node)) problem(['predecessors', node], 'a node that durations has');
      before.forEach((one, index) => {
        if (!isNode(one)) problem(['predecessors', node, index], 'a node that durations has');
      });
    }
    for (const [node, [start, finish]] of Object.entries(planned)) {
      if (!isNode(node)) problem(['planned', node], 'a node that durations has');
      if (finish < start) problem(['planned', node, 1], `a day from ${start} on`);
    }
    const closing = isSound ? edgeOfCycle(durations, predecessors) : null;
    if (closing)
      problem(['predecessors', closing.node, closing.index], `a node that does not wait for ${closing.node} in turn`);
  });

interface Edge {
  readonly node: string;
  readonly index: number;
}

/** The first link found by which a node waits for itself, however far around; null where none does. One pass over the links. */
function edgeOfCycle(
  durations: Readonly<Record<string, number>>,
  predecessors: Readonly<Record<string, readonly string[]>>,
): Edge | null {
  const isOpen = new Map<string, boolean>();
  for (const start of Object.keys(durations)) {
    if (isOpen.has(start)) continue;
    isOpen.set(start, true);
    const path = [{ node: start, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node } = top;
      const index = top.next++;
      const before = predecessors[node]?.[index];
      if (before === undefined) {
        isOpen.set(node, false);
        path.pop();
      } else if (isOpen.get(before) === true) return { node, index };
      else if (!isOpen.has(before)) {
        isOpen.set(before, true);
        path.push({ node: before, next: 0 });
      }
    }
  }
  return null;
}
