import { z } from 'zod';
import { id, instant, name, orNull } from './values.ts';

const sprintItem = z.strictObject({
  key: name,
  createdAt: instant,
  sprints: z.array(id),
  sprintEvents: z.array(z.tuple([instant, z.array(id)])).default([]),
  status: name,
  statusEvents: z.array(z.tuple([instant, name])).default([]),
  estimate: orNull(z.number().min(0)),
  estimateEvents: z.array(z.tuple([instant, z.number().min(0).nullable()])).default([]),
});

/** `calc sprint`: keys are each item's own, and a sprint that is not over needs an as-of. */
export const sprint = z
  .strictObject({
    sprint: z.strictObject({ id, activatedAt: instant, completedAt: orNull(instant) }),
    doneStatuses: z.array(name),
    items: z.array(sprintItem),
    asOf: orNull(instant),
    graceMinutes: z.number().min(0).default(0),
  })
  .superRefine(({ sprint, items, asOf }, context) => {
    const problem = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
    const endedAt = sprint.completedAt ?? asOf;
    if (endedAt === null) problem(['asOf'], 'an instant, since sprint.completedAt is null');
    if (sprint.completedAt !== null && sprint.completedAt <= sprint.activatedAt)
      problem(['sprint', 'completedAt'], 'an instant after sprint.activatedAt');
    if (asOf !== null && asOf < sprint.activatedAt) problem(['asOf'], 'an instant after sprint.activatedAt');
    const keys = new Set<string>();
    items.forEach(({ key }, index) => {
      if (keys.has(key)) problem(['items', index, 'key'], 'a key that no other item has');
      keys.add(key);
    });
  });
