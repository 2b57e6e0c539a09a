import { milestoneSigns } from '../src/core/findings/milestone-signs.ts';
import { worseCodes } from '../src/core/metrics/delivery/delivery-course.ts';
import { sprintSigns } from '../src/core/findings/sprint-signs.ts';
import { rhythms } from '../src/jobs/answers/home-controls.ts';
import { atSprintClose } from '../src/jobs/targets/digest-target.ts';
import { alertButtons } from '../src/jobs/alerts/alert-message.ts';
import { reportKinds } from '../src/core/reports/report-kinds.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from './property.ts';
import { describe, expect, it } from 'vitest';
import { conflictKinds } from '../src/core/dependencies/order-conflicts.ts';
import { rules } from '../src/core/findings/rules.ts';
import { questions, roles } from '../src/core/reports/decision.ts';
import type { AnyReport } from '../src/core/reports/any-report.ts';
import type { ProjectDigest } from '../src/core/reports/project-report.ts';
import { channelTraits } from '../src/slack/config.ts';
import { render } from '../src/render/templates.ts';
import { toText } from '../src/render/text.ts';
import { hourAt, randomProject } from './core/metrics/random-project.ts';
import { aRule, teamsBy } from './core/metrics/teams/team-projects.ts';
import type { TeamSettings } from '../src/core/model/team-settings.ts';
import { digestOf, programmeOf, statusOf } from './render/digest-samples.ts';
import { templates } from './shipped-templates.ts';

const folder = new URL('../templates', import.meta.url).pathname;
const locales = ['en', 'fr'] as const;

function filesOf(locale: string): readonly string[] {
  const dir = join(folder, locale);
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort();
}

const kebab = (code: string) =>
  code
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();

it('both languages have the same files', () => {
  expect(filesOf('fr')).toEqual(filesOf('en'));
  expect(templates.locales).toEqual(locales);
});

