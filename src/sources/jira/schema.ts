import { z } from 'zod';

// Only what we use, each element by itself: one odd element is set aside and its page lives. Objects drop the keys that
// are not named here, so a `__proto__` key in an answer reaches nothing.

const idText = z.union([z.string().min(1), z.number().int().transform(String)]);
const text = z.string().nullish();

export const personSchema = z.object({ accountId: text, key: text, name: text });

/** Anything with an id and a name: issue type, resolution, priority, version, component. */
export const namedSchema = z.object({ id: idText.nullish(), name: z.string() });

export const issueTypeSchema = z.object({
  name: z.string(),
  subtask: z.boolean().nullish(),
  hierarchyLevel: z.number().nullish(),
});

/** `key` in `/status`, an upper-case word in `/statuses/search`. */
export const statusSchema = z.object({
  id: idText,
  name: z.string(),
  statusCategory: z.union([z.string(), z.object({ key: text })]).nullish(),
});

export const linkSchema = z.object({
  type: z.object({ inward: text, outward: text }).nullish(),
  inwardIssue: z.object({ key: z.string() }).nullish(),
  outwardIssue: z.object({ key: z.string() }).nullish(),
});

/** `fields` is read key by key with `ownValue`, each with its own schema. */
export const issueSchema = z.object({ id: idText, key: z.string(), fields: z.unknown().optional() });

export const historySchema = z.object({
  id: idText,
  created: z.union([z.string(), z.number()]),
  author: personSchema.nullish().catch(null),
  items: z.array(z.unknown()),
});

/** What Data Center gives inside an issue, and an export may cut. */
export const changelogSchema = z.object({
  startAt: z.number().nullish(),
  maxResults: z.number().nullish(),
  total: z.number().nullish(),
  histories: z.array(z.unknown()),
});

const instant = z.union([z.string(), z.number()]).nullish();
export const sprintSchema = z.object({
  id: idText,
  name: z.string().nullish(),
  state: text,
  goal: text,
  startDate: instant,
  endDate: instant,
  completeDate: instant,
  activatedDate: instant,
  originBoardId: idText.nullish(),
  boardId: idText.nullish(),
  rapidViewId: idText.nullish(),
});

export const versionSchema = z.object({
  id: idText,
  name: z.string(),
  projectKey: text,
  startDate: text,
  releaseDate: text,
  released: z.boolean().nullish(),
  archived: z.boolean().nullish(),
});

export const boardSchema = z.object({
  id: idText,
  name: z.string(),
  columnConfig: z.object({
    columns: z.array(z.object({ name: z.string(), statuses: z.array(z.object({ id: idText })).nullish() })),
  }),
  filter: z.object({ id: idText }).nullish().catch(null),
});

/** One entry of `/field`. */
export const fieldSchema = z.object({
  id: z.string(),
  name: z.string(),
  schema: z.object({ type: text, custom: text, system: text }).nullish(),
});
export type JiraField = z.infer<typeof fieldSchema>;

const list = z.array(z.unknown());

export const serverInfoSchema = z.object({ deploymentType: text, serverTime: instant, version: text });
export const myselfSchema = z.object({ accountId: text, key: text, name: text, displayName: text });
export const permissionsSchema = z.object({
  permissions: z.record(z.string(), z.object({ havePermission: z.boolean().nullish() })),
});
export const countSchema = z.object({ count: z.number() });

/** `isLast` may be missing; then a missing or null token says it. */
export const searchPageSchema = z.object({ issues: list, nextPageToken: text, isLast: z.boolean().nullish() });
/** `lastPage` may be missing: then it is the last one. An entry without id or time cannot be asked for. */
export const worklogFeedSchema = z.object({
  values: z
    .array(z.object({ worklogId: z.number().int(), updatedTime: z.number() }).nullable().catch(null))
    .transform((values) => values.filter((value) => value !== null)),
  lastPage: z.boolean().nullish(),
});
export const worklogSchema = z.object({
  id: idText,
  issueId: idText,
  author: personSchema.nullish().catch(null),
  created: instant,
  updated: instant,
  started: instant,
  timeSpentSeconds: z.unknown(),
});

export const bulkIssuesSchema = z.object({
  issues: list,
  issueErrors: z
    .array(z.object({ id: idText.nullish() }))
    .nullish()
    .catch(null),
});
export const bulkChangelogsSchema = z.object({
  issueChangeLogs: z.array(z.object({ issueId: idText, changeHistories: list.nullish() })).nullish(),
  nextPageToken: text,
});
export const changelogPageSchema = z.object({
  values: list,
  total: z.number().nullish(),
  isLast: z.boolean().nullish(),
});
export const offsetPageSchema = z.object({ issues: list, total: z.number() });
export const sprintPageSchema = z.object({ values: list, isLast: z.boolean().nullish() });
