import { mayBeTold, readersOf } from '../../config/access.ts';
import type { Config } from '../../config/load.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import type { Asker } from '../../slack/answers.ts';
import { channelTraits } from '../../slack/config.ts';
import type { ChannelTrait } from '../../slack/config.ts';
import { isDirect } from '../../slack/directory.ts';
import type { JobContext } from '../context.ts';
import { visibleProjects } from '../targets/visible-projects.ts';

/**
 * The same work with a config in which projects that somebody may not see here are in no channel: whatever they ask, such a
 * project is answered as one that does not exist. Alone with the bot a person sees what any of their channels sees.
 */
export async function inSight(context: JobContext, asker: Asker): Promise<JobContext> {
  const { config } = context;
  const isAlone = asker.channel === '' || isDirect(asker.channel);
  const places = isAlone ? await asker.channels() : [asker.channel];
  const listed = new Set(places.flatMap((place) => visibleProjects(config, place).map(({ id }) => id)));
  const traits = await traitsOf(config, listed, asker);
  const refused: ProjectId[] = [];
  const seen = new Set<ProjectId>();
  for (const id of listed) {
    if (!mayBeTold(config, id, traits)) refused.push(id);
    else if (await isReader(config, id, asker)) seen.add(id);
  }
  if (refused.length > 0)
    context.log.warn({ channel: asker.channel, user: asker.user, traits, refused }, 'not shown to this audience');
  return { ...context, config: narrowed(config, seen, isAlone ? asker.channel : null) };
}

/** Of whom Slack does not tell everything has to be feared. */
async function traitsOf(config: Config, ids: ReadonlySet<ProjectId>, asker: Asker): Promise<readonly ChannelTrait[]> {
  if ([...ids].every((id) => mayBeTold(config, id, channelTraits))) return [];
  const audience = await asker.audience();
  return audience.kind === 'open' ? audience.traits : channelTraits;
}

async function isReader(config: Config, id: ProjectId, asker: Asker): Promise<boolean> {
  const readers = readersOf(config, id);
  return readers.length === 0 || asker.isOneOf(readers);
}

/** Projects in sight are seen in a direct conversation too, where there is one. */
function narrowed(config: Config, seen: ReadonlySet<ProjectId>, direct: string | null): Config {
  const projects = Object.entries(config.projects).map(([id, project]) => {
    if (!seen.has(id)) return [id, { ...project, channel: undefined, visibleIn: [] }] as const;
    return [id, direct === null ? project : { ...project, visibleIn: [...project.visibleIn, direct] }] as const;
  });
  const programmes = Object.entries(config.programmes).map(([id, programme]) => {
    const isSeen = programme.projects.every((project) => seen.has(project));
    return [id, isSeen ? programme : { ...programme, channel: undefined }] as const;
  });
  return { ...config, projects: Object.fromEntries(projects), programmes: Object.fromEntries(programmes) };
}
