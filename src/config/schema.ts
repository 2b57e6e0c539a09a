import { defaultForecast } from '../core/model/forecast-settings.ts';
import { z } from 'zod';
import { weekdays } from '../core/time/day.ts';
import { reportKinds } from '../core/reports/report-kinds.ts';
import { parseSchedule } from '../core/time/schedule.ts';
import { isZone } from '../core/time/zone.ts';
import { channelTraits, slackConfig } from '../slack/config.ts';
import { budgetConfig } from './budget.ts';
import { day } from './day.ts';
import { isLocale, localeWanted } from './locales.ts';
import { thresholdsConfig } from './thresholds.ts';

const zone = z.string().refine(isZone, 'an IANA time zone such as Europe/Paris');
const cron = z.string().superRefine((text, context) => {
  const schedule = parseSchedule(text);
  if (schedule.kind === 'invalid') context.addIssue({ code: 'custom', message: schedule.expected });
});
const name = z.string().trim().min(1);
/** A name that stands in every message: longer, and it hides what is said. */
const title = name.max(80);
const names = z.array(z.union([name, z.number().transform(String)])).default([]);
const id = z.union([name, z.number().int().transform(String)]);

/** Days off and half days by date; the weekend is Saturday and Sunday unless said otherwise. */
const calendar = z.strictObject({
  weekend: z.array(z.enum(weekdays)).default(['sat', 'sun']),
  holidays: z.array(day).default([]),
  halfDays: z.array(day).default([]),
});
export type CalendarConfig = z.infer<typeof calendar>;

const locale = name.refine(isLocale, localeWanted);
/** What a project, a channel, a report or the whole config may say of language and time. */
const place = { locale: locale.optional(), zone: zone.optional(), calendar: name.optional() };

/** Slack finds a channel by its id only; whoever writes a name is told at once, and not when something is to be posted. */
const channel = name.refine(
  (text) => !text.startsWith('#'),
  'the id of a channel such as C0123456789 (channel details, at the bottom)',
);

const scope = z
  .strictObject({ source: name, project: name.optional(), jql: name.optional(), board: id.optional() })
  .refine((value) => !(value.project && value.jql), 'either `project` or `jql`, not both');

const milestone = z.strictObject({
  id: id.optional(),
  name,
  on: day.nullable(),
  versions: names,
  items: names,
  labels: names,
});

/** Which items are a team's own: what is known of an item in every tool. */
export const teamRules = ['components', 'labels', 'assignees', 'boards', 'projects'] as const;
const team = z
  .strictObject({ name: title, components: names, labels: names, assignees: names, boards: names, projects: names })
  .refine((rule) => teamRules.some((by) => rule[by].length > 0), `at least one of ${named(teamRules)}`);

