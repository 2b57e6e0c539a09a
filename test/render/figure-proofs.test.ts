import { describe, expect, it } from 'vitest';
import { explainFigure } from '../../src/core/explain/explain-figure.ts';
import type { Figures } from '../../src/core/metrics/figures.ts';
import { toText } from '../../src/render/text.ts';
import { renderTemplate } from '../../src/render/templates.ts';
import { aHistory, settings, statuses, types } from '../builders.ts';
import { aTeam, anOpenItem, inputAt } from '../core/findings/rule-rig.ts';
import { aShop } from '../core/metrics/delivery/a-shop.ts';
import { aRelease, asOf } from '../core/metrics/value/a-release.ts';
import { templates } from '../shipped-templates.ts';

const bug = { ...types.story, name: 'Bug' };
const shop = aShop();
const project = inputAt(
  aHistory({
    settings: settings({ delivery: { source: 'ci', services: ['shop'] } }),
    services: [shop],
    items: [
      ...aTeam(),
      anOpenItem('APO-1', [['2026-05-20T08:00:00Z', statuses.doing]], { isFlagged: true }),
      anOpenItem('APO-2', [], { type: bug, createdAt: Date.parse('2026-05-12T08:00:00Z') }),
    ],
  }),
);

/** Figures that another test counts out: against first promises, and of cost. */
const elsewhere =
  /Scope$|^percent|^spi|^svT|^ieacT|^tspiT|^schedule|^onTime|[cC]ost|^burn|^budget|^runway|^cpi|^late|^worklog|^variance|^paid|^spend|^agileC/;
const release = inputAt(aRelease(), { asOf, since: null });
const names = (Object.keys(project.metrics.figures) as (keyof Figures)[]).filter((name) => !elsewhere.test(name));
const proofs = names.map((name) => explainFigure(project.view, project.metrics, { name, service: null }));

describe('where a figure comes from', () => {
  it('is counted out for each that has a value', () => {
    const bare = proofs.filter(
      ({ figure, steps, madeFrom }) => figure.value !== null && steps.length === 0 && madeFrom.length === 0,
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it('leads from the flow down to its items: what has entered a stage stands there or further right', () => {
    const { value } = project.metrics.figures.cumulativeFlow;
    const steps = proofs
      .find(({ name }) => name === 'cumulativeFlow')!
      .steps.flatMap((step) => (step.code === 'stage' ? step : []));
    expect(steps.map(({ stage }) => stage)).toEqual(value!.stages);
    steps.forEach(({ entered }, index) => {
      const further = steps.slice(index).flatMap(({ keys }) => keys);
      expect(further).toHaveLength(entered);
    });
  });

  it.each(['en', 'fr'])('is counted out for a release by sprints, down to its keys, in %s', async (locale) => {
    const told = (['velocity', 'agileEvm'] as const)
      .map((name) => explainFigure(release.view, release.metrics, { name, service: null }))
      .map((proof) => toText(renderTemplate(templates, 'figure-explanation', proof, locale)));
    expect(told.join('\n')).not.toMatch(/undefined|NaN|\[object|Invalid Date/);
    await expect(told.join('\n')).toMatchFileSnapshot(
      new URL(`golden/digests/agile-proofs.${locale}.txt`, import.meta.url).pathname,
    );
  });

  it.each(['en', 'fr'])('reads as it should in %s', async (locale) => {
    const text = proofs
      .map((proof) => toText(renderTemplate(templates, 'figure-explanation', proof, locale)))
      .join('\n');
    expect(text).not.toMatch(/undefined|NaN|\[object|Invalid Date/);
    await expect(text).toMatchFileSnapshot(
      new URL(`golden/digests/figure-proofs.${locale}.txt`, import.meta.url).pathname,
    );
  });
});
