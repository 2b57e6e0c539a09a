import { nearest } from '../../config/explain-issue.ts';
import type { Config } from '../../config/load.ts';
import { teamCapacityOf } from '../../core/reports/team-loads.ts';
import type { Question, Reply } from '../../slack/answers.ts';
import type { JobContext } from '../context.ts';
import { findNamed, visibleProjects } from '../targets/visible-projects.ts';
import type { Named } from '../targets/visible-projects.ts';
import { reply, say } from './answer.ts';
import type { Answer } from './answer.ts';
import { answerFromSheet, tellSheet } from './of-project.ts';

const ofProject = answerFromSheet('capacity');

/** `capacity`, `capacity apollo`, `capacity apollo payments`, and `capacity payments` where one project has that team. */
export const answerCapacity: Answer = (context, question) => {
  const chosen = chooseTeam(context, question);
  if (chosen === null) return ofProject(context, question);
  if (chosen.kind !== 'team') return Promise.resolve(chosen);
  const { project, team } = chosen;
  return tellSheet(context, question, {
    project,
    name: 'capacity',
    tell(capacity) {
      const told = teamCapacityOf(capacity, team);
      if (told === null) throw new Error(`the sheet of ${project.id} has no team of its config`);
      return told;
    },
  });
};

interface TeamOf {
  readonly kind: 'team';
  readonly project: Named;
  readonly team: string;
}

/** The team that is asked about, or what to answer instead; null where no team is meant. */
function chooseTeam(context: JobContext, { words, channel, locale }: Question): TeamOf | Reply | null {
  const visible = visibleProjects(context.config, channel);
  const named = findNamed(visible, words);
  const asked = (named?.rest ?? words).join(' ');
  if (asked === '') return null;
  const places = named ? [named.project] : visible;
  const teams = places.flatMap((project) => teamsOf(context.config, project));
  const tell = (code: string, suggestions: readonly TeamOf[]) => {
    const project = places.length === 1 ? places[0]! : null;
    const names = project && teams.map(({ team }) => team);
    return reply(say(context, code, { asked, project, teams: names, suggestions }, locale));
  };
  const found = teams.filter(({ team }) => team.toLowerCase() === asked.toLowerCase());
  if (found.length > 0) return found.length === 1 ? found[0]! : tell('which-team', found);
  // A name of which no project is sure may be one of either.
  const projects = named ? [] : places.flatMap(({ id, name }) => [id, name]);
  const near = nearest(asked, [...projects, ...teams.map(({ team }) => team)]);
  const meant = teams.filter(({ team }) => team === near);
  const isProject = near === null ? places.length !== 1 : meant.length === 0;
  return isProject ? null : tell('unknown-team', meant);
}

function teamsOf({ projects }: Config, project: Named): readonly TeamOf[] {
  return (projects[project.id]?.teams ?? []).map(({ name }) => ({ kind: 'team', project, team: name }));
}
