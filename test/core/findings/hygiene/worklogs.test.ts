import { describe, expect, it } from 'vitest';
import { checkHygiene } from '../../../../src/core/findings/hygiene/check-hygiene.ts';
import type { ItemHistory } from '../../../../src/core/model/project.ts';
import { aDoneItem, aPast, at, settings, statuses, types } from '../../../builders.ts';
import { anOpenItem, inputAt } from '../rule-rig.ts';

const { doing } = statuses;
/** The rig asks on Monday, 2026-05-25. */
const long: readonly [string, typeof doing] = ['2026-05-15T08:00:00Z', doing];
const short: readonly [string, typeof doing] = ['2026-05-18T08:00:00Z', doing];
const closed = (key: string) => aDoneItem(key, { createdAt: '2026-04-01', doneAt: '2026-05-04T10:00:00Z' });

function log(itemKey: string, entered: string, started = entered) {
  const createdAt = at(entered);
  return {
    source: 'jira',
    id: `${itemKey} ${entered}`,
    itemKey,
    knownAt: createdAt,
    isDeleted: false,
    by: 'u1',
    createdAt,
    startedAt: at(started),
    seconds: 3_600,
  };
}

function h18(
  worklogs: 'optional' | 'mandatory',
  items: readonly ItemHistory[],
  logs: readonly ReturnType<typeof log>[],
) {
  const input = inputAt({ items, worklogs: logs, settings: settings({ worklogs }) });
  return checkHygiene(input).lines.find(({ rule }) => rule === 'H18')!;
}

describe('H18', () => {
  it('finds time that was logged more than five working days after its item was closed, in the last four weeks', () => {
    const items = [closed('APO-1'), closed('APO-2'), closed('APO-3')];
    const logs = [
      log('APO-1', '2026-05-12T10:00:00Z', '2026-05-04T08:00:00Z'),
      log('APO-2', '2026-05-11T10:00:00Z'),
      log('APO-3', '2026-05-04T09:00:00Z'),
    ];
    expect(h18('optional', items, logs)).toMatchObject({ state: 'checked', count: 1, evidence: ['APO-1'] });
    expect(h18('optional', [closed('APO-1')], [log('APO-1', '2026-05-12'), log('APO-1', '2026-05-13')]).count).toBe(1);
  });

  it('finds work in progress without any time since it began, only where the team has to log its work', () => {
    const items = [
      anOpenItem('APO-1', [long]),
      anOpenItem('APO-2', [short]),
      anOpenItem('APO-3', [long]),
      anOpenItem('APO-4', [long]),
      aPast({ key: 'APO-5', type: types.subtask, parentKey: 'APO-4' }),
    ];
    const logs = [
      log('APO-1', '2026-05-14T10:00:00Z'),
      log('APO-3', '2026-05-15T06:00:00Z'),
      log('APO-5', '2026-05-20T06:00:00Z'),
    ];
    expect(h18('mandatory', items, logs)).toMatchObject({ count: 1, evidence: ['APO-1'] });
    expect(h18('optional', items, logs).count).toBe(0);
  });

  it('says why it sees nothing where nobody logs time, unless that is the breach', () => {
    const items = [anOpenItem('APO-1', [long])];
    expect(h18('optional', items, [])).toMatchObject({ state: 'notApplicable', reason: 'nothingLogged', count: null });
    expect(h18('mandatory', items, [])).toMatchObject({ state: 'checked', count: 1 });
  });
});
