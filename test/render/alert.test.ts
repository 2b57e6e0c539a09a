import { describe, expect, it } from 'vitest';
import type { AlertEnd } from '../../src/core/reports/alert-end.ts';
import { writeWords } from '../../src/render/write-words.ts';
import { at } from '../builders.ts';
import { templates } from '../shipped-templates.ts';

const milestone: AlertEnd = {
  kind: 'milestone',
  currentOn: '2026-12-18',
  finishedOn: null,
  slipCommitted: null,
  openItems: 3,
  p85On: '2026-12-11',
  lateChance: 0.12,
};
const finished = { ...milestone, finishedOn: '2026-12-18', openItems: 0 } as const;

/** The newest line in the thread of an alert that is over. */
function lastLine(reason: string, end: AlertEnd | null, locale: string): string {
  const asOf = at('2026-12-18T08:30:00Z');
  const last = { kind: 'resolved', at: asOf, reason, by: null, until: null, ...(end === null ? {} : { end }) };
  const card = { colour: 'unknown', line: { rule: 'PROMISE_GAP', facts: {} } };
  return writeWords(templates, 'alert-reply', { asOf, zone: 'UTC', card, last }, locale);
}

describe('the end of an alert', () => {
  it.each([
    ['finished', null, 'over: it is finished', 'clos : c’est terminé'],
    [
      'finished',
      { ...finished, slipCommitted: 0 },
      'over: finished on 18 Dec, on the day promised',
      'clos : terminé le 18 décembre, le jour promis',
    ],
    [
      'finished',
      { ...finished, slipCommitted: 4, openItems: 2 },
      'over: finished on 18 Dec, 4 working days after the first promise, 2 items left open',
      'clos : terminé le 18 décembre, 4 jours ouvrés après l’engagement initial, 2 tickets restés ouverts',
    ],
    [
      'finished',
      { kind: 'sprint', done: 17, open: 13, sayDo: 0.79 },
      'over: 17 of 30 items were done, 79 % of what was committed',
      'clos : 17 tickets terminés sur 30, 79 % de l’engagement',
    ],
    [
      'finished',
      { kind: 'item', finishedOn: '2026-12-17', status: 'Done' },
      'over: finished on 17 Dec',
      'clos : terminé le 17 décembre',
    ],
    [
      'recovered',
      milestone,
      'over: chance of missing 18 Dec down to 12 %, 85 % sure by 11 Dec',
      'clos : probabilité de manquer le 18 décembre retombée à 12 %, sûr à 85 % pour le 11 décembre',
    ],
    [
      'recovered',
      { ...milestone, lateChance: null },
      'over: the chance of trouble is gone',
      'clos : le danger est écarté',
    ],
    [
      'recovered',
      { kind: 'item', finishedOn: null, status: 'In Review' },
      'over: it moves again, in “In Review” now',
      'clos : le ticket avance de nouveau, maintenant au statut « In Review »',
    ],
    [
      're-dated',
      milestone,
      'closed: the date was moved to 18 Dec, which is no recovery',
      'clos : la date a été déplacée au 18 décembre, ce qui n’est pas un retour à la normale',
    ],
  ] as const)('%s: says how it stands', (reason, end, en, fr) => {
    const plain = (text: string) => text.replaceAll('\u00A0', ' ').replaceAll('**', '').trim();
    expect(plain(lastLine(reason, end, 'en'))).toBe(`○ ${en}`);
    expect(plain(lastLine(reason, end, 'fr'))).toBe(`○ ${fr}`);
  });
});
