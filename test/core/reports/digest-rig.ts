import type { LaterDate } from '../../../src/core/dependencies/later-date.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { measure } from '../../../src/core/metrics/measure.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import type { ProjectHistory } from '../../../src/core/model/project.ts';
import { buildProjectDigest } from '../../../src/core/reports/project-digest.ts';
import type { ProjectDigest } from '../../../src/core/reports/project-report.ts';
import { openZone } from '../../../src/core/time/zone.ts';
import { aCalendar, aHistory, at } from '../../builders.ts';
import { monday, weekBefore } from '../findings/rule-rig.ts';

/** The digest of Monday 25 May 2026 about the week before, in UTC; a first one has nothing before it. */
export function digest(
  parts: Partial<ProjectHistory>,
  {
    asOf = monday,
    since = weekBefore,
    isFirst = false,
    later = null,
  }: {
    readonly asOf?: string;
    readonly since?: string;
    readonly isFirst?: boolean;
    readonly later?: LaterDate | null;
  } = {},
): ProjectDigest {
  const history = aHistory(parts);
  const seenAt = (when: string) => {
    const view = viewAsOf(history, at(when), aCalendar());
    return { view, metrics: measure(view) };
  };
  return buildProjectDigest({
    ...seenAt(asOf),
    previous: isFirst ? null : seenAt(since),
    since: at(since),
    later,
    zone: openZone('UTC'),
    thresholds: defaultThresholds,
    urlOf: (key) => `https://acme.test/browse/${key}`,
  });
}
