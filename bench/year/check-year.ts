import type { AlertCard } from '../../src/core/reports/alert-card.ts';
import { defaultThresholds } from '../../src/core/model/thresholds.ts';
import { dayNumber } from '../../src/core/time/day.ts';
import type { Calendar } from '../../src/core/time/calendar.ts';
import { dayMs } from '../../src/core/time/instant.ts';
import type { SlackMessage } from '../../src/demo/slack/workspace.ts';
import type { Year } from './replay-year.ts';
import { isDigest } from './story.ts';

/** Each channel of the demo asks for one digest a week. */
const digestsAWeek = 1;

/** All that a channel may not be asked to bear, and all that its reader would miss; nothing when the year was well told. */
export function faultsOf(year: Year): readonly string[] {
  const { calendar } = year;
  return [
    ...year.violations,
    ...tooMany(year, calendar),
    ...atBadTimes(year, calendar),
    ...flapping(year, calendar),
    ...untold(year, calendar),
    ...unmoved(year),
  ];
}

const rootsIn = ({ messages }: Year) => messages.filter(({ threadTs }) => threadTs === null);
const alertsIn = (year: Year) => rootsIn(year).filter((message) => !isDigest(message));
const instantOf = ({ ts }: SlackMessage) => Math.round(Number(ts) * 1000);

/** New alerts a channel and day, and digests a channel and week. */
function tooMany(year: Year, { zone }: Calendar): readonly string[] {
  const { perDay } = defaultThresholds.alerts;
  const dayOf = (message: SlackMessage) => zone.dayAt(instantOf(message));
  const alerts = counted(alertsIn(year), (message) => `${message.channel} on ${dayOf(message)}`);
  const weekOf = (message: SlackMessage) => Math.floor((dayNumber(dayOf(message)) + 3) / 7);
  const digests = counted(rootsIn(year).filter(isDigest), (message) => `${message.channel} in week ${weekOf(message)}`);
  return [
    ...over(alerts, perDay).map(([place, count]) => `${count} new alerts in ${place}, at most ${perDay}`),
    ...over(digests, digestsAWeek).map(([place, count]) => `${count} digests in ${place}, at most ${digestsAWeek}`),
  ];
}

/** Nothing at night, nothing on days off. */
function atBadTimes({ messages }: Year, calendar: Calendar): readonly string[] {
  const { quietFromHour, quietToHour } = defaultThresholds.alerts;
  return messages
    .map((message) => ({ message, ...calendar.zone.localAt(instantOf(message)) }))
    .filter(({ day, hour }) => calendar.fraction(day) === 0 || hour >= quietFromHour || hour < quietToHour)
    .map(({ message, day, hour }) => `a message in ${message.channel} on ${day} at ${hour} h`);
}

/** No alert opens again within the days in which it may not: it goes on in its thread instead. */
function flapping({ episodes }: Year, calendar: Calendar): readonly string[] {
  const { reopenWorkingDays } = defaultThresholds.alerts;
  const faults: string[] = [];
  const last = new Map<string, AlertCard>();
  for (const { card } of episodes) {
    const key = `${card.project.id} ${card.key}`;
    const before = last.get(key);
    if (before && calendar.distance(before.episode, card.episode) < reopenWorkingDays)
      faults.push(`${key} opened on ${before.episode} and again on ${card.episode}`);
    last.set(key, card);
  }
  return faults;
}

/** One message an alert, a line in its thread for all that happened since, and an end that is told. */
function untold(year: Year, { zone }: Calendar): readonly string[] {
  const roots = alertsIn(year);
  return year.episodes.flatMap(({ channel, card }) => {
    const name = `${card.project.id} ${card.key} of ${card.episode}`;
    const own = roots.filter((root) => root.channel === channel && carries(root, card));
    if (own.length !== 1) return [`${name} has ${own.length} messages`];
    const [root] = own;
    const faults = zone.dayAt(instantOf(root!)) === card.episode ? [] : [`${name} was told on another day`];
    const lines = year.messages.filter(
      (message) => message.channel === channel && message.threadTs === root!.ts,
    ).length;
    const happened = card.story.filter(({ kind }) => kind !== 'opened').length;
    return lines === happened ? faults : [...faults, `${name}: ${happened} things happened, its thread tells ${lines}`];
  });
}

/** Every move of a date to a later one is told in its channel: by an alert of its own, or in the thread of one. */
function unmoved({ moves, episodes, calendar: { zone } }: Year): readonly string[] {
  const told = episodes.filter(({ card }) => card.alert === 'MILESTONE_SLIPPED');
  return moves
    .filter(
      ({ project, version, at }) =>
        !told.some(
          ({ card }) =>
            card.project.id === project &&
            card.line.milestones.includes(version) &&
            card.story.some((line) => line.at >= at && line.at - at <= mostDelayMs),
        ),
    )
    .map(({ project, version, at }) => `${project} ${version} was moved on ${zone.dayAt(at)}, and no alert told it`);
}

/** The next evaluation, over a long holiday. */
const mostDelayMs = 6 * dayMs;

/** Its buttons name it. */
function carries({ blocks }: SlackMessage, { project, key, episode }: AlertCard): boolean {
  return JSON.stringify(blocks).includes(JSON.stringify(JSON.stringify([project.id, key, episode])).slice(1, -1));
}

function counted<T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1);
  return counts;
}

function over(counts: ReadonlyMap<string, number>, most: number): readonly (readonly [string, number])[] {
  return [...counts].filter(([, count]) => count > most);
}
