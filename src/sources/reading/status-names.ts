/** Columns that hold what nobody has begun. Anything else that people name is under way; the config may say otherwise. */
export const notStarted =
  /^(open|backlog|to ?-?do|ready|planned|planning|triage|refine(d|ment)?|new|icebox|next|selected)\b/i;

/** `in dev` of `workflow::in dev`. */
export function valueOfLabel(label: string): string {
  return label.split('::').at(-1)!.trim() || label;
}
