import { describe, expect, it } from 'vitest';
import { explainFigure } from '../../src/core/explain/explain-figure.ts';
import { costFigures } from '../../src/core/metrics/cost-figures.ts';
import type { CostFigures } from '../../src/core/metrics/figures.ts';
import type { BudgetSettings } from '../../src/core/model/budget.ts';
import type { ItemHistory } from '../../src/core/model/project.ts';
import type { WorklogVersion } from '../../src/core/model/worklog.ts';
import { buildProjectBudget } from '../../src/core/reports/project-budget.ts';
import { buildProjectDigest } from '../../src/core/reports/project-digest.ts';
import { addDays } from '../../src/core/time/day.ts';
import type { Day } from '../../src/core/time/day.ts';
import { openZone } from '../../src/core/time/zone.ts';
import { toHtml } from '../../src/render/html.ts';
import { toSlack } from '../../src/render/slack.ts';
import { loadTemplates, render, renderTemplate } from '../../src/render/templates.ts';
import { toText } from '../../src/render/text.ts';
import { aDoneItem, at, settings } from '../builders.ts';
import { aTeam, anOpenItem, inputAt, seen, weekBefore } from '../core/findings/rule-rig.ts';
import { hostileTexts } from './documents.ts';
import { refusedBySlack } from './refused.ts';

const templates = loadTemplates([new URL('../../templates', import.meta.url).pathname]);
const golden = (name: string) => new URL(`golden/digests/${name}`, import.meta.url).pathname;
const zone = openZone('Europe/Paris');

const everybody = { person: null, role: null, from: null, to: null };
const team = { people: 2, perDay: 65_000, allocation: 1, from: null, to: null };
const usual: BudgetSettings = {
  amount: 9_500_000,
  currency: 'EUR',
  from: '2026-03-02',
  actuals: 'worklogs',
  rates: [
    { ...everybody, perHour: 8_000 },
    { ...everybody, role: 'dev', perHour: 9_250.5 },
  ],
  roles: { dev: ['u1', 'u9'] },
  team: [team],
  hoursPerDay: 8,
  focus: 0.8,
};

/** Two people log on each working day; every tenth booking comes five weeks late. */
function logs(hours: number): WorklogVersion[] {
  return Array.from({ length: 84 }, (_, index) => addDays('2026-03-02', index)).flatMap((on, index) =>
    index % 7 > 4 ? [] : ['u1', 'u2'].map((by) => aLog({ on, by, hours, late: index % 10 === 0 ? 35 : 0 })),
  );
}

function aLog({ on, by, hours, late }: { on: Day; by: string; hours: number; late: number }): WorklogVersion {
  const createdAt = at(`${addDays(on, late)}T16:00:00Z`);
  return {
    source: 'jira',
    id: `${on} ${by}`,
    itemKey: 'APO-1',
    knownAt: createdAt,
    isDeleted: false,
    by,
    createdAt,
    startedAt: at(`${on}T08:00:00Z`),
    seconds: hours * 3600,
  };
}

/** Promised for a day each while the budget pays: four delivered, the last two of them late, and two not yet. */
const promised = [
  ...[1, 2, 3, 4].map((number) =>
    aDoneItem(
      `APO-${number + 20}`,
      { createdAt: '2026-03-02T08:00:00Z', doneAt: `2026-0${number < 3 ? 3 : 5}-2${number}T10:00:00Z` },
      { dueOn: number < 3 ? '2026-03-25' : '2026-04-25' },
    ),
  ),
  ...[25, 26].map((number) => anOpenItem(`APO-${number}`, [], { dueOn: '2026-06-26' })),
];

function inputOf(
  budget: BudgetSettings | null,
  worklogs: readonly WorklogVersion[] | null,
  more: readonly ItemHistory[] = [],
) {
  const version = { releaseOn: '2026-06-30' as Day };
  return {
    ...inputAt({
      items: [
        ...aTeam().map((past) => ({ ...past, item: { ...past.item, fixVersionIds: ['900'] } })),
        ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => anOpenItem(`APO-${number}`, [], { fixVersionIds: ['900'] })),
        ...more,
      ],
      versions: [seen(['2026-01-04', version])],
      settings: settings({ ...(budget ? { budget } : {}), ...(worklogs ? { worklogs: 'optional' } : {}) }),
      ...(worklogs ? { worklogs } : {}),
    }),
    previous: null,
    zone,
    since: at(weekBefore),
    urlOf: () => null,
  };
}

