import type { ItemKey } from '../../core/model/ids.ts';
import { keysIn } from '../reading/keys-in.ts';
import { keyOf } from './settings.ts';

/** `#12`, as within Azure Repos; `!12` is a pull request. */
const reference = /(?<![\w!/#&])#([1-9]\d{0,9})(?![\w-])/g;

/** Work items that a text names, `#12` and `AB#12`, and those of trackers with keys such as `APO-12`. */
export function keysOfText(text: string): readonly ItemKey[] {
  const own = Array.from(text.matchAll(reference), ([, id]) => keyOf(Number(id)));
  return [...new Set([...own, ...keysIn(text)])];
}

/** `feature/12-pay-by-card` or `users/ana/AB#12`, beside keys such as `APO-12`. */
export function keysOfBranch(branch: string): readonly ItemKey[] {
  const own = /(?:^|\/)([1-9]\d{0,9})[-_][a-z]/i.exec(branch);
  return [...new Set([...(own ? [keyOf(Number(own[1]))] : []), ...keysOfText(branch)])];
}
