import { z } from 'zod';
import { foundFields } from '../jira/fields.ts';
import type { FieldOverrides } from '../jira/fields.ts';

const fieldIds = z.union([
  z
    .string()
    .min(1)
    .transform((id) => [id]),
  z.array(z.string().min(1)).min(1),
]);

/** What the config says about one export. */
export const exportSettings = z.strictObject({
  /** The folder that holds `issues.jsonl` or `issues.jsonl.gz`; relative to the working directory. */
  path: z.string().min(1),
  /** Which field holds what, where the guess from the data is wrong. */
  fields: z.partialRecord(z.enum(foundFields), fieldIds).default({}),
});

export interface ExportSettings {
  readonly path: string;
  readonly fields: FieldOverrides;
}
