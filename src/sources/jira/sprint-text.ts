const keys = [
  'id',
  'rapidViewId',
  'state',
  'name',
  'goal',
  'startDate',
  'endDate',
  'completeDate',
  'activatedDate',
  'sequence',
  'autoStartStop',
  'synced',
  'incompleteIssuesDestinationId',
] as const;
const anchor = new RegExp(`(?:^|,)(${keys.join('|')})=`, 'g');

/**
 * The Sprint field of Data Center: `com.atlassian.greenhopper.service.sprint.Sprint@1f[id=3,state=CLOSED,name=A, b]]`.
 * Keys come in any order and names hold commas and brackets, so that the known keys are the only anchors.
 * `<null>` is left out. Null when it is no such text.
 */
export function parseSprintText(text: string): Record<string, string> | null {
  const body = /^com\.atlassian\.greenhopper\.[\w.]*Sprint@\w+\[(.*)\]\s*$/s.exec(text.trim())?.[1];
  if (body === undefined) return null;
  const anchors = [...body.matchAll(anchor)];
  const found: Record<string, string> = {};
  for (const [index, match] of anchors.entries()) {
    const value = body.slice(match.index + match[0].length, anchors[index + 1]?.index ?? body.length);
    const key = match[1]!;
    if (value !== '<null>' && !Object.hasOwn(found, key)) found[key] = value;
  }
  return found;
}
