import { describe, expect, it } from 'vitest';
import { measure } from '../../../../src/core/metrics/measure.ts';
import type { ChildSlip } from '../../../../src/core/metrics/milestone-figures.ts';
import type { ItemHistory } from '../../../../src/core/model/project.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aDoneItem, aHistory, aPast, aVersion, at, settings } from '../../../builders.ts';

const createdAt = '2026-01-05';
const plan = (key: string, dueOn: Day | null) => ({ key, id: key, dueOn, fixVersionIds: ['900'] });

function open(key: string, dueOn: Day | null): ItemHistory {
  return aPast({ ...plan(key, dueOn), createdAt: at(createdAt) });
}

function done(key: string, dueOn: Day, doneAt: string, resolution = 'Done'): ItemHistory {
  return aDoneItem(key, { createdAt, doneAt }, { ...plan(key, dueOn), resolution });
}

function childSlip(items: readonly ItemHistory[], releaseOn: Day | null = null): ChildSlip | undefined {
  const versions = [[{ at: at(createdAt), value: aVersion({ releaseOn }) }]];
  const view = viewAsOf(
    aHistory({ items, versions, settings: settings({ excludedResolutions: ["Won't do"] }) }),
    at('2026-06-12T12:00:00Z'),
    aCalendar(),
  );
  return measure(view).milestones.find(({ id }) => id === '900')!.childSlip;
}

describe('the slip of the items of a milestone (metrics.md 1.2)', () => {
  const late = open('APO-1', '2026-06-05');
  const later = open('APO-2', '2026-06-01');
  const early = done('APO-3', '2026-06-10', '2026-06-03T12:00:00Z');

  it('is the latest of them, never the mean, and their median', () => {
    expect(childSlip([late, later, early])).toEqual({ n: 3, max: 9, maxKey: 'APO-2', median: 5, laterKeys: null });
  });

  it('counts those that end after the date of the milestone', () => {
    expect(childSlip([late, open('APO-4', '2026-07-30'), early], '2026-06-04')).toMatchObject({
      laterKeys: ['APO-1', 'APO-4'],
    });
    expect(childSlip([late, early], '2026-06-30')).toMatchObject({ laterKeys: [] });
  });

  it('is not held up by what was closed without being delivered', () => {
    const dropped = done('APO-5', '2026-03-02', '2026-06-10T12:00:00Z', "Won't do");
    expect(childSlip([late, dropped])).toMatchObject({ n: 2, max: 5, maxKey: 'APO-1' });
    expect(childSlip([dropped])).toMatchObject({ n: 1, max: null, maxKey: null });
  });

  it('is not there where no item has a date', () => {
    expect(childSlip([open('APO-1', null)])).toBeUndefined();
  });
});
