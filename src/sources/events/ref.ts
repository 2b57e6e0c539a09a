/** What was deployed, as a version; null for a branch or a commit, which the next deployment will be called, too. */
export function versionOf(ref: string | null): string | null {
  const name = ref?.replace(/^refs\/tags\//, '') ?? '';
  return /^(v\d|\d+\.\d)/i.test(name) ? name : null;
}

/** Says so itself: the branch of a hotfix, or words such as "rollback". */
export function isUrgent(ref: string | null, ...words: readonly (string | null)[]): boolean {
  return /^(refs\/heads\/)?hotfix[/-]/i.test(ref ?? '') || /roll.?back|hot.?fix/i.test(words.join(' '));
}
