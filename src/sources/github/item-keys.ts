import type { ItemKey } from '../../core/model/ids.ts';
import { keysIn } from '../reading/keys-in.ts';

const issueUrl = /\/([\w.-]+\/[\w.-]+)\/issues\/(\d{1,9})\b/g;
const reference = /(?<![\w&/.#-])(?:([\w.-]+\/[\w.-]+)?#|GH-)(\d{1,9})(?![\w-])/g;

/** Issues that a text names: `#12`, `GH-12`, `acme/app#12` or their address, read in the repository `path`. */
export function issueKeysIn(text: string, path: string): readonly ItemKey[] {
  const found = [...text.matchAll(issueUrl), ...text.matchAll(reference)];
  const keys = found.map(([, repository, number]) => `${repository ?? path}#${Number(number)}`);
  return [...new Set(keys)].filter((key) => !key.endsWith('#0'));
}

/** Work items of GitHub and of trackers with keys such as `APO-12` that a commit or a title names. */
export function keysOfText(text: string, path: string): readonly ItemKey[] {
  return [...new Set([...issueKeysIn(text, path), ...keysIn(text).filter((key) => !key.startsWith('GH-'))])];
}

/** `12-fix-login`, as GitHub calls the branch of an issue, `ana/12-fix-login`, and keys such as `APO-12`. */
export function keysOfBranch(branch: string, path: string): readonly ItemKey[] {
  const own = /^(?:[\w.-]+\/)*([1-9]\d{0,8})-[a-z]/i.exec(branch);
  return [...(own ? [`${path}#${own[1]}`] : []), ...keysIn(branch)];
}
