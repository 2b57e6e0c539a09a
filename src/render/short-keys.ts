/** From this many numbers in a row on, a range says it shorter. */
const leastRange = 3;

/**
 * Keys in one line: `APO-3, 7, 9–12; HER-1`. The project is said once, and three or more numbers in a row are a range:
 * hundreds of keys can be read, and each can still be found. Keys without a number stand as they are.
 */
export function shortKeys(keys: readonly string[]): string {
  const groups: { readonly project: string | null; readonly numbers: number[]; readonly text: string }[] = [];
  for (const key of keys) {
    const [, project, number] = /^(.+)-([1-9]\d{0,14})$/.exec(key) ?? [];
    const last = groups.at(-1);
    if (project === undefined) groups.push({ project: null, numbers: [], text: key });
    else if (last?.project === project) last.numbers.push(Number(number));
    else groups.push({ project, numbers: [Number(number)], text: project });
  }
  return groups
    .map(({ project, numbers, text }) => (project === null ? text : `${text}-${ranges(numbers)}`))
    .join('; ');
}

function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let first = 0; first < numbers.length;) {
    let last = first;
    while (numbers[last + 1] === numbers[last]! + 1) last += 1;
    if (last - first + 1 >= leastRange) parts.push(`${numbers[first]}–${numbers[last]}`);
    else parts.push(...numbers.slice(first, last + 1).map(String));
    first = last + 1;
  }
  return parts.join(', ');
}