function named(keys: readonly string[]): string {
  const quoted = keys.map((key) => `\`${key}\``);
  return `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}

const statuses = z
  .strictObject({ notStarted: names, started: names, done: names, blocked: names })
  .default({ notStarted: [], started: [], done: [], blocked: [] });

/** Work that was closed without being delivered; it does not count as throughput (metrics.md 2.1). */
const undelivered = [
  "Won't Do",
  "Won't Fix",
  'Duplicate',
  'Cannot Reproduce',
  'Invalid',
  'Incomplete',
  'Not Our Bug',
  'Declined',
  'Not planned',
  'Moved',
];

/** Which items of the project are incidents of its service. */
const incidents = z
  .strictObject({ types: names, labels: names, project: name.optional() })
  .refine(
    ({ types, labels, project: key }) => types.length > 0 || labels.length > 0 || key !== undefined,
    'at least one of `types`, `labels` and `project`',
  );

/** Days, both included, on which nothing is to be deployed: they explain a low frequency, and hide nothing of it. */
const freezes = z
  .array(
    z
      .strictObject({ from: day, to: day })
      .refine(({ from, to }) => from <= to, '`to` on the day of `from` or after it'),
  )
  .default([]);

const people = z
  .array(z.string().regex(/^[UWS][A-Z0-9]{2,}$/, 'the id of a person (U…) or of a user group (S…) in Slack'))
  .default([]);

/** What of a channel or a person lets them be told of a project. */
const access = {
  /** What its channels may be, all that they are: a private one with guests needs both. */
  channels: z.array(z.enum(channelTraits)).min(1).optional(),
  /** Who may ask about it, of those in its channels: everybody when left out. */
  people,
};

/** What is not for every audience. */
export const restrictedFields = ['cost', 'people'] as const;
const shows = z.array(z.enum(restrictedFields));

/** Of a channel, where several workspaces have installed the app. */
const workspace = z.string().regex(/^[TE][A-Z0-9]{2,}$/, 'the id of a workspace in Slack (T…)');

/** How dates of milestones are forecast; src/README.md says what was measured. */
const forecast = z
  .strictObject({
    growth: z.enum(['flow', 'splits', 'triangle', 'none']).default(defaultForecast.growth),
    discovery: z.boolean().default(defaultForecast.discovery),
    startDelay: z.boolean().default(defaultForecast.startDelay),
    blockers: z.boolean().default(defaultForecast.blockers),
    /** Part of the team that a milestone has for itself, by its id, key or name. */
    shares: z.record(name, z.number().gt(0).max(1)).default({}),
  })
  .refine(
    ({ growth, discovery }) => !(discovery && growth === 'flow'),
    '`discovery` with a `growth` of splits, triangle or none: what flow learns holds what comes in',
  );

const project = z.strictObject({
  name: title.optional(),
  scope,
  /** More scopes, for a project that lives in several tools at once. */
  alsoIn: z.array(scope).default([]),
  channel: channel.optional(),
  visibleIn: z.array(channel).default([]),
  milestones: z.array(milestone).default([]),
  statuses,
  excludedResolutions: z.array(name).default(undelivered),
  /** The services that it delivers: what a source of commits, deployments and incidents calls them, the main one first. */
  delivery: z
    .strictObject({
      source: name,
      service: name.optional(),
      services: z.array(name).min(1).optional(),
      incidents: incidents.optional(),
      freezes,
    })
    .refine(
      ({ service, services }) => service === undefined || services === undefined,
      'either `service` or `services`',
    )
    .optional(),
  defectTypes: z.array(name).default(['Bug', 'Defect']),
  /** Account ids (Cloud) or user keys of automation: what they change is no sign of life. */
  bots: z.array(name).default([]),
  /** Labels that say why an item was added to a running sprint (compliance rule H15). */
  sprintReasons: z.array(name).default([]),
  /** Whether the team has to log its work (compliance rule H18); read where a source of it says `worklogs: true`. */
  worklogs: z.enum(['optional', 'mandatory']).default('optional'),
  /** What the project may cost. */
  budget: budgetConfig.optional(),
  /** What items weigh in earned value and earned schedule. */
  planBy: z.enum(['items', 'points']).optional(),
  forecast: forecast.optional(),
  /** Its teams, by rules that say which items are whose; of two rules that take one item, the first counts. */
  teams: z.array(team).min(1).optional(),
  /** `own`: a milestone is done when each team has done its own items; `shared`: all of them do what there is. */
  pool: z.enum(['own', 'shared']).optional(),
  /** Who may re-baseline its milestones: Slack's ids of people (U…) or user groups (S…). Nobody when left out. */
  decides: people,
  /** Stricter or wider than the top's. */
  access: z.strictObject(access).optional(),
  ...place,
});

const programme = z.strictObject({
  name: title,
  projects: z.array(name).min(1),
  channel: channel.optional(),
  ...place,
});

const selection = z.union([z.literal('all'), z.array(name).min(1)]);
const report = z.strictObject({
  report: z.enum(reportKinds),
  /** When it is due; a sprint-review is due when a sprint closes, and says `on: sprint-close`. */
  every: cron.optional(),
  on: z.literal('sprint-close').optional(),
  projects: selection.optional(),
  programmes: selection.optional(),
  channel: channel.optional(),
  ...place,
});
export type ReportConfig = z.infer<typeof report>;

/** `vigie.yaml`, `thresholds.yaml` and `calendars.yaml` together. A source's own settings are checked by its kind. */
export const configSchema = z.strictObject({
  slack: slackConfig.optional(),
  http: z
    .strictObject({ host: name.default('127.0.0.1'), port: z.number().int().min(0).max(65_535).default(3000) })
    .prefault({}),
  locale: locale.default('en'),
  zone: zone.default('UTC'),
  calendar: name.default('standard'),
  sources: z.record(name, z.looseObject({ kind: name })).default({}),
  projects: z.record(name, project).default({}),
  programmes: z.record(name, programme).default({}),
  channels: z
    .record(channel, z.strictObject({ shows: shows.optional(), workspace: workspace.optional(), ...place }))
    .default({}),
  reports: z.array(report).default([]),
  calendars: z.record(name, calendar).default({}),
  thresholds: thresholdsConfig,
  /** Who may decide in every project. */
  decides: people,
  /** Nobody outside hears of a project unless the config says so. */
  access: z
    .strictObject({
      ...access,
      channels: z.array(z.enum(channelTraits)).min(1).default(['public', 'private', 'direct']),
    })
    .prefault({}),
  /** What every channel may see of `restrictedFields`, unless it says otherwise itself. */
  shows: shows.default(['cost']),
  /** Where the operator is told what does not work, beside the log. */
  operator: z.strictObject({ channel, ...place }).optional(),
  sync: z.strictObject({ every: cron.default('*/15 * * * *') }).prefault({}),
});
export type ConfigShape = z.infer<typeof configSchema>;
