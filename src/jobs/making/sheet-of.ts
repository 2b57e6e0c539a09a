import type { ProjectId } from '../../core/model/ids.ts';
import { readSheet } from '../../store/sheets.ts';
import type { KeptSheet } from '../../store/sheets.ts';
import type { JobContext } from '../context.ts';
import { made } from './made.ts';
import { holds } from './sheet-state.ts';

/** The newest answers about a project: those that were made after the last pull, or made now where none hold. */
export async function sheetOf(context: JobContext, id: ProjectId): Promise<KeptSheet> {
  const kept = await readSheet(context.db, id);
  return kept && holds(context, id, kept) ? kept : made(context, 'sheet', { project: id });
}
