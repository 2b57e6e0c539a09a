import { describe, expect, it } from 'vitest';
import type { DeliveryHistory } from '../../src/core/model/delivery.ts';
import { buildDeliveryReport } from '../../src/core/reports/delivery.ts';
import type { DeliveryReport } from '../../src/core/reports/delivery-report.ts';
import { openZone } from '../../src/core/time/zone.ts';
import { toHtml } from '../../src/render/html.ts';
import { toSlack } from '../../src/render/slack.ts';
import { render } from '../../src/render/templates.ts';
import { toText } from '../../src/render/text.ts';
import { settings } from '../builders.ts';
import { anOpenItem, inputAt, seen } from '../core/findings/rule-rig.ts';
import { aShop, doneInMay } from '../core/metrics/delivery/a-shop.ts';
import { hostileTexts } from './documents.ts';
import { templates } from '../shipped-templates.ts';
import { refusedBySlack } from './refused.ts';

const golden = (name: string) => new URL(`golden/digests/${name}`, import.meta.url).pathname;

function reportOf(delivery: DeliveryHistory | null, freezes: readonly { from: '2026-05-01'; to: '2026-05-08' }[] = []) {
  return buildDeliveryReport({
    ...inputAt({
      items: [1, 2, 3, 40].map((number) => anOpenItem(`APO-${number}`, doneInMay, { fixVersionIds: ['900'] })),
      versions: [
        seen(
          ['2026-01-06', { releaseOn: '2026-05-15' }],
          ['2026-05-15T15:00:00Z', { releaseOn: '2026-05-15', isReleased: true }],
        ),
      ],
      settings: settings({ delivery: delivery && { source: 'ci', services: [delivery.service], freezes } }),
      ...(delivery ? { services: [delivery] } : {}),
    }),
    zone: openZone('Europe/Paris'),
    urlOf: (key) => (/^[A-Z]+-\d+$/.test(key) ? `https://acme.test/browse/${key}` : null),
  });
}

const shop = aShop();
const hostile = hostileTexts[0]!;
const reports: Readonly<Record<string, DeliveryReport>> = {
  'delivery-usual': reportOf(shop, [{ from: '2026-05-01', to: '2026-05-08' }]),
  'delivery-none': reportOf(null),
  'delivery-empty': reportOf({ ...shop, deployments: [], pullRequests: [], commits: [], incidents: [] }),
  'delivery-bare': reportOf({
    service: 'shop',
    commits: [],
    deployments: shop.deployments.filter(({ id }) => /run-3[678]/.test(id)).map((one) => ({ ...one, sha: null })),
    incidents: [],
    hasIncidents: false,
  }),
  // As webhooks tell it: what was merged, not when it was begun; one change, one failure, nothing to complain of.
  'delivery-merged': reportOf({
    ...shop,
    commits: [],
    pullRequests: (shop.pullRequests ?? [])
      .slice(34, 36)
      .map((one) => ({ ...one, firstCommitAt: null, shas: [], keys: ['APO-1'], firstReviewAt: one.openedAt })),
    deployments: shop.deployments.slice(34, 36),
    incidents: shop.incidents.slice(1, 2),
  }),
  'delivery-hostile': reportOf({
    ...shop,
    service: hostile,
    deployments: shop.deployments.map((one) => ({ ...one, service: hostile, version: hostile })),
    incidents: shop.incidents.map((one) => ({ ...one, service: hostile, id: hostile.slice(0, 60) })),
  }),
};

describe.each(['en', 'fr'])('delivery in %s', (locale) => {
  it.each(Object.entries(reports))('reads as it should, in every format: %s', async (name, report) => {
    const document = render(templates, report, locale);
    await expect(`${toText(document)}\n`).toMatchFileSnapshot(golden(`${name}.${locale}.txt`));
    expect(refusedBySlack(document)).toEqual([]);
    expect(JSON.stringify(toSlack(document)) + toHtml(document)).not.toMatch(/undefined|NaN|\[object|Invalid Date/);
  });
});

it.each(Object.entries(reports))('keeps blanks unbroken in French: %s', (_name, report) => {
  const markdown = templates.write(report.kind, 'fr', report);
  expect(markdown.match(/.{0,20}(?: [:;!?%»]|« ).{0,20}/g) ?? []).toEqual([]);
});

it('tells of each service by itself, the main one first', () => {
  const api = { ...shop, service: 'api', deployments: shop.deployments.map((one) => ({ ...one, service: 'api' })) };
  const report = buildDeliveryReport({
    ...inputAt({
      items: [],
      settings: settings({ delivery: { source: 'ci', services: ['shop', 'api'] } }),
      services: [shop, { ...api, incidents: [] }],
    }),
    zone: openZone('Europe/Paris'),
    urlOf: () => null,
  });
  expect(report.services.map(({ name, failures }) => [name, failures?.failed])).toEqual([
    ['shop', 2],
    ['api', 0],
  ]);
  expect(toText(render(templates, report, 'en'))).toMatch(/\nshop\n[\s\S]*Frequency[\s\S]*\napi\n[\s\S]*Frequency/);
});
