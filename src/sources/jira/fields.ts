import type { ChangeField } from '../../core/model/change.ts';
import type { JiraField } from './schema.ts';

/** Fields whose id differs from site to site, and within a site from project to project (team-managed ones). */
export const foundFields = ['sprint', 'points', 'epicLink', 'flagged', 'startOn'] as const;
export type FoundField = (typeof foundFields)[number];

/** Where to find what: for each meaning the field ids that may hold it, best first, and the names that histories use. */
export interface FieldMap {
  readonly ids: Readonly<Record<FoundField, readonly string[]>>;
  /** Field id or field name, in lower case. */
  readonly historyFields: ReadonlyMap<string, ChangeField>;
}

export type FieldOverrides = Partial<Record<FoundField, readonly string[]>>;

const builtInHistory: readonly (readonly [string, ChangeField])[] = [
  ['status', 'status'],
  ['sprint', 'sprint'],
  ['fix version', 'fixVersion'],
  ['fixversions', 'fixVersion'],
  ['version', 'affectsVersion'],
  ['versions', 'affectsVersion'],
  ['duedate', 'dueOn'],
  ['due date', 'dueOn'],
  ['story points', 'points'],
  ['story point estimate', 'points'],
  ['timeestimate', 'estimate'],
  ['assignee', 'assignee'],
  ['parent', 'parent'],
  ['issueparentassociation', 'parent'],
  ['epic link', 'parent'],
  ['key', 'key'],
  ['issuekey', 'key'],
  ['project', 'project'],
  ['issuetype', 'type'],
  ['issue type', 'type'],
  ['resolution', 'resolution'],
  ['priority', 'priority'],
  ['summary', 'summary'],
  ['flagged', 'flagged'],
  ['link', 'link'],
  ['issuelinks', 'link'],
  ['start date', 'startOn'],
  ['description', 'description'],
  ['labels', 'label'],
  ['component', 'component'],
  ['components', 'component'],
];

const historyFieldOf: Readonly<Record<FoundField, ChangeField>> = {
  sprint: 'sprint',
  points: 'points',
  epicLink: 'parent',
  flagged: 'flagged',
  startOn: 'startOn',
};

/** A field map from the ids found for each meaning, with the names that the histories call those fields. */
export function createFieldMap(
  ids: Readonly<Record<FoundField, readonly string[]>>,
  nameOf: (id: string) => string | null = () => null,
): FieldMap {
  const historyFields = new Map(builtInHistory);
  for (const field of foundFields) {
    for (const id of ids[field]) {
      historyFields.set(id.toLowerCase(), historyFieldOf[field]);
      const name = nameOf(id);
      if (name) historyFields.set(name.toLowerCase(), historyFieldOf[field]);
    }
  }
  return { ids, historyFields };
}

const greenhopper = 'com.pyxis.greenhopper.jira:';
const isNumber = (field: JiraField) => field.schema?.type === 'number';
const isDate = (field: JiraField) => field.schema?.type === 'date' || field.schema?.type === 'datetime';
const isNamed = (field: JiraField, pattern: RegExp) => pattern.test(field.name.trim());

/** Ways to recognise a field, best first: the schema's own name where Jira has one, else name and type together. */
const signs: Readonly<Record<FoundField, readonly ((field: JiraField) => boolean)[]>> = {
  sprint: [(field) => field.schema?.custom === `${greenhopper}gh-sprint`],
  points: [
    (field) => isNumber(field) && isNamed(field, /^story[ -]?points?$/i),
    (field) => field.schema?.custom === `${greenhopper}jsw-story-points`,
    (field) =>
      isNumber(field) && isNamed(field, /^(story point estimate|estimation en story points|points? d['’]effort)$/i),
  ],
  epicLink: [(field) => field.schema?.custom === `${greenhopper}gh-epic-link`],
  flagged: [(field) => isNamed(field, /^(flagged|signal[ée]e?|marqu[ée]e?)$/i) && field.schema?.type !== 'string'],
  startOn: [
    (field) => isDate(field) && isNamed(field, /^(start date|date de d[ée]but)$/i),
    (field) => field.schema?.custom === 'com.atlassian.jpo:jpo-custom-field-baseline-start',
    (field) => isDate(field) && isNamed(field, /^target start$/i),
  ],
};

/** Which fields hold what, by the list that Jira gives. Ids (or names) in `overrides` come instead of what is found. */
export function findFields(list: readonly JiraField[], overrides: FieldOverrides = {}): FieldMap {
  const byName = new Map(list.map((field) => [field.name.toLowerCase(), field.id]));
  const names = new Map(list.map((field) => [field.id, field.name]));
  const idsOf = (meaning: FoundField): string[] => {
    const wanted = overrides[meaning];
    if (wanted) return wanted.map((id) => (names.has(id) ? id : (byName.get(id.toLowerCase()) ?? id)));
    return [...new Set(signs[meaning].flatMap((sign) => list.filter(sign).map((field) => field.id)))];
  };
  const ids = Object.fromEntries(foundFields.map((meaning) => [meaning, idsOf(meaning)])) as Record<
    FoundField,
    string[]
  >;
  return createFieldMap(ids, (id) => names.get(id) ?? null);
}

const alwaysAsked = [
  'summary',
  'issuetype',
  'project',
  'created',
  'updated',
  'status',
  'resolution',
  'resolutiondate',
  'assignee',
  'fixVersions',
  'versions',
  'duedate',
  'timeestimate',
  'timeoriginalestimate',
  'parent',
  'issuelinks',
  'labels',
  'components',
  'priority',
] as const;

/** The fields to ask Jira for; never more than it takes (100 at once), never `*all`. */
export function askedFields(map: FieldMap, more: readonly string[] = []): string[] {
  return [...new Set([...alwaysAsked, ...more, ...foundFields.flatMap((field) => map.ids[field])])].slice(0, 100);
}
