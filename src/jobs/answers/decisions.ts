import { findTold, listNewestDecisions } from '../../store/alerts.ts';
import type { Decision } from '../../store/alerts.ts';
import { listOpenActions } from '../../store/minutes.ts';
import type { JobContext } from '../context.ts';
import { chaseMessage } from '../minutes/minutes-message.ts';
import { asOfIn, placeFor, reply, say } from './answer.ts';
import type { Answer } from './answer.ts';
import { mayKnowWho } from './anonymous.ts';
import { asJson } from './as-json.ts';
import { label } from '../controls/labels.ts';
import { findNamed, suggestionsFor, visibleProjects } from '../targets/visible-projects.ts';

const mostDecisions = 15;
const mostActions = 10;

/** Who decided what, newest first: of one project, or of all that the channel may see. */
export const answerDecisions: Answer = async (context, question) => {
  const { words, locale } = question;
  const visible = visibleProjects(context.config, question.channel);
  const found = words.length === 0 ? null : findNamed(visible, words);
  if (words.length > 0 && (found === null || found.rest.length > 0)) {
    const asked = words.join(' ');
    return reply(
      say(
        context,
        'unknown-project',
        { asked, name: question.name, suggestions: suggestionsFor(visible, asked) },
        locale,
      ),
    );
  }
  const project = found?.project ?? null;
  const zone = placeFor(context, question, project).zoneAt;
  const asked = asOfIn(context, question, { project, zone });
  if ('kind' in asked) return asked;
  const projects = (project ? [project] : visible).map(({ id }) => id);
  const kept = await listNewestDecisions(context.db, { projects, until: asked.at, count: mostDecisions });
  const decisions = [];
  for (const decision of kept) {
    const mayKnow = mayKnowWho(context.config, question.channel, decision.project);
    const line = await told(context, decision);
    decisions.push(mayKnow ? line : { ...line, by: label(context, 'somebody', locale) });
  }
  // An action names its owner.
  const named = projects.filter((id) => mayKnowWho(context.config, question.channel, id));
  const actions = asked.isNow ? await listOpenActions(context.db, named) : [];
  const report = { asOf: asked.at, zone: zone.name, project, decisions, open: actions.length };
  if (question.isJson) return asJson(context, report, { question, cli: null });
  const message = say(context, 'decisions', report, locale);
  const when = { asOf: asked.at, zone: zone.name, locale };
  const rows = actions.slice(0, mostActions).flatMap((action) => chaseMessage(context, action, when).blocks);
  return reply({ ...message, blocks: [...message.blocks, ...rows] });
};

/** A decision with what it was about, as its alert told it. */
async function told({ db, config }: JobContext, decision: Decision) {
  const { at, kind, project, detail } = decision;
  const alert = await findTold(db, decision);
  const facts = typeof detail === 'object' && detail !== null ? (detail as Record<string, unknown>) : {};
  const { by, until, reason, on } = facts;
  return {
    at,
    kind,
    project: config.projects[project]?.name ?? project,
    by: typeof by === 'string' ? by : decision.actor,
    until: typeof until === 'number' ? until : null,
    on: typeof on === 'string' ? on : null,
    reason: typeof reason === 'string' ? reason : null,
    line: alert?.card.line ?? null,
  };
}
