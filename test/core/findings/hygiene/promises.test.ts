import { describe, expect, it } from 'vitest';
import { checkHygiene } from '../../../../src/core/findings/hygiene/check-hygiene.ts';
import type { HygieneId } from '../../../../src/core/findings/hygiene/hygiene-rule.ts';
import type { Rebaseline } from '../../../../src/core/model/rebaseline.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { aVersion, at, settings } from '../../../builders.ts';
import { anOpenItem, aTeam, inputAt, seen } from '../rule-rig.ts';

/** Three items a week are finished from January on; in April a version of so many items gets a date. */
function versionOf(items: number, releaseOn: Day, ...later: readonly (readonly [string, Day])[]) {
  const open = Array.from({ length: items }, (_, index) =>
    anOpenItem(`APO-${index + 1}`, [], { fixVersionIds: ['900'] }),
  );
  const dates = [['2026-04-06T08:00:00Z', releaseOn] as const, ...later];
  return {
    items: [...aTeam(), ...open],
    versions: [
      seen(['2026-01-02', aVersion()], ...dates.map(([when, on]) => [when, aVersion({ releaseOn: on })] as const)),
    ],
  };
}

const agreed = (when: string, on: Day): Rebaseline => ({
  milestone: '900',
  at: at(when),
  on,
  by: 'Ada',
  reason: 'the vendor is late',
});

function lineOf(rule: HygieneId, parts: Parameters<typeof inputAt>[0]) {
  const line = checkHygiene(inputAt(parts)).lines.find((one) => one.rule === rule)!;
  return [line.state, line.count ?? line.reason, line.names];
}

const deciding = { settings: settings({ mayRebaseline: true }) };

describe('promises in order (metrics.md 7.5)', () => {
  const moved = versionOf(9, '2026-06-30', ['2026-05-11T08:00:00Z', '2026-07-31']);

  it('H22: a date that was moved later and that nobody agreed on', () => {
    expect(lineOf('H22', { ...moved, ...deciding })).toEqual(['checked', 1, ['1.0']]);
    const known = { ...moved, rebaselines: [agreed('2026-05-12T08:00:00Z', '2026-07-31')] };
    expect(lineOf('H22', known)).toEqual(['checked', 0, []]);
    const short = { ...moved, rebaselines: [agreed('2026-05-12T08:00:00Z', '2026-07-30')] };
    expect(lineOf('H22', short)).toEqual(['checked', 1, ['1.0']]);
  });

  it('H22: is not for a project in which nobody may agree on anything', () => {
    expect(lineOf('H22', moved)).toEqual(['notApplicable', 'noDeciders', []]);
  });

  it('H22: knows no agreement of after as-of', () => {
    const later = { ...moved, ...deciding, rebaselines: [agreed('2026-05-26T08:00:00Z', '2026-07-31')] };
    expect(lineOf('H22', later)).toEqual(['checked', 1, ['1.0']]);
  });

  it.each([
    ['twice', [agreed('2026-05-04', '2026-07-10'), agreed('2026-05-05', '2026-07-20')], 0],
    [
      'three times',
      [agreed('2026-05-04', '2026-07-10'), agreed('2026-05-05', '2026-07-20'), agreed('2026-05-06', '2026-07-30')],
      1,
    ],
    ['on the day of the promise before', [agreed('2026-05-04', '2026-05-08'), agreed('2026-05-08', '2026-07-20')], 0],
    ['the day after it', [agreed('2026-05-04', '2026-05-08'), agreed('2026-05-09', '2026-07-20')], 1],
  ])('H23: agreed on anew %s', (_, rebaselines, count) => {
    expect(lineOf('H23', { ...moved, rebaselines }).slice(0, 2)).toEqual(['checked', count]);
  });

  it('H29: a promise that had no buffer when it was made', () => {
    expect(lineOf('H29', versionOf(30, '2026-05-29'))).toEqual(['checked', 1, ['1.0']]);
    expect(lineOf('H29', versionOf(3, '2026-06-30'))).toEqual(['checked', 0, []]);
  });

  it('H29: says so where the past gives no forecast for the day of the promise', () => {
    const { items, versions } = versionOf(3, '2026-06-30');
    expect(lineOf('H29', { items: items.slice(-3), versions })).toEqual(['notCollected', 'noForecastThen', []]);
  });
});
