import { checkHygiene } from '../findings/hygiene/check-hygiene.ts';
import type { HygieneLine } from '../findings/hygiene/check-hygiene.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Trust } from '../metrics/trust.ts';
import type { ItemKey, ProjectId } from '../model/ids.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { Instant } from '../time/instant.ts';
import type { Zone } from '../time/zone.ts';
import type { ProjectView } from '../view/view.ts';
import { createRefs } from './item-ref.ts';
import type { RefOf, ItemRef } from './item-ref.ts';

/** A rule with what it found; `items` are the first of its evidence. */
export interface ComplianceLine extends Omit<HygieneLine, 'evidence'> {
  readonly items: readonly ItemRef[];
  /** Items of its evidence that are not named. */
  readonly more: number;
}

/** How well a project keeps its own data in order (metrics.md 7.5). */
export interface ComplianceReport {
  readonly kind: 'compliance';
  readonly project: { readonly id: ProjectId; readonly name: string };
  readonly asOf: Instant;
  readonly zone: string;
  /** Share of the open items that are in order, weighted, 0 to 1; null without open items. */
  readonly score: number | null;
  readonly openItems: number;
  readonly cleanItems: number;
  readonly top: readonly ComplianceLine[];
  /** Rules that were checked, with what they found; then those that were not, with the reason. */
  readonly checked: readonly ComplianceLine[];
  readonly unchecked: readonly ComplianceLine[];
  readonly trust: Trust;
}

export interface ComplianceInput {
  readonly view: ProjectView;
  readonly metrics: Metrics;
  /** The figures at the last report: bulk closes are looked for since then. */
  readonly previous: Metrics | null;
  readonly zone: Zone;
  readonly thresholds: Thresholds;
  readonly urlOf: (key: ItemKey) => string | null;
}

/** Items named after a rule of the top, and after each of the others. */
const named = 3;

/** The compliance score (metrics.md 7.5), the rules that cost most of it, and those that could not be checked. */
export function buildComplianceReport(input: ComplianceInput): ComplianceReport {
  const { view, metrics, zone } = input;
  const { score, openItems, cleanItems, lines, top } = checkHygiene(input);
  const refOf = createRefs(view, input.urlOf);
  const told = lines.map((line) => lineOf(line, refOf));
  return {
    kind: 'compliance',
    project: { id: metrics.project, name: metrics.name },
    asOf: metrics.asOf,
    zone: zone.name,
    score,
    openItems,
    cleanItems,
    top: top.map((line) => lineOf(line, refOf)),
    checked: told.filter(({ state }) => state === 'checked'),
    unchecked: told.filter(({ state }) => state !== 'checked'),
    trust: metrics.trust,
  };
}

function lineOf({ evidence, ...line }: HygieneLine, refOf: RefOf): ComplianceLine {
  return { ...line, items: evidence.slice(0, named).map(refOf), more: Math.max(0, evidence.length - named) };
}
