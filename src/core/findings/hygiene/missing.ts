import { openWork } from '../open-work.ts';
import type { ProjectView } from '../../view/view.ts';
import { notApplicable, notCollected } from './hygiene-rule.ts';
import type { HygieneResult } from './hygiene-rule.ts';

/** Why a rule cannot see anything in a project; null where it can. A blind rule that found nothing would look like order. */
type Missing = (view: ProjectView) => HygieneResult | null;

/** Without histories nobody knows since when something is in progress, or when it was touched. */
export const withoutHistory: Missing = (view) => {
  const open = openWork(view);
  return open.length > 0 && open.every(({ isComplete }) => !isComplete) ? notCollected('noHistory') : null;
};

export const withoutDueDates: Missing = ({ items }) =>
  items.some(({ past }) => past.dueOn.some(({ value }) => value !== null)) ? null : notApplicable('noDueDates');

export const withoutSprints: Missing = ({ sprints }) => (sprints.length > 0 ? null : notApplicable('noSprints'));

export const withoutRunningSprint: Missing = ({ sprints }) =>
  sprints.some(({ state }) => state === 'active') ? null : notApplicable('noRunningSprint');

export const withoutEpics: Missing = ({ counted }) =>
  counted.some(({ type }) => type.isEpic) ? null : notApplicable('noEpics');

export const withoutParents: Missing = ({ items }) =>
  items.some(({ parentKey }) => parentKey !== null) ? null : notApplicable('noParents');

export const withoutLinks: Missing = ({ items }) =>
  items.some(({ links }) => links.some(({ kind }) => kind === 'blocked-by' || kind === 'blocks'))
    ? null
    : notApplicable('noLinks');
