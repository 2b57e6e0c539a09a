import { describe, expect, it } from 'vitest';
import type { AnyReport } from '../../src/core/reports/any-report.ts';
import { toHtml } from '../../src/render/html.ts';
import { toSlack } from '../../src/render/slack.ts';
import { render } from '../../src/render/templates.ts';
import { toText } from '../../src/render/text.ts';
import { at } from '../builders.ts';
import { aRelease, asOf } from '../core/metrics/value/a-release.ts';
import { aReview, reviewedProject, reviewOf } from '../core/reports/sprint-review-rig.ts';
import { templates } from '../shipped-templates.ts';
import { refusedBySlack } from './refused.ts';

const golden = (name: string) => new URL(`golden/digests/${name}`, import.meta.url).pathname;

const usual = aReview();
const release = reviewOf(aRelease(), null, at(asOf));
const codes = [
  'LOW_SAY_DO',
  'SERIAL_CARRYOVER',
  'SCOPE_CHURN',
  'LATE_ADDITIONS',
  'LATE_BURN',
  'BURN_FLAT',
  'EXTENDED',
  'RE_ESTIMATED',
] as const;
const facts = {
  kept: 1,
  committed: 5,
  items: 2,
  sprints: 4,
  added: 3,
  removed: 1,
  late: 2,
  done: 3,
  workingDays: 4,
  points: -3,
  share: 0.4,
};
const reports: Readonly<Record<string, AnyReport>> = {
  'sprint-review-usual': usual,
  'sprint-review-blind': aReview({ project: reviewedProject({ isComplete: false }) }),
  'sprint-review-none': reviewOf({ items: [], sprints: [] }),
  'sprint-review-release': release,
  'sprint-review-release-late': {
    ...release,
    release: { ...release.release!, doneSprints: 7, expectedComplete: 7 / 6, isPast: true },
  },
  'sprint-review-talk': {
    ...usual,
    talk: codes.map((code) => ({ code, facts, items: usual.details.completed.items.slice(0, 1) })),
  },
};

describe.each(['en', 'fr'])('a review in %s', (locale) => {
  it.each(Object.entries(reports))('reads as it should, in every format: %s', async (name, report) => {
    const document = render(templates, report, locale);
    await expect(`${toText(document)}\n`).toMatchFileSnapshot(golden(`${name}.${locale}.txt`));
    expect(refusedBySlack(document)).toEqual([]);
    const shown = JSON.stringify(toSlack(document)) + toHtml(document);
    expect(shown).not.toMatch(/person-\d|undefined|NaN|\[object|Invalid Date/);
  });
});

it.each(Object.entries(reports))('keeps blanks unbroken in French: %s', (_name, report) => {
  const markdown = templates.write(report.kind, 'fr', report);
  expect(markdown.match(/.{0,20}(?: [:;!?%»]|« ).{0,20}/g) ?? []).toEqual([]);
});
