import { addDays } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { ProjectView } from '../../view/view.ts';
import { chanceGreater, chanceHigherShare, chanceRarer } from './compare-samples.ts';
import { deliveryIn, firstDeploymentAt, medianHours } from './delivery-window.ts';
import type { DeliveryWindow } from './delivery-window.ts';
import { isFrozenSince } from './freeze.ts';
import { serviceFactsOf } from './service-facts.ts';
import type { ServiceFacts } from './service-facts.ts';

/** Length of a stretch of the trend (metrics.md 5.2), and how many are shown. */
export const stretchDays = 28;
const stretches = 6;
/** What is compared with: the three stretches before the newest. */
const stretchesBefore = 3;
/** Fewer changes, or deployments, tell nothing of what is usual. */
const leastSample = 8;
/** A difference that nobody would notice is no news, however certain: a quarter more, or less. */
const worseFactor = 1.25;
/** What was worse by that much and is still worse by this has not become good again. */
const nearlyFactor = 1.1;
const leastFailures = 2;

/** Four weeks of a service. Null where there was nothing to measure. */
export interface DeliveryStretch {
  /** Its first and last day. */
  readonly from: Day;
  readonly to: Day;
  readonly deployments: number;
  readonly failed: number | null;
  readonly medianLeadTimeHours: number | null;
  readonly medianRecoveryHours: number | null;
}

export const worseCodes = ['LEAD_TIME_LONGER', 'FAILS_MORE', 'DEPLOYS_LESS'] as const;

/** One way in which delivery has become worse. */
export interface WorseSign {
  readonly code: (typeof worseCodes)[number];
  /** Chance, 0 to 1, that it is really worse and no accident. */
  readonly chance: number;
  /** Hours, share, or deployments a week: the newest four weeks and the twelve before them. */
  readonly now: number;
  readonly before: number;
  /** For failures: how many there were, of how many deployments, in the four weeks and in the twelve. */
  readonly counts?: { readonly now: Counted; readonly before: Counted };
  /** Ids of the changes or deployments of the newest four weeks that say so. */
  readonly evidence: readonly string[];
}

interface Counted {
  readonly failed: number;
  readonly deployments: number;
}

/** How the delivery of a service goes: its own trend, held against itself (metrics.md 5.4, decision). */
export interface DeliveryCourse {
  readonly service: string;
  /** Oldest first, the last one ends with today. */
  readonly stretches: readonly DeliveryStretch[];
  /** The likeliest first. */
  readonly worse: readonly WorseSign[];
  /** Too little worse to be news, and too much for an end of it. */
  readonly nearlyWorse: readonly WorseSign[];
}

/**
 * Six stretches of four weeks, and where the newest is worse than the three before it: lead time by the ranks of its
 * changes, fail rate and frequency by their counts. Null where nothing was deployed.
 * Within a freeze it says nothing of the frequency; a service that is younger than what is compared with is not judged.
 */
export function deliveryCourse(view: ProjectView, facts: ServiceFacts): DeliveryCourse | null {
  if (facts.delivery.deployments.length === 0) return null;
  const { zone } = view.calendar;
  const end = addDays(view.today, 1);
  const ofDays = (from: number, to: number) => [addDays(end, -from), addDays(end, -to)] as const;
  const all = Array.from({ length: stretches }, (_, index) => {
    const window = ofDays(stretchDays * (stretches - index), stretchDays * (stretches - index - 1));
    return stretchOf(facts, window, deliveryIn(facts, window, zone));
  });
  const now = deliveryIn(facts, ofDays(stretchDays, 0), zone);
  const before = deliveryIn(facts, ofDays(stretchDays * (1 + stretchesBefore), stretchDays), zone);
  const firstAt = firstDeploymentAt(facts.delivery);
  const isYoung = firstAt >= zone.startOf(ofDays(stretchDays * (1 + stretchesBefore), 0)[0]);
  const since = addDays(end, -stretchDays);
  const isFrozen = isFrozenSince(view, since);
  const signsBy = (factor: number) =>
    [
      longer({ now, before, factor }),
      failsMore(facts, { now, before, factor }),
      isFrozen ? null : deploysLess(facts, view, { now, before, factor }),
    ]
      .flatMap((sign) => sign ?? [])
      .sort((a, b) => b.chance - a.chance);
  const worse = isYoung ? [] : signsBy(worseFactor);
  const nearly = isYoung ? [] : signsBy(nearlyFactor);
  return {
    service: facts.delivery.service,
    stretches: all,
    worse,
    nearlyWorse: nearly.filter(({ code }) => !worse.some((sign) => sign.code === code)),
  };
}

