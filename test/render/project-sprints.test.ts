import { describe, expect, it } from 'vitest';
import { buildProjectSprints } from '../../src/core/reports/project-sprints.ts';
import { openZone } from '../../src/core/time/zone.ts';
import { loadTemplates, render } from '../../src/render/templates.ts';
import { toText } from '../../src/render/text.ts';
import { aSprint, at } from '../builders.ts';
import { aTeam, anOpenItem, inputAt } from '../core/findings/rule-rig.ts';

const templates = loadTemplates([new URL('../../templates', import.meta.url).pathname]);

/** Six closed sprints and one that runs, of four items each. */
function sprints() {
  const starts = ['2026-03-02', '2026-03-16', '2026-03-30', '2026-04-13', '2026-04-27', '2026-05-11', '2026-05-22'];
  const made = starts.map((from, index) => {
    const start = at(`${from}T08:00:00Z`);
    const end = start + 11 * 86_400_000;
    const isOver = index < 6;
    const past = isOver ? { state: 'closed', completedAt: end } : { state: 'active' };
    const value = aSprint({
      id: `${index}`,
      name: `S${index}`,
      startAt: start,
      activatedAt: start,
      endAt: end,
      ...past,
    } as object);
    return [{ at: start, value }];
  });
  const items = starts.flatMap((from, index) =>
    [1, 2, 3, 4].map((number) =>
      anOpenItem(`APO-${index * 10 + number}`, [], { sprintIds: [`${index}`], createdAt: at(`${from}T06:00:00Z`) }),
    ),
  );
  return inputAt({ items: [...aTeam(), ...items], sprints: made });
}

describe('the answer about sprints', () => {
  it.each([
    ['en', /^• S6 ends Tue 2 Jun: 0 of 4 items done[^\n]*$/m, /^Before · S5: 0 of 4 done · /m],
    ['fr', /^• S6 se termine mardi 2 juin : 0 ticket terminé sur 4[^\n]*$/m, /^Avant · S5 : 0 terminé sur 4 · /m],
  ])('has what runs, what was before and what is usual each on its own line (%s)', (locale, runs, before) => {
    const { view, metrics, thresholds } = sprints();
    const report = buildProjectSprints({ view, metrics, thresholds, zone: openZone('UTC'), urlOf: () => null });
    const text = toText(render(templates, report, locale), { width: 1000 }).replaceAll('\u00A0', ' ');
    expect(text).toMatch(runs);
    expect(text).toMatch(before);
  });
});
