/**
 * `APO-12` in a subject, or `apo-12` in the name of a branch. That there is such an item, whoever asks has to see. No
 * tool takes a longer name of a project, and without an end a text of underscores is read again from each of them.
 */
const keyPattern = /(?<![A-Za-z0-9])([A-Za-z][A-Za-z0-9_]{1,255})-([1-9]\d{0,9})(?![A-Za-z0-9])/g;

/** `AB#12`, as a work item of Azure Boards is called wherever else the code is. */
const azurePattern = /(?<![\w/#])AB#([1-9]\d{0,9})(?![\w-])/gi;

/** Work items that a text names, in capitals, each once. */
export function keysIn(text: string): readonly string[] {
  const azure = Array.from(text.matchAll(azurePattern), ([, id]) => `AB#${id}`);
  return [...new Set([...Array.from(text.matchAll(keyPattern), ([key]) => key.toUpperCase()), ...azure])];
}
