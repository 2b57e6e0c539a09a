import type { Instant } from '../../time/instant.ts';
import { hourMs, minuteMs } from '../../time/instant.ts';
import type { Figure } from '../figure.ts';
import { intervalOf } from '../figure.ts';
import type { DeliveryFigures } from '../figures.ts';
import { gradeOf } from '../grade.ts';
import { median } from '../statistics.ts';
import type { DeliveryWindow } from './delivery-window.ts';
import type { MakeFigure } from './make-figure.ts';
import type { ServiceFacts } from './service-facts.ts';

type Failures = Pick<DeliveryFigures, 'changeFailRate' | 'recoveryHours' | 'reworkRate' | 'timeToRestoreHours'>;

/** What deployments broke, and how soon it was mended (metrics.md 5.2). Unknown where no source tells of incidents. */
export function failureFigures(
  { delivery }: ServiceFacts,
  {
    measured: { service },
    figure,
    since,
  }: { readonly measured: DeliveryWindow; readonly figure: MakeFigure; readonly since: Instant },
): Failures {
  if (!delivery.hasIncidents) return unknownFailures(figure);
  const { recoveryMinutes, droppedRecoveries, openFailures, unattributed, failed } = service;
  const opened = delivery.incidents.filter(({ openedAt }) => openedAt >= since);
  const over = opened.filter(({ resolvedAt }) => resolvedAt !== null);
  // An end before its beginning is of clocks that disagree.
  const timed = over.filter(({ openedAt, resolvedAt }) => resolvedAt! >= openedAt);
  const reworks = delivery.deployments.filter(
    ({ isSuccessful, isPlanned, remediates, finishedAt }) =>
      isSuccessful && !isPlanned && remediates !== null && finishedAt >= since,
  );
  return {
    changeFailRate: figure(service.changeFailRate, 'ratio', {
      ...intervalOf(failed.length, service.deployments),
      flags: [
        ...(service.deployments === 0 ? ['noDeployments'] : []),
        ...(unattributed.length > 0 ? ['unattributedIncidents'] : []),
      ],
      evidence: failed,
    }),
    recoveryHours: figure(hoursOf(service.medianRecoveryMinutes), 'hour', {
      n: recoveryMinutes.length,
      grade: gradeOf(recoveryMinutes.length),
      flags: [
        ...(failed.length === 0 ? ['noFailures'] : []),
        ...(droppedRecoveries > 0 ? ['negativeRecoveryTimes'] : []),
        ...(openFailures.length > 0 ? ['openFailures'] : []),
      ],
      evidence: failed,
    }),
    timeToRestoreHours: figure(
      median(timed.map(({ openedAt, resolvedAt }) => (resolvedAt! - openedAt) / hourMs)),
      'hour',
      {
        n: timed.length,
        grade: gradeOf(timed.length),
        flags: [
          ...(opened.length === 0 ? ['noFailures'] : []),
          ...(timed.length < over.length ? ['negativeRecoveryTimes'] : []),
          ...(over.length < opened.length ? ['openFailures'] : []),
        ],
        evidence: timed.map(({ id }) => id),
      },
    ),
    reworkRate: figure(service.reworkRate, 'ratio', {
      ...intervalOf(reworks.length, service.deployments),
      evidence: reworks.map(({ id }) => id),
    }),
  };
}

function unknownFailures(figure: MakeFigure): Failures {
  const unknown: Partial<Figure> = { n: 0, grade: 'D', flags: ['noIncidentSource'], evidence: [] };
  return {
    changeFailRate: figure(null, 'ratio', unknown),
    recoveryHours: figure(null, 'hour', unknown),
    timeToRestoreHours: figure(null, 'hour', unknown),
    reworkRate: figure(null, 'ratio', unknown),
  };
}

function hoursOf(minutes: number | null): number | null {
  return minutes === null ? null : (minutes * minuteMs) / hourMs;
}
