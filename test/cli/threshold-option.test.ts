import { expect, it } from 'vitest';
import { tryThresholds } from '../../src/cli/threshold-option.ts';
import { defaultThresholds } from '../../src/core/model/thresholds.ts';

it('tries values by their names, of which the group may be left out', () => {
  const { thresholds, tried } = tryThresholds(defaultThresholds, ['alerts.promiseGapOn=0.7', 'STALEWORKINGDAYS = 8']);
  expect(thresholds.alerts.promiseGapOn).toBe(0.7);
  expect(thresholds.items.staleWorkingDays).toBe(8);
  expect(thresholds.alerts.perDay).toBe(defaultThresholds.alerts.perDay);
  expect(defaultThresholds.alerts.promiseGapOn).toBe(0.6);
  expect(tried).toEqual([
    { name: 'alerts.promiseGapOn', value: 0.7, present: 0.6 },
    { name: 'items.staleWorkingDays', value: 8, present: 5 },
  ]);
});

it.each([
  [
    'alerts.promiseGpOn=1',
    /expected a name of config\/thresholds.yaml.*found "alerts.promiseGpOn"; did you mean alerts.promiseGapOn,/,
  ],
  ['staleWorkDays=1', /did you mean items.staleWorkingDays,/],
  ['=1', /found ""/],
  [
    'alerts.perDay=many',
    /--threshold alerts.perDay: expected NAME=VALUE with a number of at least 0, such as alerts.perDay=5, found "many"/,
  ],
  ['alerts.perDay=', /found ""/],
  ['alerts.perDay', /found "alerts.perDay"/],
  ['alerts.perDay=-1', /found "-1"/],
  ['alerts.perDay=1=2', /found "1"/],
  ['alerts.perDay=Infinity', /found "Infinity"/],
  [
    'teams.correlation=1.5',
    /teams.correlation: expected NAME=VALUE with a number of at least 0 and at most 1, .* found "1.5"/,
  ],
])('refuses %s', (wish, message) => {
  expect(() => tryThresholds(defaultThresholds, [wish])).toThrow(message);
});

it('names every problem at once', () => {
  expect(() => tryThresholds(defaultThresholds, ['a=1', 'alerts.perDay=x'])).toThrow(/"a".*\n.*"x"/);
});
