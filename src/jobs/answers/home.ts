import type { HomeView, KnownBlock } from '@slack/types';
import { placeOf } from '../../config/place.ts';
import { answerFor } from '../../core/reports/project-sheet.ts';
import type { MilestoneLine } from '../../core/reports/milestone-line.ts';
import { addDays } from '../../core/time/day.ts';
import { openZone } from '../../core/time/zone.ts';
import { toSlack } from '../../render/slack.ts';
import { renderTemplate } from '../../render/templates.ts';
import type { Asker } from '../../slack/answers.ts';
import { listOpenTold } from '../../store/alerts.ts';
import { readPerson } from '../../store/people.ts';
import { listPersonal, listSubscriptions } from '../../store/subscriptions.ts';
import type { JobContext } from '../context.ts';
import { sheetOf } from '../making/sheet-of.ts';
import { anonymous } from './anonymous.ts';
import { inSight } from './in-sight.ts';
import { label } from '../controls/labels.ts';
import { awaitingBlocks } from './home-awaiting.ts';
import { preferencesBlock, subscriptionBlocks } from './home-controls.ts';
import { visibleProjects } from '../targets/visible-projects.ts';

/** Slack takes a hundred blocks in a home, and nobody reads so many projects on one page. */
const mostProjects = 12;
const mostAlerts = 10;
const mostMilestones = 8;
const aheadDays = 30;
const mostBlocks = 100;

/** One person's page: their projects, what is open about them, what comes next, what they asked to be told. */
export async function home(everything: JobContext, asker: Asker): Promise<HomeView> {
  const context = await inSight(everything, asker);
  const { db, config, clock, templates } = context;
  const { locale } = asker;
  const channels = await asker.channels();
  const now = clock.now();
  const zone = openZone(asker.zone ?? placeOf(config).zone);
  const visible = projectsIn(context, channels);
  const projects = [];
  const milestones: { project: string; line: MilestoneLine }[] = [];
  const until = addDays(zone.dayAt(now), aheadDays);
  for (const { id, name } of visible.slice(0, mostProjects)) {
    const { sheet, dataAt } = await sheetOf(context, id);
    projects.push(answerFor(sheet.status, { zone: zone.name, dataAt }));
    for (const line of sheet.milestones.milestones.items)
      if (line.currentOn !== null && line.currentOn <= until) milestones.push({ project: name, line });
  }
  const ids = visible.map(({ id }) => id);
  const told = await listOpenTold(db, ids);
  const awaiting =
    ids.length === 0
      ? { blocks: [], alerts: [] }
      : await awaitingBlocks(context, asker, { open: told, projects: ids, zone: zone.name });
  const open = told
    // What stands above with its buttons is not told twice.
    .filter((one) => !awaiting.alerts.includes(one))
    // Whoever is in its channel has read who answered.
    .map(({ card, channel }) =>
      channels.includes(channel) ? card : anonymous(card, label(context, 'somebody', locale)),
    );
  const data = {
    asOf: now,
    zone: zone.name,
    command: config.slack?.command ?? '/pmo',
    projects,
    moreProjects: Math.max(0, visible.length - mostProjects),
    alerts: open.slice(0, mostAlerts),
    moreAlerts: Math.max(0, open.length - mostAlerts),
    awaiting: open.filter(({ state }) => state === 'open').length,
    isMore: awaiting.alerts.length > 0,
    milestones: milestones.sort((a, b) => a.line.currentOn!.localeCompare(b.line.currentOn!)).slice(0, mostMilestones),
  };
  const subscriptions = [...(await listPersonal(db, asker.user)), ...(await listSubscriptions(db, channels))];
  const [title, ...page] = toSlack(renderTemplate(templates, 'home', data, locale)).blocks;
  const blocks = [
    title,
    ...awaiting.blocks,
    ...page,
    ...subscriptionBlocks(context, subscriptions, locale),
    preferencesBlock(context, await readPerson(db, asker.user), locale),
  ] as KnownBlock[];
  return { type: 'home', blocks: blocks.slice(0, mostBlocks) };
}

/** Projects that at least one of the person's channels may see, each once, in the order of the config. */
function projectsIn({ config }: JobContext, channels: readonly string[]) {
  const ids = new Set(channels.flatMap((channel) => visibleProjects(config, channel).map(({ id }) => id)));
  return Object.entries(config.projects).flatMap(([id, { name }]) => (ids.has(id) ? [{ id, name: name ?? id }] : []));
}
