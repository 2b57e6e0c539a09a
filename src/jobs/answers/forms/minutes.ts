import type { KnownBlock, ModalView } from '@slack/types';
import { foundAt } from '../../../core/reports/alert-card.ts';
import { placeOf } from '../../../config/place.ts';
import { parseDay } from '../../../core/time/day.ts';
import type { Day } from '../../../core/time/day.ts';
import { openZone } from '../../../core/time/zone.ts';
import { toText } from '../../../render/text.ts';
import { renderTemplate } from '../../../render/templates.ts';
import type { Submission, Submitted } from '../../../slack/answers.ts';
import { listOpenTold } from '../../../store/alerts.ts';
import { inTransaction } from '../../../store/dialect.ts';
import { listOpenActions, saveMinutes } from '../../../store/minutes.ts';
import type { NewAction } from '../../../store/minutes.ts';
import { enqueue } from '../../../store/outbox.ts';
import { readSheet } from '../../../store/sheets.ts';
import { deliverDue } from '../../posting/deliver.ts';
import type { JobContext } from '../../context.ts';
import { tellAbsent } from '../../minutes/tell-absent.ts';
import { minutesMessage } from '../../minutes/minutes-message.ts';
import { label } from '../../controls/labels.ts';
import { findNamed, visibleProjects } from '../../targets/visible-projects.ts';
import type { Named } from '../../targets/visible-projects.ts';
import { aboutOf, field, formView, textOf } from './form.ts';
import type { Form, Mistakes } from './form.ts';

const longestNotes = 3000;
const longestAction = 300;
/** A form breaks its lines itself. */
const unbroken = 10_000;
/** Rows for actions: more are added by minutes of their own. */
const rows = [1, 2, 3, 4] as const;
/** Kept for those who ask late; the message itself stays in the channel. */
const expiresMs = 86_400_000;

/** The form of `/pmo minutes`, with the agenda of the committee in it: slips, decisions due, open actions. */
export async function minutesForm(
  context: JobContext,
  project: Named,
  { channel, user, locale }: { readonly channel: string; readonly user: string; readonly locale: string },
): Promise<ModalView> {
  const agenda = await agendaOf(context, project, locale);
  const blocks: KnownBlock[] = [
    field(context, {
      id: 'minutes-notes',
      locale,
      element: { type: 'plain_text_input', multiline: true, max_length: longestNotes, initial_value: agenda },
    }),
    field(context, {
      id: 'minutes-participants',
      locale,
      isOptional: true,
      element: { type: 'multi_users_select', initial_users: [user] },
    }),
    ...rows.flatMap((row) => actionFields(context, row, locale)),
  ];
  return formView(context, { name: 'minutes', about: { channel, project: project.id }, blocks, locale });
}

function actionFields(context: JobContext, row: number, locale: string): KnownBlock[] {
  const named = (id: string, element: Parameters<typeof field>[1]['element']) => ({
    ...field(context, { id, locale, isOptional: true, element }),
    block_id: `${id}-${row}`,
  });
  return [
    { type: 'divider' },
    named('action-what', { type: 'plain_text_input', max_length: longestAction }),
    named('action-owner', { type: 'users_select' }),
    named('action-due', { type: 'datepicker' }),
  ];
}

async function agendaOf(
  { db, config, clock, templates }: JobContext,
  { id, name }: Named,
  locale: string,
): Promise<string> {
  const kept = await readSheet(db, id);
  const told = await listOpenTold(db, [id]);
  const data = {
    asOf: clock.now(),
    zone: placeOf(config, config.projects[id]).zone,
    project: { id, name },
    moves: kept?.sheet.milestones.moves ?? [],
    alerts: told.flatMap(({ card }) => (card.state === 'open' ? [{ ...card, foundAt: foundAt(card) }] : [])),
    actions: (await listOpenActions(db, [id])).map(({ what, dueOn }) => ({ what, dueOn })),
  };
  const text = toText(renderTemplate(templates, 'minutes-agenda', data, locale), { width: unbroken }).trim();
  return Array.from(text).slice(0, longestNotes).join('');
}

export const minuted: Form = { check: (context, submission) => readActions(context, submission).mistakes, take };

async function take(context: JobContext, submission: Submission): Promise<Submitted> {
  const { config } = context;
  const { channel, user, locale } = submission;
  const asked = aboutOf(submission)['project'];
  const found = findNamed(visibleProjects(config, channel), [typeof asked === 'string' ? asked : '']);
  const notes = textOf(submission, 'minutes-notes');
  if (!found) return { kind: 'mistakes', mistakes: { 'minutes-notes': label(context, 'not-shown-there', locale) } };
  const { actions } = readActions(context, submission);
  const at = context.clock.now();
  const { project } = found;
  const chosen = submission.fields['minutes-participants'];
  const participants = Array.isArray(chosen) ? (chosen as readonly string[]) : [];
  const place = placeOf(config, config.channels[channel], config.projects[project.id]);
  const minutes = { project: project.id, channel, at, author: user, notes, participants, actions };
  const message = minutesMessage(context, { ...minutes, project, asOf: at, zone: place.zone }, place.locale);
  const told = await inTransaction(context.db, async (tx) => {
    // The form names the minutes: sent twice, it is one entry.
    const key = `minutes:${project.id}:${user}:${submission.id}`;
    const about = { channel, report: 'minutes', project: project.id, scheduleId: null, slot: null, asOf: at };
    const delivery = {
      ...about,
      key,
      kind: 'minutes',
      dueAt: at,
      expiresAt: at + expiresMs,
      message: { root: message, replies: [] },
    };
    const { id, isNew } = await enqueue(tx, delivery, at);
    if (isNew) await saveMinutes(tx, minutes, id);
    return id;
  });
  return {
    kind: 'taken',
    after: async () => {
      const { signal } = new AbortController();
      await deliverDue(context, { channel, signal });
      for (const place of await tellAbsent(context, told)) await deliverDue(context, { channel: place, signal });
      return null;
    },
  };
}

/** What was filled in of each row; a row with something and not everything is a mistake where it lacks something. */
function readActions(
  context: JobContext,
  submission: Submission,
): { readonly actions: readonly NewAction[]; readonly mistakes: Mistakes } {
  const actions: NewAction[] = [];
  const mistakes: Record<string, string> = {};
  for (const row of rows) {
    const what = textOf(submission, `action-what-${row}`);
    const owner = textOf(submission, `action-owner-${row}`);
    const due = textOf(submission, `action-due-${row}`);
    if (what === '' && owner === '' && due === '') continue;
    const dueOn = parseDay(due);
    const lack = (field: string, code: string) => {
      mistakes[`${field}-${row}`] = label(context, code, submission.locale);
    };
    if (what === '') lack('action-what', 'action-needs-what');
    if (owner === '') lack('action-owner', 'action-needs-owner');
    if (dueOn === null) lack('action-due', 'action-needs-due');
    else if (dueOn < todayIn(context, submission)) lack('action-due', 'action-in-past');
    else actions.push({ what, owner, dueOn });
  }
  return { actions, mistakes };
}

function todayIn({ config, clock }: JobContext, { channel }: Submission): Day {
  return openZone(placeOf(config, config.channels[channel]).zone).dayAt(clock.now());
}
