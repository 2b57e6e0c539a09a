import type { LaterDate } from '../dependencies/later-date.ts';
import type { RefOf } from './item-ref.ts';
import type { LaterLine } from './report.ts';

export function laterLine(later: LaterDate | null | undefined, refOf: RefOf): LaterLine | null {
  const [waiting, ...blockers] = later?.chain ?? [];
  if (!later || waiting === undefined) return null;
  const { p85On, beyond } = later;
  return { p85On, beyond, waiting: refOf(waiting), blockers: blockers.map((key) => refOf(key)) };
}
