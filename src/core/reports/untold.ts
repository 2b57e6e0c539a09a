import type { Finding } from '../findings/finding.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import type { SprintLine } from './sprint-line.ts';
import type { Decision } from './decision.ts';
import type { ScopeLine } from './scope-line.ts';

/** Told by other lines of the digest: the moves, the decisions and the trust line. */
const toldElsewhere = new Set(['MILESTONE_MOVED', 'RELEASED_WITH_OPEN_ITEMS', 'REOPENED']);
const toldByTrustLine = new Set(['NO_DATA', 'CUT_HISTORIES', 'UNMAPPED_STATUSES']);

interface Told {
  readonly about: MilestoneFigures | null;
  readonly decisions: readonly Decision[];
  readonly scope: readonly ScopeLine[];
  readonly sprints: readonly SprintLine[];
}

/** What no other line of the digest says. */
export function createUntold({ about, decisions, scope, sprints }: Told): (finding: Finding) => boolean {
  const asked = new Set(decisions.flatMap(({ items }) => items.map(({ key }) => key)));
  return ({ rule, subject, severity, reasons, facts }) => {
    if (toldElsewhere.has(rule) || severity === 'info' || severity === 'low' || asked.has(subject)) return false;
    if (rule === 'LOW_TRUST') return !reasons.every((reason) => toldByTrustLine.has(reason));
    if (rule === 'SCOPE_GROWTH') return !scope.some(({ milestone }) => milestone === facts['milestone']);
    if (rule === 'SPRINT_AT_RISK') return !sprints.some(({ name }) => name === facts['sprint']);
    return !(subject === about?.id && (rule === 'PROMISE_GAP' || rule === 'MILESTONE_OVERDUE'));
  };
}
