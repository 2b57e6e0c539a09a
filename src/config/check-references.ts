import { describe, nearest } from './explain-issue.ts';
import type { Explained } from './explain-issue.ts';
import { checkTeams } from './check-teams.ts';
import type { ConfigShape } from './schema.ts';

/** Sources that are pulled; to those of events everything comes by itself. */
function pulledIn({ sources }: ConfigShape): string[] {
  return Object.keys(sources).filter((id) => sources[id]!.kind !== 'events');
}

/** Names that point to something else in the config, and rules that one key's shape cannot say. */
export function checkReferences(config: ConfigShape): Explained[] {
  const problems: Explained[] = [];
  const sources = Object.keys(config.sources);
  const projects = Object.keys(config.projects);
  const programmes = Object.keys(config.programmes);
  const calendars = Object.keys(config.calendars);

  const mustBe = (
    path: readonly PropertyKey[],
    name: string | undefined,
    known: readonly string[],
    what: string,
    otherwise?: string,
  ) => {
    if (name === undefined || known.includes(name)) return;
    const near = nearest(name, known);
    const hint = near ? `did you mean "${near}"?` : otherwise;
    problems.push({
      path,
      expected: known.length > 0 ? `${what}: ${known.join(', ')}` : `${what} (none is defined)`,
      found: describe(name),
      ...(hint ? { hint } : {}),
    });
  };
  const calendarOf = (path: readonly PropertyKey[], value: { calendar?: string | undefined }) =>
    mustBe([...path, 'calendar'], value.calendar, calendars, 'the name of a calendar');

  // Nobody need have written this one: a file of calendars without `standard` takes the shipped one away.
  const named =
    calendars.length > 0 ? `define it, or name one at the top as \`calendar: ${calendars[0]}\`` : 'define it';
  mustBe(['calendar'], config.calendar, calendars, 'the name of a calendar', named);
  for (const [id, project] of Object.entries(config.projects)) {
    mustBe(['projects', id, 'scope', 'source'], project.scope.source, sources, 'the name of a source');
    project.alsoIn.forEach(({ source }, at) =>
      mustBe(['projects', id, 'alsoIn', at, 'source'], source, sources, 'the name of a source'),
    );
    mustBe(['projects', id, 'delivery', 'source'], project.delivery?.source, sources, 'the name of a source');
    calendarOf(['projects', id], project);
    problems.push(...checkTeams(id, project));
    const isRead = [project.scope, ...project.alsoIn].some(
      ({ source }) => config.sources[source]?.['worklogs'] === true,
    );
    const wanting = [
      ...(project.worklogs === 'mandatory' ? [['worklogs']] : []),
      ...(project.budget?.actuals === 'worklogs' ? [['budget', 'actuals']] : []),
    ];
    for (const path of isRead ? [] : wanting)
      problems.push({
        path: ['projects', id, ...path],
        expected: 'a Jira source with `worklogs: true` among those of the project',
        found: 'none that reads worklogs',
      });
  }
  for (const [id, source] of Object.entries(config.sources)) {
    if (source.kind === 'events' && typeof source['hints'] === 'string')
      mustBe(['sources', id, 'hints'], source['hints'], pulledIn(config), 'the name of a source that can be asked');
  }
  for (const [id, programme] of Object.entries(config.programmes)) {
    programme.projects.forEach((one, index) =>
      mustBe(['programmes', id, 'projects', index], one, projects, 'the name of a project'),
    );
    calendarOf(['programmes', id], programme);
  }
  for (const [id, channel] of Object.entries(config.channels)) calendarOf(['channels', id], channel);
  config.reports.forEach((report, at) => {
    calendarOf(['reports', at], report);
    const lists = [
      ['projects', report.projects, projects],
      ['programmes', report.programmes, programmes],
    ] as const;
    for (const [key, selection, known] of lists)
      if (Array.isArray(selection))
        selection.forEach((one: string, index) =>
          mustBe(
            ['reports', at, key, index],
            one,
            known,
            `the name of a ${key === 'projects' ? 'project' : 'programme'}`,
          ),
        );
    if (report.report === 'portfolio-digest' && (report.programmes ?? report.projects))
      problems.push({
        path: ['reports', at, report.programmes ? 'programmes' : 'projects'],
        expected: 'neither `projects` nor `programmes` for a portfolio-digest, which is over all of them',
        found: `\`${report.programmes ? 'programmes' : 'projects'}\``,
      });
    else if (report.report !== 'programme-digest' && report.programmes)
      problems.push({
        path: ['reports', at, 'programmes'],
        expected: `\`projects\` for a ${report.report}`,
        found: '`programmes`',
      });
    problems.push(...checkWhen(report, at));
    if (report.report === 'programme-digest' && report.projects)
      problems.push({
        path: ['reports', at, 'projects'],
        expected: '`programmes` for a programme-digest',
        found: '`projects`',
      });
  });
  return problems;
}

/** A sprint-review is due at an event, every other report at a time. */
function checkWhen({ report, every, on }: ConfigShape['reports'][number], at: number): Explained[] {
  const [wanted, other] = report === 'sprint-review' ? (['on', 'every'] as const) : (['every', 'on'] as const);
  const example = wanted === 'on' ? '`on: sprint-close`' : '`every: "30 8 * * MON"`';
  const given = { every, on };
  const problems: Explained[] = [];
  if (given[wanted] === undefined)
    problems.push({ path: ['reports', at, wanted], expected: `${example} for a ${report}`, found: 'nothing' });
  if (given[other] !== undefined)
    problems.push({ path: ['reports', at, other], expected: `${example} for a ${report}`, found: `\`${other}\`` });
  return problems;
}
