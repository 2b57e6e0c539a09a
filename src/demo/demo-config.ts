import { stringify } from 'yaml';
import { pipelineServices } from './portfolio/pipelines.ts';
import type { Portfolio } from './portfolio/portfolio.ts';

/** The channels of the demo workspace: one a project, one a programme, one for all of them. */
export interface DemoChannel {
  readonly id: string;
  readonly name: string;
}

export interface DemoConfigOptions {
  readonly portfolio: Portfolio;
  readonly jiraUrl: string;
  readonly slackUrl: string;
  /** The file that its pipelines write; null where it has none. */
  readonly pipelinesPath: string | null;
  readonly locale: string;
}

/** Who can be played in the demo: they may decide about its milestones. */
export const demoPeople = [
  { id: 'U0ALEX', name: 'alex', realName: 'Alex Morgan', locale: 'en-GB', tz: 'Europe/London' },
  { id: 'U0CAMILLE', name: 'camille', realName: 'Camille Roux', locale: 'fr-FR', tz: 'Europe/Paris' },
] as const;

export function channelOf(subject: string): string {
  return `C0${subject.toUpperCase().padEnd(9, '0').slice(0, 9)}`;
}

const portfolioChannel = 'portfolio';

export function demoChannels({ projects, programmes }: Portfolio): readonly DemoChannel[] {
  return [
    ...projects.map(({ key, name }) => ({ id: channelOf(key), name: name.toLowerCase() })),
    ...programmes.map(({ id, name }) => ({ id: channelOf(id), name: name.toLowerCase().replaceAll(' ', '-') })),
    { id: channelOf(portfolioChannel), name: portfolioChannel },
  ];
}

/** The files of a config folder for the demo: what somebody would write for this portfolio. */
export function demoConfig({
  portfolio,
  jiraUrl,
  slackUrl,
  pipelinesPath,
  locale,
}: DemoConfigOptions): Readonly<Record<string, string>> {
  const services = pipelinesPath === null ? new Map<string, string>() : pipelineServices;
  const programmes = portfolio.programmes.map(({ id, name, projects }) => [
    id,
    { name, projects, channel: channelOf(id) },
  ]);
  const projects = portfolio.projects.map(({ key, name, boardId }) => [
    key,
    {
      name,
      scope: { source: 'jira', project: key, board: boardId },
      channel: channelOf(key),
      visibleIn: [
        ...portfolio.programmes.filter((one) => one.projects.includes(key)).map(({ id }) => channelOf(id)),
        channelOf(portfolioChannel),
      ],
      ...(portfolio.budget?.project === key ? { budget: budgetConfig(portfolio.budget) } : {}),
      ...(services.has(key) ? { delivery: { source: 'pipelines', service: services.get(key) } } : {}),
    },
  ]);
  const vigie = {
    slack: { botToken: '${SLACK_BOT_TOKEN}', signingSecret: '${SLACK_SIGNING_SECRET}', apiUrl: slackUrl, settle: 12 },
    http: { port: 0 },
    locale,
    zone: portfolio.zone,
    calendar: 'demo',
    decides: demoPeople.map(({ id }) => id),
    sources: {
      jira: {
        kind: 'jira',
        host: jiraUrl,
        email: '${JIRA_EMAIL}',
        token: '${JIRA_API_TOKEN}',
        ...(portfolio.budget ? { worklogs: true } : {}),
      },
      ...(pipelinesPath === null ? {} : { pipelines: { kind: 'events-file', path: pipelinesPath } }),
    },
    projects: Object.fromEntries(projects) as object,
    programmes: Object.fromEntries(programmes) as object,
    reports: [
      { report: 'project-digest', every: '30 8 * * MON', projects: 'all' },
      ...(services.size > 0 ? [{ report: 'delivery', every: '45 8 * * MON', projects: [...services.keys()] }] : []),
      { report: 'programme-digest', every: '0 9 * * MON', programmes: 'all' },
      { report: 'portfolio-digest', every: '15 9 * * MON', channel: channelOf(portfolioChannel) },
    ],
    sync: { every: '* * * * *' },
  };
  const calendars = { demo: { weekend: ['sat', 'sun'], holidays: portfolio.holidays } };
  return { 'vigie.yaml': stringify(vigie), 'calendars.yaml': stringify(calendars) };
}

function budgetConfig({ amount, from, team }: NonNullable<Portfolio['budget']>): object {
  const people = Object.values(team).flat().length;
  return {
    amount,
    currency: 'EUR',
    from,
    actuals: 'worklogs',
    roles: team,
    rates: [{ role: 'engineering', perHour: 92 }, { role: 'design', perHour: 84 }, { perHour: 88 }],
    team: [{ people }],
  };
}
