import type { Worklog } from '../../core/model/worklog.ts';
import { rejected } from '../reading/set-aside.ts';
import type { Normalized } from '../reading/set-aside.ts';
import { readInstant, readSeconds } from '../reading/values.ts';
import { readPerson } from './normalize-issue.ts';
import { worklogSchema } from './schema.ts';

/** Time spent on an issue: who, when and how long. What they wrote about it is left where it is. */
export function normalizeWorklog(raw: unknown): Normalized<Worklog | null> {
  const parsed = worklogSchema.safeParse(raw);
  if (!parsed.success) return rejected('worklog', raw, 'a worklog with an id and an issueId');
  const { id, issueId, author, created, updated, started, timeSpentSeconds } = parsed.data;
  const startedAt = readInstant(started);
  if (startedAt === null) return rejected('worklog', raw, 'an instant in `started`', started);
  const seconds = readSeconds(timeSpentSeconds);
  if (seconds === null) return rejected('worklog', raw, 'seconds from 0 up in `timeSpentSeconds`', timeSpentSeconds);
  const updatedAt = readInstant(updated) ?? readInstant(created) ?? startedAt;
  const createdAt = readInstant(created) ?? updatedAt;
  return {
    value: { id, itemId: issueId, by: readPerson(author), createdAt, updatedAt, startedAt, seconds },
    setAside: [],
  };
}
