import { measure } from '../../../../src/core/metrics/measure.ts';
import { defaultThresholds } from '../../../../src/core/model/thresholds.ts';
import type { ProjectHistory } from '../../../../src/core/model/project.ts';
import type { ChartInput } from '../../../../src/core/reports/charts/chart-input.ts';
import { openZone } from '../../../../src/core/time/zone.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aHistory, at } from '../../../builders.ts';
import { monday } from '../../findings/rule-rig.ts';

/** A project as its charts are made from, in UTC. */
export function chartInput(parts: Partial<ProjectHistory>, asOf = monday): ChartInput {
  const view = viewAsOf(aHistory(parts), at(asOf), aCalendar());
  return { view, metrics: measure(view), zone: openZone('UTC'), thresholds: defaultThresholds };
}
