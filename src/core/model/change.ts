import type { Instant } from '../time/instant.ts';
import type { PersonId } from './ids.ts';

/**
 * The fields whose history counts. How `from` and `to` of a change are written, null meaning none:
 * - `status`: status id (its name in the text)
 * - `sprint`: the whole list of sprint ids before and after, comma-separated without blanks: `76,79`
 * - `fixVersion`, `affectsVersion`: one version id taken away (`from`) or added (`to`), or one for the other
 * - `dueOn`, `startOn`: a day
 * - `points`: a decimal number; `estimate`: seconds
 * - `assignee`: person id; `parent`: item key; `key`: item key; `project`: project key
 * - `type`, `resolution`, `priority`, `summary`: the text itself
 * - `flagged`: `true`
 * - `link`: `<kind>:<key>`, such as `blocked-by:HER-77`
 * - `description`: `true` while there is one; its text is not kept
 * - `label`, `component`: one of them taken away (`from`) or added (`to`), by name
 */
export type ChangeField =
  | 'status'
  | 'sprint'
  | 'fixVersion'
  | 'affectsVersion'
  | 'dueOn'
  | 'startOn'
  | 'points'
  | 'estimate'
  | 'assignee'
  | 'parent'
  | 'key'
  | 'project'
  | 'type'
  | 'resolution'
  | 'priority'
  | 'summary'
  | 'flagged'
  | 'link'
  | 'description'
  | 'label'
  | 'component';

/** One field of one item changed once. `id` and `part` number it within its item: one history entry may hold several. */
export interface Change {
  readonly id: string;
  readonly part: number;
  readonly at: Instant;
  readonly by: PersonId | null;
  readonly field: ChangeField;
  readonly from: string | null;
  readonly to: string | null;
  /** The names behind the ids, as they were at the time. */
  readonly fromText: string | null;
  readonly toText: string | null;
}
