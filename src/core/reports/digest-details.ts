import { checkHygiene } from '../findings/hygiene/check-hygiene.ts';
import type { Finding } from '../findings/finding.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import { movesOf } from './move-line.ts';
import type { DigestInput } from './digest-input.ts';
import { findingLine } from './finding-line.ts';
import { listingOf } from './item-ref.ts';
import type { RefOf } from './item-ref.ts';
import { milestoneLine } from './milestone-line.ts';
import { isWorthARow } from './worth-a-row.ts';
import { openItemLines } from './open-item-lines.ts';
import type { ProjectDigest } from './project-report.ts';
import type { Decision } from './decision.ts';
import type { MoveLine } from './move-line.ts';

interface Parts {
  readonly about: MilestoneFigures | null;
  readonly told: readonly MilestoneFigures[];
  readonly moves: readonly MoveLine[];
  readonly findings: readonly Finding[];
  readonly decisions: readonly Decision[];
  readonly refOf: RefOf;
}

/** The lists behind the lines of a digest: they go into its thread. */
export function detailsOf(input: DigestInput, parts: Parts): ProjectDigest['details'] {
  const { about, told, moves, findings, decisions, refOf } = parts;
  const { view, metrics, thresholds } = input;
  const { listed } = thresholds.digest;
  const open = told.filter((milestone) => milestone.id === about?.id || isWorthARow(milestone, view));
  const byDate = [...open].sort(
    (a, b) => (a.currentOn ?? '9').localeCompare(b.currentOn ?? '9') || a.id.localeCompare(b.id),
  );
  return {
    openItems: about && listingOf(openItemLines(about.openKeys, view, refOf), listed),
    moves: moves.length > thresholds.digest.next ? moves : [],
    ledger: about ? movesOf(about) : [],
    decisions: decisions.slice(thresholds.digest.decisions),
    findings: listingOf(
      findings.map((finding) => findingLine(finding, refOf)),
      listed,
    ),
    milestones: listingOf(
      byDate.map((milestone) => milestoneLine(milestone, metrics, view)),
      listed,
    ),
    compliance: complianceOf(input),
  };
}

/** Rules that one line can bear. */
const toldRules = 3;

function complianceOf({ view, metrics, previous, thresholds }: DigestInput): ProjectDigest['details']['compliance'] {
  const { score, top } = checkHygiene({ view, metrics, previous: previous?.metrics ?? null, thresholds });
  if (score === null) return null;
  return { score, top: top.slice(0, toldRules).map(({ rule, count }) => ({ rule, count: count ?? 0 })) };
}
