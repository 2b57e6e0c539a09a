import { describe, expect, it } from 'vitest';
import { explainSprint } from '../../src/core/explain/explain-sprint.ts';
import { toText } from '../../src/render/text.ts';
import { renderTemplate } from '../../src/render/templates.ts';
import { aSprint, at, statuses } from '../builders.ts';
import { aTeam, anOpenItem, inputAt } from '../core/findings/rule-rig.ts';
import { templates } from '../shipped-templates.ts';

const running = aSprint({ id: '7', state: 'active', activatedAt: at('2026-05-18T08:00:00Z'), endAt: at('2026-05-29') });
const { view, metrics } = inputAt({
  items: [
    ...aTeam(),
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) =>
      anOpenItem(`APO-${number}`, [['2026-05-18T09:00:00Z', statuses.doing]], { sprintIds: ['7'] }),
    ),
  ],
  sprints: [[{ at: at('2026-05-01'), value: running }]],
});
const told = explainSprint(view, metrics, { figures: metrics.sprints.find(({ id }) => id === '7')! })!;

describe.each(['en', 'fr'])('why a running sprint is at risk, in %s', (locale) => {
  it('a chance just under the level of a statement does not read as that level', () => {
    const [row] = told.forecast!.rows;
    const forecast = { ...told.forecast!, rows: [{ ...row!, level: 0.85, chance: 0.8512, chanceOfMore: 0.8461 }] };
    const text = toText(renderTemplate(templates, 'sprint-explanation', { ...told, forecast }, locale));
    expect(text.replace(/[.,]/g, '.')).toContain('84.61');
    expect(text.match(/85\s%/gu)).toHaveLength(1);
  });
});
