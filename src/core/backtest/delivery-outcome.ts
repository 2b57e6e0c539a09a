import type { AlertSignal } from '../alerts/alert.ts';
import { stretchDays, valueOfSign } from '../metrics/delivery/delivery-course.ts';
import type { WorseSign } from '../metrics/delivery/delivery-course.ts';
import type { Instant } from '../time/instant.ts';
import { dayMs } from '../time/instant.ts';
import type { ProjectView } from '../view/view.ts';
import { notKnown, notYet, right, wrong } from './outcome.ts';
import type { AlertOutcome } from './outcome.ts';

interface Later {
  readonly at: Instant;
  readonly view: ProjectView;
  readonly viewAt: (at: Instant) => ProjectView;
}

/** Whether delivery stayed worse than it was before: over the four weeks after the alert, by the sign that it told. */
export function deliveryOutcome({ subject, finding }: AlertSignal, { at, view, viewAt }: Later): AlertOutcome {
  const until = at + stretchDays * dayMs;
  if (until > view.asOf) return notYet;
  const then = viewAt(until);
  const sign = finding.facts['sign'] as WorseSign['code'];
  const value = valueOfSign(then, { name: subject, code: sign });
  if (value === null) return notKnown;
  const before = finding.facts['before'] as number;
  const isWorse = sign === 'DEPLOYS_LESS' ? value < before : value > before;
  return isWorse ? right('STAYED_WORSE', then.today) : wrong('GOT_BETTER', then.today);
}
