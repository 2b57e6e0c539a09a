import { z } from 'zod';
import { inOrder } from '../../core/dependencies/network.ts';
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
    if (isSound && !isAcyclic(durations, predecessors)) problem(['predecessors'], 'no cycle');
  });

function isAcyclic(durations: Record<string, number>, predecessors: Record<string, readonly string[]>): boolean {
  try {
    inOrder({ durations: new Map(Object.entries(durations)), predecessors: new Map(Object.entries(predecessors)) });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
