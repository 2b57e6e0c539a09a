import { describe, expect, it } from 'vitest';
import type { Honesty } from '../../src/core/backtest/honesty.ts';
import { wilson } from '../../src/core/metrics/statistics.ts';
import { render } from '../../src/render/templates.ts';
import { toText } from '../../src/render/text.ts';
import { digestOf, quietProject, usualProject } from './digest-samples.ts';
import { templates } from '../shipped-templates.ts';

const heldOf = (held: number, n: number) => ({ held, n, interval: wilson(held, n) });
const honesty = (held: number, n: number, parts: Partial<Honesty> = {}): Honesty => ({
  p85: heldOf(held, n),
  p50: heldOf(0, 1),
  skill: 0.1,
  isOff: false,
  ...parts,
});
const words = (locale: string, of: Honesty | null, project = usualProject()) =>
  toText(render(templates, { ...digestOf(project), honesty: of }, locale), { width: 1000 }).replaceAll('\u00A0', ' ');

describe('are we honest?', () => {
  it.each([
    [
      'en',
      honesty(27, 31),
      'Past dates called 85 % sure held 27 of 31 times (95 % interval 71 % to 95 %). They are off by 10 % less than dates drawn from the last 26 weeks alone.',
    ],
    ['en', honesty(3, 4), 'Past dates called 85 % sure held 3 of 4 times.'],
    [
      'en',
      honesty(15, 40, { isOff: true, skill: -0.2 }),
      'held 15 of 40 times (95 % interval 24 % to 53 %): not what was promised, and being looked at. They are off by 20 % more',
    ],
    [
      'fr',
      honesty(27, 31),
      'Les dates passées dites sûres à 85 % ont été tenues 27 fois sur 31 (intervalle à 95 % : 71 % à 95 %). Leur écart est inférieur de 10 % à celui',
    ],
    ['fr', honesty(3, 4), 'ont été tenues 3 fois sur 4.'],
  ])('is said in %s', (locale, of, expected) => {
    expect(words(locale, of)).toContain(expected);
  });
  it('is said in a quiet week too, and not at all while nothing is over', () => {
    expect(words('en', honesty(3, 4), quietProject())).toContain('held 3 of 4 times');
    expect(words('en', honesty(0, 0))).not.toContain('Past dates');
    expect(words('fr', null)).not.toContain('Les dates passées');
  });
});
