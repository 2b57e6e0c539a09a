import { projectSettings } from '../../config/place.ts';
import { replayAlerts } from '../../core/backtest/replay-alerts.ts';
import type { Replay } from '../../core/backtest/replay-alerts.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import type { Thresholds } from '../../core/model/thresholds.ts';
import { createRefs } from '../../core/reports/item-ref.ts';
import type { RefOf } from '../../core/reports/item-ref.ts';
import type { Day } from '../../core/time/day.ts';
import type { Instant } from '../../core/time/instant.ts';
import { viewAsOf } from '../../core/view/as-of.ts';
import { loadProject } from '../../store/load-project.ts';
import { alertMinuteOf } from '../targets/alert-time.ts';
import { calendarOf } from '../calendar-of.ts';
import type { JobContext } from '../context.ts';
import { itemUrls } from '../item-urls.ts';

export interface Period {
  readonly from: Day;
  readonly to: Day;
  readonly asOf: Instant;
}

/** Loads a project once and replays its alerts, once for each setting of the thresholds. */
export async function replayProject(
  context: JobContext,
  id: ProjectId,
  period: Period,
  settings: readonly Thresholds[],
): Promise<{ readonly replays: readonly Replay[]; readonly refOf: RefOf }> {
  const { config, db } = context;
  const projectOf = projectSettings(config, id);
  const calendar = calendarOf(config, id);
  const history = await loadProject(db, projectOf);
  const replays = replayAlerts({ history, calendar, ...period, minuteOfDay: alertMinuteOf(config, id) }, settings);
  return { replays, refOf: createRefs(viewAsOf(history, period.asOf, calendar), itemUrls(context, id)) };
}
