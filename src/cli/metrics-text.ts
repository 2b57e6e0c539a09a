import { minorDigits } from '../core/model/budget.ts';
import type { MetricsJson } from '../core/reports/to-json.ts';
import { openZone } from '../core/time/zone.ts';

/** Letters of a column, but for the last one. */
const widest = 48;
const sprintsShown = 6;
const weeksShown = 12;

/** The figures as a page of text: what was measured, on how much, and how far it can be trusted. */
export function metricsText(metrics: MetricsJson, zone: string): string {
  const { trust } = metrics;
  const local = (iso: string) => {
    const { day, hour, minute } = openZone(zone).localAt(Date.parse(iso));
    return `${day} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  };
  const lines = [
    `${metrics.project} as of ${local(metrics.asOf)} (${zone}), definitions ${metrics.definitions}`,
    `Data ${trust.dataAt === null ? 'not pulled by then' : `of ${local(trust.dataAt)}`}: ${trust.items} items, ${trust.complete ? 'complete' : 'not complete'}` +
      `, ${trust.truncatedHistories} without whole history, ${trust.setAside} set aside` +
      (trust.unmappedStatuses.length > 0 ? `, of unknown meaning: ${trust.unmappedStatuses.join(', ')}` : ''),
    '',
    ...table(
      ['figure', 'value', 'unit', 'n', 'grade', 'flags'],
      Object.entries(metrics.figures).map(([name, { value, unit, n, grade, flags }]) => [
        name,
        ...amount(value, unit),
        String(n),
        grade,
        flags.join(' '),
      ]),
    ),
    '',
    ...table(
      [
        'milestone',
        'state',
        'first promise',
        'date',
        'finished',
        'moves',
        'slip wd',
        'open',
        'P50',
        'P85',
        'promise',
        'date',
      ],
      metrics.milestones.map((milestone) => [
        milestone.name,
        milestone.state,
        milestone.committedOn ?? '–',
        milestone.currentOn ?? '–',
        milestone.finishedOn ?? '–',
        String(milestone.replans),
        shown(milestone.slipCommitted),
        String(milestone.openItems),
        milestone.forecast?.p50 ?? '–',
        milestone.forecast?.p85 ?? milestone.noForecast ?? '–',
        milestone.health.baseline,
        milestone.health.current,
      ]),
    ),
    '',
    ...teamRows(metrics),
    ...table(
      ['sprint', 'state', 'committed', 'added', 'removed', 'completed', 'not completed', 'say/do', 'grade'],
      metrics.sprints
        .slice(-sprintsShown)
        .map(({ name, state, totals, grade }) => [
          name,
          state,
          shown(totals?.committed.count),
          shown(totals?.added.count),
          shown(totals?.removed.count),
          shown(totals?.completed.count),
          shown(totals?.notCompleted.count),
          shown(totals?.sayDo.count),
          grade,
        ]),
    ),
    '',
    ...table(
      ['finding', 'severity', 'subject', 'facts'],
      metrics.findings.map((finding) => [finding.rule, finding.severity, ...told(metrics, finding)]),
    ),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** A milestone and a sprint by their names, once: nobody knows the ids of the tool. */
function told(
  { milestones, sprints }: MetricsJson,
  { subject, facts }: MetricsJson['findings'][number],
): readonly [subject: string, facts: string] {
  const named = [...milestones.filter(({ key }) => key === null), ...sprints];
  const name = named.find(({ id }) => String(id) === subject)?.name ?? subject;
  return [name, shown(Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== name)))];
}

/** Nothing at all in a project without teams. */
function teamRows({ teams = [] }: MetricsJson): readonly string[] {
  if (teams.length === 0) return [];
  const rows = teams.map(({ team, openKeys, alsoOthersKeys, pace, noForecast, grade, weeks }) => [
    team ?? '(no team)',
    String(openKeys.length),
    String(alsoOthersKeys.length),
    pace === null ? (noForecast ?? '–') : `${shown(pace.low)} to ${shown(pace.high)}`,
    grade,
    weeks.finished.slice(-weeksShown).join(' '),
  ]);
  return [...table(['team', 'open', 'of others too', 'a week', 'grade', 'finished, week by week'], rows), ''];
}

/** Money in its own unit, not in cents. */
function amount(value: unknown, unit: string): readonly [value: string, unit: string] {
  const currency = /^minor:([A-Z]{3})/.exec(unit)?.[1];
  if (currency === undefined) return [shown(value), unit];
  return [shown(typeof value === 'number' ? value / 10 ** minorDigits(currency) : value), unit.replace('minor:', '')];
}

/** Unknown is a dash, never a zero. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return String(Math.round(value * 100) / 100);
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return JSON.stringify(value) ?? '–';
  return Object.entries(value)
    .filter(([, part]) => !Array.isArray(part))
    .map(([name, part]) => `${name} ${shown(part)}`)
    .join(', ');
}

function cut(cell: string): string {
  return cell.length > widest ? `${cell.slice(0, widest - 1)}…` : cell;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const widths = header.map((title, column) =>
    Math.min(widest, Math.max(title.length, ...rows.map((row) => row[column]!.length))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cut(cell)).padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  return [line(header), ...rows.map(line)];
}