/** What is written on buttons and forms: the codes stand where these are made. */
function labelCodes(): readonly string[] {
  const dir = join(import.meta.dirname, '../src/jobs');
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const text = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
  const literal = Array.from(
    text.matchAll(
      /label\(context, '([a-z-]+)'|\bcode: '([a-z-]+)'|\bid: '([a-z-]+)'|action: 'home-(locale|zone)'|(?:named|lack|wrong)\('(?:[a-z-]+', ')?([a-z-]+)'/g,
    ),
    (match) => match.slice(1).find((code) => code !== undefined)!,
  );
  const made = [
    ...alertButtons,
    'status',
    'milestones',
    'risks',
    'forecast',
    'home-locale',
    'home-zone',
    ...['dispute', 'rebaseline', 'subscribe', 'minutes'].flatMap((form) => [`${form}-title`, `${form}-submit`]),
    ...[...Object.keys(rhythms), atSprintClose, 'other'].map((rhythm) => `rhythm-${rhythm}`),
    ...[...reportKinds, 'alert', 'alert-roll-up', 'minutes', 'note', 'source'].map((kind) => `report-${kind}`),
    ...['slack', ...locales].map((locale) => `language-${locale}`),
  ];
  return [...new Set([...literal, ...made])];
}

/** Every code that figures, findings and reports can hold, by the folder of its words. */
const codes: Readonly<Record<string, readonly string[]>> = {
  rules: Object.keys(rules),
  decisions: questions,
  conflicts: conflictKinds,
  roles,
  'alert-ends': ['settled', 'recovered', 're-dated', 'finished', 'abandoned', 'gone'],
  'alert-states': ['acknowledged', 'snoozed', 'disputed', 're-baselined'],
  'alert-escalations': ['severity', 'new-fact', 'unanswered'],
  'alert-answers': ['acknowledged', 'snoozed', 'disputed', 're-baselined'],
  'decision-kinds': ['acknowledged', 'snoozed', 'disputed', 're-baselined'],
  labels: labelCodes(),
  worse: worseCodes,
  'worse-short': worseCodes,
  operator: [
    ...['archived', 'not-found', 'bot-not-in-it', 'not-allowed', 'back', 'renamed', 'changed'].map(
      (code) => `channel-${code}`,
    ),
    'unsent',
    'source-failing',
    'source-back',
    'workspace-gone',
    'place',
    'refused',
    'added',
    'gone',
  ],
  traits: channelTraits,
  mend: [
    'BLOCKED',
    'DELIVERY_DEGRADED',
    'MILESTONE_MOVED',
    'MILESTONE_OVERDUE',
    'PROMISE_GAP',
    'RIPPLE',
    'SCOPE_GROWTH',
    'SPRINT_AT_RISK',
    'STALE_IN_PROGRESS',
  ],
  signs: [...sprintSigns, ...milestoneSigns],
  colours: ['green', 'amber', 'red', 'unknown'],
  'no-forecast': ['tooLittleHistory', 'nothingFinished', 'scopeOutgrowsPace', 'noOpenItems', 'finished'],
  'team-notes': ['decides', 'silent', 'unknown', 'outgrown', 'new'],
  reasons: [
    'OVERDUE',
    'PROMISE_MISSED',
    'RED_DEPENDENCY',
    'PROMISE_GAP',
    'SCOPE_GREW',
    'PACE_FELL',
    'UNTRUSTED_PACE',
    'BLOCKED',
    'REPLANNED',
    'DATE_REMOVED',
    'NO_DATE',
    'BASELINE_UNKNOWN',
    'LITTLE_HISTORY',
    'NOTHING_FINISHED',
    'NO_SCOPE',
    'NO_MILESTONE',
    'RELEASED_WITH_OPEN_ITEMS',
  ],
  flags: [
    'allItemsDone',
    'baselineSinceFirstPull',
    'baselineUnknown',
    'bornLate',
    'lateCommit',
    'noItems',
    'noScope',
    'overdue',
    'releaseDayUnknown',
    'releasedWithOpenItems',
    'reopened',
    'settling',
    'undated',
  ],
};

describe.each(locales)('words in %s', (locale) => {
  it.each(Object.entries(codes))('every code of %s has its own, and no word is without a code', (name, all) => {
    const own = readdirSync(join(folder, locale, 'partials', name)).map((file) => file.replace(/\.hbs$/, ''));
    expect(own.sort()).toEqual([...all.map(kebab), 'other'].sort());
  });
});

/** What stands in a template between its expressions and outside code, as a reader sees it. */
function literals(locale: string): readonly { readonly file: string; readonly text: string }[] {
  return filesOf(locale).flatMap((file) => {
    const source = readFileSync(join(folder, locale, file), 'utf8');
    const forms = [...source.matchAll(/\b(?:one|two|few|other|zero|lead|by)="([^"]*)"/g)].map(([, form]) => form!);
    const text = source
      .split('\n')
      .filter((line) => !line.startsWith(':::') && !/^\|[-|]+$/.test(line))
      .join('\n')
      .replace(/`[^`]*`/g, '`code`')
      .replace(/\{\{[^}]*\}\}/g, '§');
    return [text, ...forms].map((found) => ({ file, text: found }));
  });
}

const offences = (locale: string, wrong: RegExp) =>
  literals(locale).flatMap(({ file, text }) => [...text.matchAll(wrong)].map(([found]) => `${file}: ${found}`));

describe('typography', () => {
  it('French: a no-break space before : ; ! ? % and inside guillemets', () => {
    expect(offences('fr', /.{0,20}[^\u00A0|](?:[;!?%»]|:(?![/\d]))/g)).toEqual([]);
    expect(offences('fr', /«[^\u00A0].{0,20}/g)).toEqual([]);
    expect(offences('fr', /.{0,10}["“”'].{0,10}/g)).toEqual([]);
  });

  it('English: no space before : ; ! ?, a no-break space before %, curly quotes', () => {
    expect(offences('en', /.{0,20}[\s\u00A0][:;!?]/g)).toEqual([]);
    expect(offences('en', /.{0,20}[^\u00A0]%/g)).toEqual([]);
    expect(offences('en', /.{0,10}["'].{0,10}/g)).toEqual([]);
  });

  it.each(locales)('%s: no exclamation mark, no alarm, no emoji', (locale) => {
    expect(offences(locale, /.{0,20}(?:!|\p{Extended_Pictographic})/gu)).toEqual([]);
    expect(offences(locale, /\b(?:urgent|critical|critique|alarming|unfortunately|malheureusement)\b/gi)).toEqual([]);
  });
});

/** Codes of a digest, by the folder of their words. */
function codesIn({ health, decisions, details, lookAt }: ProjectDigest): Readonly<Record<string, readonly string[]>> {
  const milestones = details.milestones.items;
  return {
    rules: [...lookAt, ...details.findings.items].map(({ rule }) => rule),
    decisions: [...decisions, ...details.decisions].map(({ question }) => question),
    reasons: health.reasons,
    flags: milestones.flatMap(({ flags }) => flags),
    'no-forecast': milestones.flatMap(({ noForecast }) => (noForecast === null ? [] : [noForecast])),
    'team-notes': milestones.flatMap(({ team }) => team?.code ?? []),
  };
}

describe('any project', () => {
  const moment = fc.tuple(randomProject, fc.integer({ min: 24 * 8, max: 24 * 120 }));
  const rules = [
    aRule('Web', { labels: ['web'], boards: ['2'] }),
    aRule('Pay', { components: ['Pay'], assignees: ['ann'] }),
  ];
  const teams: TeamSettings = { ...teamsBy([], { decidesWorkingDays: 0 }), rules };
  /** Marks that a template went wrong: a name without a value, two marks of punctuation, an empty pair. */
  const slips = /undefined|NaN|\[object|\(\s*\)|[,;:] ?[.,;]|[a-z] {2}[a-z]|\b0 of 0\b|0 sur 0/;

  it('has words for all that is found, in both languages, without a slip', () => {
    fc.assert(
      fc.property(moment, fc.boolean(), ([project, hour], hasTeams) => {
        const history = project.knownAs(hasTeams ? { teams } : {}, hour);
        const digest = digestOf(history, { asOf: hourAt(hour), since: hourAt(hour - 24 * 7) });
        for (const [name, found] of Object.entries(codesIn(digest))) {
          for (const code of found) expect(codes[name]).toContain(code);
        }
        const reports: readonly AnyReport[] = [digest, programmeOf([history]), statusOf(history, hourAt(hour))];
        for (const report of reports)
          for (const locale of locales) expect(toText(render(templates, report, locale))).not.toMatch(slips);
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same digest, byte by byte, when it is made again and whatever happened since', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 24 * 30 }), ([project, hour], more) => {
        const asOf = hourAt(hour);
        const since = hourAt(hour - 24 * 7);
        const made = JSON.stringify(digestOf(project.known(hour), { asOf, since }));
        expect(JSON.stringify(digestOf(project.known(hour), { asOf, since }))).toBe(made);
        expect(JSON.stringify(digestOf(project.known(hour, hour + more), { asOf, since }))).toBe(made);
      }),
      { numRuns: 100 },
    );
  });
});
