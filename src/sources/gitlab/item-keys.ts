import type { ItemKey } from '../../core/model/ids.ts';
import { keysIn } from '../reading/keys-in.ts';

/** GitLab nests twenty groups at most; without an end a text of slashes is read again from each of them. */
const issueUrl =
  /(?:https?:\/\/[^/\s]+)?\/([\w.-]+(?:\/[\w.-]+){1,20})\/-\/(?:issues(?:\/incident)?|work_items)\/(\d{1,9})\b/g;
const reference = /(?<![\w&/.#-])([\w.-]+(?:\/[\w.-]+)*)?#(\d{1,9})(?![\w-])/g;

/** Issues that a text names, by full key: `#12`, `app#12`, `group/app#12` or their address, read in the project `path`. */
export function issueKeysIn(text: string, path: string): readonly ItemKey[] {
  const urls = Array.from(text.matchAll(issueUrl), ([, project, iid]) => `${project}#${Number(iid)}`);
  const references = Array.from(
    text.matchAll(reference),
    ([, project, iid]) => `${projectOf(project, path)}#${Number(iid)}`,
  );
  return [...new Set([...urls, ...references])].filter((key) => !key.endsWith('#0'));
}

/** Work items of GitLab and of trackers with keys such as `APO-12` that a commit names. */
export function keysOfText(text: string, path: string): readonly ItemKey[] {
  return [...new Set([...issueKeysIn(text, path), ...keysIn(text)])];
}

/** `12-fix-login`, as GitLab calls the branch of an issue, beside keys such as `APO-12`. */
export function keysOfBranch(branch: string, path: string): readonly ItemKey[] {
  const own = /^(?:[\w.-]+\/)*([1-9]\d{0,8})-[a-z]/i.exec(branch);
  return [...(own ? [`${path}#${own[1]}`] : []), ...keysIn(branch)];
}

const closing =
  /\b(?:close[sd]?|closing|fix(?:e[sd]|ing)?|resolve[sd]?|resolving|implement(?:s|ed|ing)?):?\s+([^\n]{1,300})/gi;

/** Issues that a description says to close; what it merely mentions is not its work. */
export function keysOfDescription(text: string, path: string): readonly ItemKey[] {
  return Array.from(text.matchAll(closing), ([, rest]) => issueKeysIn(rest!, path)).flat();
}

function projectOf(written: string | undefined, path: string): string {
  if (!written) return path;
  if (written.includes('/')) return written;
  return `${path.slice(0, path.lastIndexOf('/') + 1)}${written}`;
}

/** Where people look at an issue or an epic; null for a key of another tool. */
export function itemUrlOf(host: string, key: ItemKey): string | null {
  const found = /^([\w.-]+(?:\/[\w.-]+)*)([#&])([1-9]\d{0,9})$/.exec(key);
  if (!found) return null;
  const [, path, mark, iid] = found;
  if (mark === '&') return `${host}/groups/${path}/-/epics/${iid}`;
  return path!.includes('/') ? `${host}/${path}/-/issues/${iid}` : null;
}
