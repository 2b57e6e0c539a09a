import { createFinding } from '../create-finding.ts';
import { createMilestoneSigns } from '../milestone-signs.ts';
import type { Rule } from '../rule.ts';

/**
 * P85 lies after the date: of the current date if it does, else of the first promise. Beyond the horizon of the
 * forecast, `p85On` and `gapWorkingDays` are null. A forecast of grade D says nothing.
 */
export const findPromiseGap: Rule = (input) => {
  const { view, metrics, thresholds } = input;
  const signsOf = createMilestoneSigns(input);
  return metrics.milestones.flatMap((milestone) => {
    const { forecast, forecastGrade, currentOn, health } = milestone;
    const committedOn = milestone.rebaseline?.on ?? milestone.committedOn;
    if (milestone.kind === 'item' || milestone.state !== 'open' || !forecast || forecastGrade === 'D') return [];
    const isLater = (on: string | null) => on !== null && (forecast.p85 === null || forecast.p85 > on);
    const clock = isLater(currentOn) ? 'current' : isLater(committedOn) ? 'baseline' : null;
    if (clock === null) return [];
    const dueOn = clock === 'current' ? currentOn! : committedOn!;
    const { probability } = health[clock];
    return createFinding({
      rule: 'PROMISE_GAP',
      severity:
        probability === null || probability < thresholds.health.red
          ? 'high'
          : probability < thresholds.health.green
            ? 'medium'
            : 'low',
      subject: milestone.id,
      baseline: committedOn ?? currentOn,
      facts: {
        milestone: milestone.name,
        clock,
        dueOn,
        p50On: forecast.p50,
        p85On: forecast.p85,
        gapWorkingDays: forecast.p85 === null ? null : view.calendar.distance(dueOn, forecast.p85),
        probability,
        openItems: milestone.openItems,
      },
      reasons: signsOf(milestone),
      evidence: milestone.openKeys,
    });
  });
};
