import { describe, expect, it } from 'vitest';
import type { AnyReport } from '../../src/core/reports/any-report.ts';
import { toSlack } from '../../src/render/slack.ts';
import { render } from '../../src/render/templates.ts';
import { toText } from '../../src/render/text.ts';
import {
  digestOf,
  emptyProject,
  hostileProject,
  hugeProject,
  monday,
  overdueProject,
  programmeOf,
  quietProject,
  statusOf,
  undatedProject,
  usualProject,
  youngProject,
} from './digest-samples.ts';
import { templates } from '../shipped-templates.ts';
import { refusedBySlack } from './refused.ts';

const golden = (name: string) => new URL(`golden/digests/${name}.txt`, import.meta.url).pathname;

const reports: Readonly<Record<string, AnyReport>> = {
  'project-digest-usual': digestOf(usualProject()),
  'project-digest-quiet': digestOf(quietProject()),
  'project-digest-empty': digestOf(emptyProject()),
  'project-digest-young': digestOf(youngProject()),
  'project-digest-undated': digestOf(undatedProject()),
  'project-digest-overdue': digestOf(overdueProject()),
  'project-digest-huge': digestOf(hugeProject()),
  'project-digest-hostile': digestOf(hostileProject()),
  'project-digest-left-alerts': digestOf(usualProject(), {
    notes: [
      {
        kind: 'alert',
        at: monday - 2,
        key: 'WORK_STALLED:APO-1',
        rule: 'WORK_STALLED',
        subject: 'APO-1',
        reason: 'over-cap',
        exposure: 1,
      },
      {
        kind: 'alert',
        at: monday - 1,
        key: 'SPRINT_AT_RISK:7',
        rule: 'SPRINT_AT_RISK',
        subject: '7',
        reason: 'too-late',
        exposure: 1,
      },
      { kind: 'threshold-raised', at: monday, key: 'PROMISE_GAP', rule: 'PROMISE_GAP', on: 0.65 },
    ],
  }),
  'programme-digest-usual': programmeOf([quietProject(), usualProject(), undatedProject()]),
  'programme-digest-empty': programmeOf([]),
  'project-status-usual': statusOf(usualProject()),
  'project-status-empty': statusOf(emptyProject()),
  'project-status-undated': statusOf(undatedProject()),
  'project-status-hostile': statusOf(hostileProject()),
};

describe.each(['en', 'fr'])('reports in %s', (locale) => {
  describe.each(Object.entries(reports))('%s', (name, report) => {
    const document = render(templates, report, locale);

    it('reads as it should', async () => {
      await expect(`${toText(document)}\n`).toMatchFileSnapshot(golden(`${name}.${locale}`));
    });

    it('is what Slack takes', () => {
      expect(refusedBySlack(document)).toEqual([]);
    });

    it('shows nobody, and no slip of a template', () => {
      const shown = JSON.stringify(toSlack(document));
      expect(shown).not.toMatch(/person-\d|undefined|NaN|\[object|Invalid Date/);
    });
  });
});

/** What stands in the message itself: the thread is everything after it. */
function linesOf(name: string, locale: string): readonly string[] {
  const document = render(templates, reports[name]!, locale);
  const shown = { ...document, children: document.children.filter((block) => !isThread(block)) };
  return toText(shown)
    .split('\n')
    .filter((line) => line.trim() !== '');
}

function isThread(block: { readonly type: string; readonly name?: string }): boolean {
  return block.type === 'section' && block.name === 'thread';
}

describe.each(['en', 'fr'])('length in %s', (locale) => {
  it.each(['usual', 'undated', 'young', 'overdue'])('a digest is grasped in twenty seconds: %s', (name) => {
    expect(linesOf(`project-digest-${name}`, locale).length).toBeLessThanOrEqual(20);
  });
  it('a quiet week is one line, and how far to trust it', () => {
    const [line, ...rest] = linesOf('project-digest-quiet', locale)
      .join(' ')
      .split(/(?= (?:Data of|Données du))/);
    expect(line).toMatch(/Hermes · (week|semaine) 48 — ●/);
    expect(line!.length).toBeLessThan(230);
    expect(rest).toHaveLength(1);
  });
  it('even a huge project keeps its message short', () => {
    expect(linesOf('project-digest-huge', locale).length).toBeLessThanOrEqual(30);
  });
});

it('says the same in the same words whenever it is made', () => {
  expect(digestOf(usualProject())).toEqual(digestOf(usualProject()));
});

it('makes every key of the message a link', () => {
  const { replies, ...first } = toSlack(render(templates, reports['project-digest-usual']!, 'en'));
  const text = JSON.stringify(first.blocks);
  for (const key of ['APO-198', 'APO-77', 'APO-231', 'APO-241', 'APO-214'])
    expect(text).toContain(`https://acme.test/browse/${key}`);
  expect(JSON.stringify(replies)).toContain('https://acme.test/browse/APO-258');
});

describe('French', () => {
  const names = Object.keys(reports).filter((name) => !name.endsWith('hostile'));
  it.each(names)('keeps its blanks unbroken before : ; ! ? %% and inside quotation marks: %s', (name) => {
    const markdown = templates.write(reports[name]!.kind, 'fr', reports[name]!);
    expect(markdown.match(/.{0,20}(?: [:;!?%»]|« ).{0,20}/g) ?? []).toEqual([]);
  });
});

it.each([
  [
    'en',
    'Late by what it waits for: APO-7 waits for APO-9, due 4 Dec, which is late itself and leaves no working day to spare.',
  ],
  [
    'fr',
    'En retard par ce qu’il attend : APO-7 attend APO-9, prévu pour le 4 décembre, lui-même en retard, et il ne reste aucun jour ouvré de marge.',
  ],
])('in %s it says what a milestone is red for waiting for', (locale, words) => {
  const digest = digestOf(usualProject());
  const heldBy = { waiting: 'APO-7', blocker: 'APO-9', dueOn: '2026-12-04' } as const;
  const health = { ...digest.health, reasons: ['RED_DEPENDENCY'], heldBy };
  const text = toText(render(templates, { ...digest, health }, locale), { width: 1000 }).replaceAll('\u00A0', ' ');
  expect(text).toContain(words);
});