/** What a sign measures over the four weeks up to as-of; null where there was nothing to measure. */
export function valueOfSign(
  view: ProjectView,
  { name, code }: { readonly name: string; readonly code: WorseSign['code'] },
): number | null {
  const facts = serviceFactsOf(view).find(({ delivery }) => delivery.service === name);
  if (!facts) return null;
  const end = addDays(view.today, 1);
  const { service, leadTimes } = deliveryIn(facts, [addDays(end, -stretchDays), end], view.calendar.zone);
  if (code === 'LEAD_TIME_LONGER') return medianHours(leadTimes);
  return code === 'FAILS_MORE' ? service.changeFailRate : (service.deployments * 7) / stretchDays;
}

function stretchOf(
  { delivery }: ServiceFacts,
  [from, to]: readonly [Day, Day],
  { service, leadTimes }: DeliveryWindow,
): DeliveryStretch {
  const { medianRecoveryMinutes } = service;
  return {
    from,
    to: addDays(to, -1),
    deployments: service.deployments,
    failed: delivery.hasIncidents ? service.failed.length : null,
    medianLeadTimeHours: medianHours(leadTimes),
    medianRecoveryHours: medianRecoveryMinutes === null ? null : medianRecoveryMinutes / 60,
  };
}

interface Compared {
  readonly now: DeliveryWindow;
  readonly before: DeliveryWindow;
  /** How much worse it has to be. */
  readonly factor: number;
}

function longer({ now, before, factor }: Compared): WorseSign | null {
  if (now.leadTimes.length < leastSample || before.leadTimes.length < leastSample) return null;
  const own = medianHours(now.leadTimes)!;
  const usual = medianHours(before.leadTimes)!;
  const hours = ({ leadTimes }: DeliveryWindow) => leadTimes.map((one) => one.hours);
  if (own < usual * factor) return null;
  const slow = now.leadTimes.filter((one) => one.hours > usual).sort((a, b) => b.hours - a.hours);
  return {
    code: 'LEAD_TIME_LONGER',
    chance: chanceGreater(hours(now), hours(before))!,
    now: own,
    before: usual,
    evidence: slow.map(({ change }) => change.id),
  };
}

function failsMore({ delivery }: ServiceFacts, { now, before, factor }: Compared): WorseSign | null {
  const own = now.service;
  const usual = before.service;
  if (!delivery.hasIncidents || usual.deployments < leastSample || own.failed.length < leastFailures) return null;
  const ownRate = own.failed.length / own.deployments;
  const usualRate = usual.failed.length / usual.deployments;
  if (ownRate < usualRate * factor) return null;
  return {
    code: 'FAILS_MORE',
    chance: chanceHigherShare(
      { hits: own.failed.length, n: own.deployments },
      { hits: usual.failed.length, n: usual.deployments },
    ),
    now: ownRate,
    before: usualRate,
    counts: { now: countsOf(own), before: countsOf(usual) },
    evidence: own.failed,
  };
}

function countsOf({ failed, deployments }: DeliveryWindow['service']): Counted {
  return { failed: failed.length, deployments };
}

function deploysLess(
  { delivery }: ServiceFacts,
  { asOf }: ProjectView,
  { now, before, factor }: Compared,
): WorseSign | null {
  const own = now.service.deployments;
  const usual = before.service.deployments;
  const daysBefore = stretchDays * stretchesBefore;
  if (usual < leastSample || own * factor * stretchesBefore > usual) return null;
  const last = delivery.deployments.findLast(({ isSuccessful, finishedAt }) => isSuccessful && finishedAt <= asOf);
  return {
    code: 'DEPLOYS_LESS',
    chance: chanceRarer({ count: own, days: stretchDays }, { count: usual, days: daysBefore }),
    now: (own * 7) / stretchDays,
    before: (usual * 7) / daysBefore,
    evidence: last ? [last.id] : [],
  };
}
