import { buffersOf, milestonesWithBuffers } from '../../metrics/milestones/planned-buffer.ts';
import type { MilestoneFigures } from '../../metrics/milestone-figures.ts';
import type { Rebaseline } from '../../model/rebaseline.ts';
import type { ProjectView } from '../../view/view.ts';
import type { RuleInput } from '../rule.ts';
import { checked, notApplicable, notCollected, ofOther } from './hygiene-rule.ts';
import type { HygieneHit, HygieneResult } from './hygiene-rule.ts';

/** More agreements than this on one promise, and it is none (metrics.md 7.5, H23). */
const mostRebaselines = 2;

/** Open milestones with a known first promise; items with dates of their own are H03 and H07. */
function promised({ metrics }: RuleInput): readonly MilestoneFigures[] {
  return metrics.milestones.filter(
    ({ kind, state, committedOn }) => kind !== 'item' && state === 'open' && committedOn !== null,
  );
}

function ofMilestone({ id, name, openKeys }: MilestoneFigures): HygieneHit {
  return ofOther(id, openKeys, name);
}

/** Agreements known at as-of, by milestone, oldest first. */
function rebaselinesOf({ history, asOf }: ProjectView): ReadonlyMap<string, readonly Rebaseline[]> {
  const byMilestone = new Map<string, Rebaseline[]>();
  for (const one of history.rebaselines ?? []) {
    if (one.at > asOf) continue;
    const own = byMilestone.get(one.milestone);
    if (own) own.push(one);
    else byMilestone.set(one.milestone, [one]);
  }
  return byMilestone;
}

/** Null where promises can be agreed on anew, or ever were: elsewhere a move without an agreement is the way of working. */
function withoutAgreements(view: ProjectView): HygieneResult | null {
  return view.settings.mayRebaseline === true || rebaselinesOf(view).size > 0 ? null : notApplicable('noDeciders');
}

/**
 * H22: the date in force is later than the promise, and nobody agreed on that. An agreement (`Bk`) always has a reason; a
 * date that was only moved has none.
 */
export function checkMovedPromises(input: RuleInput): HygieneResult {
  const missing = withoutAgreements(input.view);
  if (missing) return missing;
  const milestones = promised(input);
  if (milestones.length === 0) return notApplicable('noPromises');
  return checked(
    milestones
      .filter(
        ({ currentOn, committedOn, rebaseline }) => currentOn !== null && currentOn > (rebaseline?.on ?? committedOn!),
      )
      .map(ofMilestone),
  );
}

/** H23: a promise that was agreed on anew more than twice, or when the day of the one before was over. */
export function checkRebaselines(input: RuleInput): HygieneResult {
  const { view } = input;
  const missing = withoutAgreements(view);
  if (missing) return missing;
  const all = rebaselinesOf(view);
  const isLate = (committedOn: string, agreed: readonly Rebaseline[]) =>
    agreed.some(({ at }, index) => view.calendar.zone.dayAt(at) > (agreed[index - 1]?.on ?? committedOn));
  return checked(
    promised(input)
      .filter(({ id, committedOn }) => {
        const agreed = all.get(id) ?? [];
        return agreed.length > mostRebaselines || isLate(committedOn!, agreed);
      })
      .map(ofMilestone),
  );
}

/** H29, ours (metrics.md 1.7): promised for a day on which not even odds spoke for it. No buffer can burn there. */
export function checkBuffers(input: RuleInput): HygieneResult {
  const milestones = milestonesWithBuffers(input.metrics);
  if (milestones.length === 0) return notApplicable('noPromises');
  const bufferOf = buffersOf(input.view);
  const known = milestones.flatMap((milestone) => {
    const buffer = bufferOf(milestone);
    return buffer ? [{ milestone, buffer }] : [];
  });
  if (known.length === 0) return notCollected('noForecastThen');
  return checked(
    known.filter(({ buffer }) => buffer.bufferDays <= 0).map(({ milestone }) => ofMilestone(milestone)),
    { asked: known.length },
  );
}