const hostile = hostileTexts[0]!;
const inputs = {
  usual: inputOf(usual, logs(6)),
  overspent: inputOf({ ...usual, amount: 5_000_000 }, logs(6)),
  little: inputOf(
    { ...usual, team: [{ ...team, people: 6 }], rates: [{ ...everybody, perHour: 8_000, from: '2026-03-16' }] },
    logs(6),
  ),
  foreign: inputOf({ ...usual, rates: [{ ...everybody, perHour: 8_000, drift: 0.05 }] }, logs(6)),
  capacity: inputOf({ ...usual, actuals: 'capacity' }, null),
  unread: inputOf(usual, null),
  silent: inputOf(usual, []),
  none: inputOf(null, null),
  earned: inputOf(usual, logs(6), promised),
  hostile: inputOf(
    { ...usual, roles: { [hostile]: ['u2', 'u9'] }, rates: [{ ...everybody, perHour: 8_000 }] },
    logs(6),
  ),
};

describe.each(['en', 'fr'])('money in %s', (locale) => {
  it.each(Object.entries(inputs))('reads as it should, in every format: %s', async (name, input) => {
    const digest = buildProjectDigest(input);
    const line = toText(renderTemplate(templates, 'project-digest', { ...digest, isQuiet: true }, locale));
    const document = render(templates, buildProjectBudget(input), locale);
    const text = `${toText(document)}\n— in a digest\n\n${line}\n`;
    await expect(text).toMatchFileSnapshot(golden(`budget-${name}.${locale}.txt`));
    expect(refusedBySlack(document)).toEqual([]);
    expect(JSON.stringify(toSlack(document)) + toHtml(document)).not.toMatch(/undefined|NaN|\[object|Invalid Date/);
  });

  const proofsOf = ({ view, metrics }: (typeof inputs)['usual']) =>
    [...costFigures].map((name) => explainFigure(view, metrics, { name: name as keyof CostFigures, service: null }));
  const textOf = (proof: ReturnType<typeof proofsOf>[number]) =>
    toText(renderTemplate(templates, 'figure-explanation', proof, locale));

  it.each(Object.entries(inputs))('explains each of its figures, and names no person: %s', (_name, input) => {
    const proofs = proofsOf(input);
    expect(JSON.stringify(proofs)).not.toMatch(/"u[129]"/);
    for (const proof of proofs) expect(textOf(proof)).not.toMatch(/undefined|NaN|\[object/);
  });

  it.each(['usual', 'earned'] as const)('counts each of its figures out: %s', async (name) => {
    const text = proofsOf(inputs[name]).map(textOf).join('\n');
    await expect(text).toMatchFileSnapshot(golden(`budget-proofs-${name}.${locale}.txt`));
  });
});

describe('money is counted out', () => {
  const proofOf = (input: (typeof inputs)['usual'], name: keyof CostFigures) =>
    explainFigure(input.view, input.metrics, { name, service: null });
  const stepsOf = (input: (typeof inputs)['usual'], name: keyof CostFigures) =>
    new Map(proofOf(input, name).steps.map((step) => [step.code, step as unknown as Record<string, number>]));

  it('down to the items that it pays for', () => {
    const { figure, plan } = proofOf(inputs.earned, 'paidWorkDone');
    expect(plan!.delivered / plan!.planned).toBe(figure.value);
    expect(plan!.rows.flatMap(({ delivered, open }) => [...delivered, ...open])).toHaveLength(plan!.planned);
    expect(stepsOf(inputs.earned, 'paidWorkDone').get('paidPlan')).toMatchObject({ items: plan!.planned });
  });

  it('at both ends of the range, the SPI(t) included', () => {
    const { figures } = inputs.earned.metrics;
    const steps = stepsOf(inputs.earned, 'costAtCompletionHigh');
    const [low, high] = [steps.get('costAtPlan')!, steps.get('costAtBoth')!];
    const { es, at: passed, value: spiT } = steps.get('spiT')!;
    expect(spiT).toBe(es! / passed!);
    expect(high).toMatchObject({ index: figures.cpi.value, spiT });
    expect(low.value).toBeCloseTo(low.cost! + low.left!, 6);
    expect(high.value).toBeCloseTo(high.cost! + high.left! / (high.index! * high.spiT!), 6);
    const ends = [low.value!, high.value!, steps.get('costAtIndex')!.value!].sort((a, b) => a - b);
    expect(figures.costAtCompletionLow.value).toBe(Math.round(ends[0]!));
    expect(figures.costAtCompletionHigh.value).toBe(Math.round(ends[2]!));
  });

  it('at this burn, with the weeks that the work still takes', () => {
    const { figures } = inputs.usual.metrics;
    expect(figures.costAtCompletion.flags).toContain('atBurn');
    const { cost, burn, weeks } = stepsOf(inputs.usual, 'costAtCompletion').get('costAtBurn')! as unknown as {
      cost: number;
      burn: number;
      weeks: readonly number[];
    };
    const ends = weeks.map((one) => Math.round(cost + burn * one));
    expect(ends).toEqual([
      figures.costAtCompletionLow.value,
      figures.costAtCompletion.value,
      figures.costAtCompletionHigh.value,
    ]);
  });
});
