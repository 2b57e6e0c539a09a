import { createFinding } from '../create-finding.ts';
import type { Rule } from '../rule.ts';
import { hourMs } from '../../time/instant.ts';

/** The causes for which the figures are not to be trusted, in order of weight. */
export const trustReasons = ['SOURCE_FAILED', 'NO_DATA', 'OLD_DATA', 'CUT_HISTORIES', 'UNMAPPED_STATUSES'] as const;

/**
 * Data so bad or so old that the reader has to know before the figures (metrics.md 0.2). `dataAt` null alone is no
 * trouble: a report made for a day before the first pull is rebuilt from histories.
 */
export const findLowTrust: Rule = ({ metrics, thresholds }) => {
  const { trust, asOf } = metrics;
  const ageHours = trust.dataAt === null ? null : Math.floor((asOf - trust.dataAt) / hourMs);
  const cutShare = trust.items === 0 ? 0 : trust.truncatedHistories / trust.items;
  const holds: Readonly<Record<(typeof trustReasons)[number], boolean>> = {
    SOURCE_FAILED: trust.failedSources.length > 0,
    NO_DATA: trust.items === 0,
    OLD_DATA: ageHours !== null && ageHours >= thresholds.data.staleHours,
    CUT_HISTORIES: cutShare > thresholds.data.truncatedShare,
    UNMAPPED_STATUSES: trust.unmappedStatuses.length > 0,
  };
  const reasons = trustReasons.filter((reason) => holds[reason]);
  if (reasons.length === 0) return [];
  const finding = createFinding({
    rule: 'LOW_TRUST',
    severity: reasons[0] === 'UNMAPPED_STATUSES' ? 'medium' : 'high',
    subject: metrics.project,
    facts: {
      failedSources: trust.failedSources,
      dataAt: trust.dataAt,
      ageHours,
      ageDays: ageHours === null ? null : Math.floor(ageHours / 24),
      cutHistories: trust.truncatedHistories,
      items: trust.items,
      unmappedStatuses: trust.unmappedStatuses,
    },
    evidence: [],
  });
  return [{ ...finding, reasons }];
};
