import { describe, expect, it } from 'vitest';
import { hygieneIds } from '../../src/core/findings/hygiene/hygiene-rule.ts';
import { buildComplianceReport } from '../../src/core/reports/compliance.ts';
import type { ComplianceReport } from '../../src/core/reports/compliance.ts';
import type { ItemHistory } from '../../src/core/model/project.ts';
import { openZone } from '../../src/core/time/zone.ts';
import { toHtml } from '../../src/render/html.ts';
import { toSlack } from '../../src/render/slack.ts';
import { render } from '../../src/render/templates.ts';
import { toText } from '../../src/render/text.ts';
import { statuses } from '../builders.ts';
import { aDatedVersion, anOpenItem, inputAt } from '../core/findings/rule-rig.ts';
import { templates } from '../shipped-templates.ts';
import { refusedBySlack } from './refused.ts';

const golden = (name: string) => new URL(`golden/digests/${name}`, import.meta.url).pathname;

function reportOf(items: readonly ItemHistory[]): ComplianceReport {
  return buildComplianceReport({
    ...inputAt({ items, versions: [aDatedVersion('2026-05-15')] }),
    zone: openZone('Europe/Paris'),
    urlOf: (key) => `https://acme.test/browse/${key}`,
  });
}

const usual = reportOf([
  ...Array.from({ length: 12 }, (_, index) => anOpenItem(`APO-${100 + index}`, [])),
  ...Array.from({ length: 5 }, (_, index) =>
    anOpenItem(`APO-${index + 1}`, [['2026-05-11T08:00:00Z', statuses.doing]]),
  ),
  anOpenItem('APO-50', [], { dueOn: '2026-05-22', fixVersionIds: ['900'] }),
]);
const reports: Readonly<Record<string, ComplianceReport>> = {
  'compliance-usual': usual,
  'compliance-empty': reportOf([]),
  'compliance-words': { ...usual, top: hygieneIds.map((rule) => ({ ...usual.checked[0]!, rule, count: 2 })) },
};

describe.each(['en', 'fr'])('compliance in %s', (locale) => {
  it.each(Object.entries(reports))('reads as it should, in every format: %s', async (name, report) => {
    const document = render(templates, report, locale);
    await expect(`${toText(document)}\n`).toMatchFileSnapshot(golden(`${name}.${locale}.txt`));
    expect(refusedBySlack(document)).toEqual([]);
    const shown = JSON.stringify(toSlack(document)) + toHtml(document);
    expect(shown).not.toMatch(/person-\d|undefined|NaN|\[object|Invalid Date/);
  });

  it('has words for every rule and reason', () => {
    const text = toText(render(templates, reports['compliance-words']!, locale));
    expect(text).not.toMatch(/· H\d\d|: no[A-Z]/);
  });
});

it.each(Object.entries(reports))('keeps blanks unbroken in French: %s', (_name, report) => {
  const markdown = templates.write(report.kind, 'fr', report);
  expect(markdown.match(/.{0,20}(?: [:;!?%»]|« ).{0,20}/g) ?? []).toEqual([]);
});
