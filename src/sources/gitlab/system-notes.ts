import { parseDay } from '../../core/time/day.ts';
import type { Day } from '../../core/time/day.ts';
import type { LinkKind } from '../../core/model/work-item.ts';
import { issueKeysIn } from './item-keys.ts';

/** What a system note tells of an issue. GitLab writes these in English whatever the language of the reader. */
export type Told =
  | { readonly kind: 'assignees'; readonly added: readonly string[]; readonly removed: readonly string[] }
  | { readonly kind: 'dueOn'; readonly day: Day | null; readonly was: Day | null }
  | { readonly kind: 'startOn'; readonly day: Day | null; readonly was: Day | null }
  | { readonly kind: 'estimate'; readonly seconds: number | null }
  | { readonly kind: 'summary'; readonly from: string; readonly to: string }
  | { readonly kind: 'type'; readonly from: string | null; readonly to: string }
  | { readonly kind: 'link'; readonly link: LinkKind; readonly keys: readonly string[] }
  | { readonly kind: 'unlink'; readonly keys: readonly string[] }
  | { readonly kind: 'state'; readonly state: 'opened' | 'closed' };

/** The things that one note tells: none for most, two for `assigned to @a and unassigned @b`. */
export function readSystemNote(body: string, path: string): readonly Told[] {
  const text = body.trim();
  if (/^(un)?assigned\b/.test(text)) return [readAssignees(text)];
  const state = /^(?:status changed to )?(closed|reopened)\b/.exec(text);
  if (state) return [{ kind: 'state', state: state[1] === 'closed' ? 'closed' : 'opened' }];
  const title = /^changed title from \*\*([^]*)\*\* to \*\*([^]*)\*\*$/.exec(text);
  if (title) return [{ kind: 'summary', from: plain(title[1]!, '+'), to: plain(title[2]!, '-') }];
  const type = /^changed (?:the )?(?:issue )?type (?:from (\S[^]*?) )?to (\S[^]*)$/.exec(text);
  if (type) return [{ kind: 'type', from: type[1] ? spoken(type[1]) : null, to: spoken(type[2]!) }];
  const estimate = /^(?:added time estimate of|changed time estimate to) (\S[^]*?)(?: from [^]*)?$/.exec(text);
  if (estimate) {
    const seconds = readDuration(estimate[1]!);
    return seconds === null ? [] : [{ kind: 'estimate', seconds }];
  }
  if (/^removed (?:the )?time estimate/.test(text)) return [{ kind: 'estimate', seconds: null }];
  return [...readDays(text), ...readLinks(text, path)];
}

/** Whether issues are, or were, tied to this one: only then is there a reason to ask for its links. */
export function tellsOfLinks(body: string): boolean {
  return /^(marked this|added (?:this|#|\S+#)|removed the relation|is blocked)|related to|block/.test(body.trim());
}

function readAssignees(text: string): Told {
  const removedFrom = text.search(/\bunassigned\b/);
  const cut = removedFrom < 0 ? text.length : removedFrom;
  return { kind: 'assignees', added: mentions(text.slice(0, cut)), removed: mentions(text.slice(cut)) };
}

const mentions = (text: string) => Array.from(text.matchAll(/@([\w.-]*\w)/g), ([, name]) => name!);

/** A title with the marks of what was added or taken away between the two. */
function plain(text: string, drop: '+' | '-'): string {
  const kept = drop === '+' ? '-' : '+';
  return text
    .replaceAll(drop === '+' ? /\{\+([^]*?)\+\}/g : /\{-([^]*?)-\}/g, '')
    .replaceAll(kept === '-' ? /\{-([^]*?)-\}/g : /\{\+([^]*?)\+\}/g, '$1');
}

function spoken(type: string): string {
  const word = type.replaceAll(/[*`"]/g, '').trim().replaceAll('_', ' ');
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `changed start date to March 1, 2026 and changed due date to March 5, 2026`, and the same with `removed`. */
function readDays(text: string): Told[] {
  const told: Told[] = [];
  const pattern =
    /\b(?:changed (start|due) date to ([A-Za-z]+ \d{1,2}, \d{4})|removed (start|due) date(?: ([A-Za-z]+ \d{1,2}, \d{4}))?)/g;
  if (!/^(changed|removed) (start|due) date\b/.test(text)) return told;
  for (const [, changed, written, removed, was] of text.matchAll(pattern)) {
    const kind = (changed ?? removed) === 'start' ? 'startOn' : 'dueOn';
    if (removed) told.push({ kind, day: null, was: was ? spokenDay(was) : null });
    const day = written ? spokenDay(written) : null;
    if (day) told.push({ kind, day, was: null });
  }
  return told;
}

function spokenDay(text: string): Day | null {
  const [, month, day, year] = /^([A-Za-z]+) (\d{1,2}), (\d{4})$/.exec(text)!;
  const index = months.indexOf(month!.slice(0, 3).toLowerCase()) + 1;
  return parseDay(`${year}-${String(index).padStart(2, '0')}-${day!.padStart(2, '0')}`);
}

/** GitLab's own measure unless an administrator chose hours: a month has 4 weeks, a week 5 days, a day 8 hours. */
const unitSeconds: Readonly<Record<string, number>> = {
  mo: 4 * 5 * 8 * 3600,
  w: 5 * 8 * 3600,
  d: 8 * 3600,
  h: 3600,
  m: 60,
  s: 1,
};

export function readDuration(text: string): number | null {
  const parts = [...text.trim().matchAll(/(\d{1,9})\s*(mo|w|d|h|m|s)(?=\s|$|\d)/g)];
  if (parts.length === 0) return null;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * unitSeconds[unit!]!, 0);
}

function readLinks(text: string, path: string): Told[] {
  const keys = issueKeysIn(text, path);
  if (keys.length === 0) return [];
  if (/^removed the relation with\b/.test(text)) return [{ kind: 'unlink', keys }];
  if (/^marked this .{1,20} as related to\b/.test(text)) return [{ kind: 'link', link: 'relates', keys }];
  if (/^marked this .{1,20} as blocking\b/.test(text)) return [{ kind: 'link', link: 'blocks', keys }];
  if (/^marked this .{1,20} as blocked by\b|^marked this .{1,20} as is blocked by\b/.test(text))
    return [{ kind: 'link', link: 'blocked-by', keys }];
  if (/^marked this .{1,20} as a duplicate of\b/.test(text)) return [{ kind: 'link', link: 'duplicates', keys }];
  return [];
}
